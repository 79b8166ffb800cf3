#include "neighbors/metric.hpp"

#include <cmath>
#include <stdexcept>

namespace terrella {

Metric metric_named(const std::string& name) {
  if (name == "euclidean") return Metric::euclidean;
  if (name == "inner_product") return Metric::inner_product;
  if (name == "manhattan") return Metric::manhattan;
  if (name == "hamming") return Metric::hamming;
  throw std::invalid_argument("no metric named '" + name + "'");
}

float Distance::operator()(const float* x, const float* y) const {
  const double total = total_(x, y, n_features_);
  switch (metric_) {
    case Metric::euclidean:
      return static_cast<float>(std::sqrt(total));
    case Metric::inner_product:
      return static_cast<float>(0.0 - total);  // not −0
    case Metric::manhattan:
      return static_cast<float>(total);
    case Metric::hamming:
      break;
  }
  return static_cast<float>(total / static_cast<double>(n_features_));
}

}  // namespace terrella
