// Σ_f (x_f − y_f)² in float32, good to (n_features / 64 + 8) roundings: enough to tell which pairs to measure exactly.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

float rough_squares(const float* x, const float* y, std::int64_t n_features) {
  constexpr int kSums = 4;
  Float sums[kSums] = {};
  std::int64_t f = 0;
  for (; f + kSums * kLanes <= n_features; f += kSums * kLanes) {
    for (int s = 0; s < kSums; ++s) {
      const Float d = load<Float>(x + f + s * kLanes) - load<Float>(y + f + s * kLanes);
      sums[s] += d * d;
    }
  }
  for (; f + kLanes <= n_features; f += kLanes) {
    const Float d = load<Float>(x + f) - load<Float>(y + f);
    sums[0] += d * d;
  }
  float total = sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; f < n_features; ++f) total += (x[f] - y[f]) * (x[f] - y[f]);
  return total;
}

}  // namespace terrella::TERRELLA_ISA
