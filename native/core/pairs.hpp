// Positions in the plane, gathered by number: what forces along a graph's edges read.
#pragma once

#include "core/simd.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

struct Pairs {
  Float x, y;
};

// The positions (n, 2) of the first `width` numbers, at most a vector's lanes; beyond, 0.
inline Pairs gather_pairs(const float* positions, const std::int32_t* numbers, int width) {
#if defined(__AVX512F__)
  const auto* both = reinterpret_cast<const double*>(positions);  // x and y as one word of 8 bytes
  const auto some = static_cast<__mmask16>((1u << width) - 1u);
  const __m512i which = _mm512_maskz_loadu_epi32(some, numbers);
  const __m512d zero = _mm512_setzero_pd();
  const Float a = reinterpret_cast<Float>(_mm512_mask_i32gather_pd(
      zero, static_cast<__mmask8>(some), _mm512_maskz_extracti64x4_epi64(0xf, which, 0), both, 8));
  Float b{};
  if (width > 8) {
    b = reinterpret_cast<Float>(_mm512_mask_i32gather_pd(
        zero, static_cast<__mmask8>(some >> 8), _mm512_maskz_extracti64x4_epi64(0xf, which, 1), both, 8));
  }
  return {__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
          __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)};
#else
  Pairs pairs{};
  for (int lane = 0; lane < width; ++lane) {
    pairs.x[lane] = positions[2 * static_cast<std::int64_t>(numbers[lane])];
    pairs.y[lane] = positions[2 * static_cast<std::int64_t>(numbers[lane]) + 1];
  }
  return pairs;
#endif
}

// The first `width` of `values`; beyond, 0.
inline Float load_some(const float* values, int width) {
#if defined(__AVX512F__)
  return reinterpret_cast<Float>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << width) - 1u), values));
#else
  Float some{};
  for (int lane = 0; lane < width; ++lane) some[lane] = values[lane];
  return some;
#endif
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
