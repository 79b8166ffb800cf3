// Squared distances from rows to many centres, by tiles of a matrix product.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// The nearest centre of a row and the one after it, of at least two; the first of equals.
struct Nearest {
  std::int32_t first;
  std::int32_t second;
  float first_distance;  // squared
  float second_distance;
};

class Centres {
 public:
  // centres: (count, n_features), not kept.
  Centres(const float* centres, std::int64_t count, std::int64_t n_features, const Kernels& kernels);

  std::int64_t count() const { return count_; }
  // Distances come in rows of this length, a little more than count(); the surplus is infinite.
  std::int64_t stride() const { return static_cast<std::int64_t>(norms_.size()); }

  // Writes |row − centre|² for each of `rows`, pointers to n_features floats each; distances: (n_rows, stride()).
  // Good to a rounding of |row|² + |centre|², and never negative.
  void distances(const float* const* rows, std::int64_t n_rows, float* distances) const;

  // Writes what is nearest to each of points[rows].
  void nearest(const PointsView& points, const std::int32_t* rows, std::int64_t n_rows, Nearest* found) const;

 private:
  void tile_distances(const float* const* rows, std::int64_t n_rows, float* packed, float* distances) const;

  const Kernels& kernels_;
  std::int64_t count_;
  std::int64_t n_features_;
  std::vector<float> origin_;  // (n_features,) zeros
  std::vector<float> panels_;  // (n_panels, n_features, panel_columns)
  std::vector<float> norms_;   // (n_panels · panel_columns,) +∞ for padding
};

}  // namespace terrella
