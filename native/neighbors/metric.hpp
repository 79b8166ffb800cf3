// How far two vectors are apart.
//
//   euclidean      √Σ (x − y)²
//   inner_product  −x·y: the larger the product the nearer; may be negative
//   manhattan      Σ |x − y|
//   hamming        the share of entries that differ
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "neighbors/kernels.hpp"

namespace terrella {

enum class Metric { euclidean, inner_product, manhattan, hamming };

// Throws std::invalid_argument for a name that is none of these.
Metric metric_named(const std::string& name);

// The tile of plain products Σ x · y.
inline auto product_tile(const NeighborKernels& kernels) {
  return kernels.metrics[static_cast<int>(Metric::inner_product)].tile;
}

// Distances as every result holds them: totals in double precision, rounded to float32 at the end.
class Distance {
 public:
  Distance(Metric metric, std::int64_t n_features, const NeighborKernels& kernels)
      : metric_(metric), n_features_(n_features), total_(kernels.metrics[static_cast<int>(metric)].total) {}

  float operator()(const float* x, const float* y) const;

  // No two vectors are nearer than this.
  float least() const {
    return metric_ == Metric::inner_product ? -std::numeric_limits<float>::infinity() : 0.0f;
  }

 private:
  Metric metric_;
  std::int64_t n_features_;
  double (*total_)(const float*, const float*, std::int64_t);
};

}  // namespace terrella
