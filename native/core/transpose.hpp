// A square of as many vectors as a vector has lanes, turned about its diagonal.
#pragma once

#include "core/simd.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

// x_0 y_0 x_1 y_1 … of the lower halves, and of the upper halves.
inline Float interleave_low(Float x, Float y) {
#if defined(__AVX512F__)
  return __builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
#elif defined(__AVX2__)
  return __builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
#else
  return __builtin_shufflevector(x, y, 0, 4, 1, 5);
#endif
}

inline Float interleave_high(Float x, Float y) {
#if defined(__AVX512F__)
  return __builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
#elif defined(__AVX2__)
  return __builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
#else
  return __builtin_shufflevector(x, y, 2, 6, 3, 7);
#endif
}

// Each round interleaves row i with row i + lanes / 2: lane numbers move a bit from the rows' number to the columns',
// and after log2(lanes) rounds the two have changed places.
inline void transpose(Float (&rows)[kLanes]) {
  for (int round = 1; round < kLanes; round *= 2) {
    Float next[kLanes];
    for (int i = 0; i < kLanes / 2; ++i) {
      next[2 * i] = interleave_low(rows[i], rows[i + kLanes / 2]);
      next[2 * i + 1] = interleave_high(rows[i], rows[i + kLanes / 2]);
    }
    for (int i = 0; i < kLanes; ++i) rows[i] = next[i];
  }
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
