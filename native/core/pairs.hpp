// Positions in the plane, gathered by number: what forces along a graph's edges read.
#pragma once

#include "core/simd.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

struct Pairs {
  Float x, y;
};

// x and y as one word of 8 bytes.
inline double load_pair(const float* positions, std::int32_t number) {
  double both;
  std::memcpy(&both, positions + 2 * static_cast<std::int64_t>(number), sizeof both);
  return both;
}

// Eight bytes at a time by plain loads: on the machines we know, no slower than gather instructions and faster than
// masked ones. Spelt out, since compilers then keep the words in registers.
inline Double load_pairs(const float* positions, const std::int32_t* numbers) {
  const auto word = [&](int lane) { return load_pair(positions, numbers[lane]); };
#if defined(__AVX512F__)
  return Double{word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7)};
#elif defined(__AVX2__)
  return Double{word(0), word(1), word(2), word(3)};
#else
  return Double{word(0), word(1)};
#endif
}

// The positions (n, 2) of the first `width` numbers, at most a vector's lanes; beyond, some position.
inline Pairs gather_pairs(const float* positions, const std::int32_t* numbers, int width) {
  alignas(64) std::int32_t padded[kLanes];
  if (width < kLanes) {
#if defined(__AVX512F__)
    _mm512_store_si512(padded, _mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << width) - 1u), numbers));
#else
    for (int lane = 0; lane < kLanes; ++lane) padded[lane] = numbers[lane < width ? lane : 0];
#endif
    numbers = padded;
  }
  const Float a = reinterpret_cast<Float>(load_pairs(positions, numbers));
  const Float b = width > kLanes / 2 ? reinterpret_cast<Float>(load_pairs(positions, numbers + kLanes / 2)) : a;
#if defined(__AVX512F__)
  return {__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
          __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)};
#elif defined(__AVX2__)
  return {__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14),
          __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)};
#else
  return {__builtin_shufflevector(a, b, 0, 2, 4, 6), __builtin_shufflevector(a, b, 1, 3, 5, 7)};
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
