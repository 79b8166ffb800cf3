// Σ_f (x_f − y_f)² in double precision: equal rows are exactly 0 apart, and rounding to float32 hides the order
// of summation, so that every instruction set returns the same distances.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

double squared_distance(const float* x, const float* y, std::int64_t n_features) {
  constexpr int step = kLanes / 2;
  Double even{};
  Double odd{};
  std::int64_t f = 0;
  for (; f + 2 * step <= n_features; f += 2 * step) {
    const Double d0 = __builtin_convertvector(load<HalfFloat>(x + f), Double) -
                      __builtin_convertvector(load<HalfFloat>(y + f), Double);
    const Double d1 = __builtin_convertvector(load<HalfFloat>(x + f + step), Double) -
                      __builtin_convertvector(load<HalfFloat>(y + f + step), Double);
    even += d0 * d0;
    odd += d1 * d1;
  }
  double total = sum(even + odd);
  for (; f < n_features; ++f) {
    const double d = static_cast<double>(x[f]) - static_cast<double>(y[f]);
    total += d * d;
  }
  return total;
}

}  // namespace terrella::TERRELLA_ISA
