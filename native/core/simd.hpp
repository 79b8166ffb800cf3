// Vectors of floats as wide as the instruction set's registers, in the compiler's own vector extension
// (GCC and Clang): +, −, ×, ÷, comparisons and ?: work lane by lane, and the same source serves every machine.
//
// Everything here has internal linkage: each leaf keeps its own copy, compiled for its own machine.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#if !defined(TERRELLA_ISA)
#error "TERRELLA_ISA names the namespace of the instruction set this file is compiled for"
#endif

namespace terrella::TERRELLA_ISA {
namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

using Float = float __attribute__((vector_size(4 * kLanes)));
using Int = std::int32_t __attribute__((vector_size(4 * kLanes)));
using HalfFloat = float __attribute__((vector_size(2 * kLanes)));
using Double = double __attribute__((vector_size(4 * kLanes)));

template <typename Vector>
inline Vector load(const float* from) {
  Vector v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

template <typename Vector>
inline void store(float* to, Vector v) {
  std::memcpy(to, &v, sizeof v);
}

inline Float broadcast(float value) { return value - Float{}; }

inline Float min(Float x, Float y) { return x < y ? x : y; }
inline Float max(Float x, Float y) { return x > y ? x : y; }

// Whether any lane of a comparison's result is true.
inline bool any(Int mask) {
#if defined(__AVX512F__)
  return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask)) != 0;
#elif defined(__AVX2__)
  return _mm256_movemask_ps(reinterpret_cast<__m256>(mask)) != 0;
#elif defined(__SSE2__)
  return _mm_movemask_ps(reinterpret_cast<__m128>(mask)) != 0;
#else
  std::int32_t bits = 0;
  for (int lane = 0; lane < kLanes; ++lane) bits |= mask[lane];
  return bits != 0;
#endif
}

// A comparison's result as bits, the first lane lowest.
inline unsigned bits(Int mask) {
#if defined(__AVX512F__)
  return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask));
#elif defined(__AVX2__)
  return static_cast<unsigned>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif defined(__SSE2__)
  return static_cast<unsigned>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
  unsigned set = 0;
  for (int lane = 0; lane < kLanes; ++lane) set |= (mask[lane] & 1u) << lane;
  return set;
#endif
}

// How many lanes of a comparison's result are true.
inline int count(Int mask) { return __builtin_popcount(bits(mask)); }

// Lanes are added in pairs, the lower half of them to the upper, in an order that only the width decides.
inline float sum(float __attribute__((vector_size(16))) v) {
  return (v[0] + v[2]) + (v[1] + v[3]);
}
#if defined(__AVX2__)
inline float sum(float __attribute__((vector_size(32))) v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7));
}
#endif
#if defined(__AVX512F__)
inline float sum(float __attribute__((vector_size(64))) v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
}
#endif
inline double sum(Double v) {
  for (int half = kLanes / 4; half > 0; half /= 2) {
    for (int lane = 0; lane < half; ++lane) v[lane] += v[lane + half];
  }
  return v[0];
}


inline std::int32_t sum(std::int32_t __attribute__((vector_size(16))) v) { return (v[0] + v[2]) + (v[1] + v[3]); }
#if defined(__AVX2__)
inline std::int32_t sum(std::int32_t __attribute__((vector_size(32))) v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7));
}
#endif
#if defined(__AVX512F__)
inline std::int32_t sum(std::int32_t __attribute__((vector_size(64))) v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
}
#endif

inline float largest(float __attribute__((vector_size(16))) v) {
  const float even = v[0] > v[2] ? v[0] : v[2];
  const float odd = v[1] > v[3] ? v[1] : v[3];
  return even > odd ? even : odd;
}
#if defined(__AVX2__)
inline float largest(float __attribute__((vector_size(32))) v) {
  const auto low = __builtin_shufflevector(v, v, 0, 1, 2, 3);
  const auto high = __builtin_shufflevector(v, v, 4, 5, 6, 7);
  return largest(low > high ? low : high);
}
#endif
#if defined(__AVX512F__)
inline float largest(float __attribute__((vector_size(64))) v) {
  const auto low = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7);
  const auto high = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
  return largest(low > high ? low : high);
}
#endif

inline Int as_int(Float v) { return reinterpret_cast<Int>(v); }
inline Float as_float(Int v) { return reinterpret_cast<Float>(v); }

// log2 of positive, normal x, to a few roundings of its whole and fractional parts: the series is cut at 1e-9.
// x = 2^e · m with m in [√½, √2); log2 m = 2/ln 2 · artanh s, s = (m − 1)/(m + 1).
inline Float log2(Float x) {
  const Int bits = as_int(x) - 0x3f3504f3;  // bits of √½
  const Int exponent = bits >> 23;
  const Float m = as_float((bits & 0x007fffff) + 0x3f3504f3);
  const Float s = (m - 1.0f) / (m + 1.0f);
  const Float s2 = s * s;
  const Float series = 2.885390082f + s2 * (0.961796694f + s2 * (0.577078016f + s2 * (0.412198583f + s2 * 0.320598898f)));
  return __builtin_convertvector(exponent, Float) + s * series;
}

// 2^x for x in [−126, 126], relative error below 3e-7; beyond, the nearest end's value.
inline Float exp2(Float x) {
  const Float magic = broadcast(12582912.0f);  // 1.5 · 2^23: adding and taking it away rounds to the nearest integer
  x = max(min(x, broadcast(126.0f)), broadcast(-126.0f));
  const Float whole = (x + magic) - magic;
  const Float f = x - whole;
  Float p = 0.00133335581f + f * 0.000154035304f;  // Σ (f ln 2)^k / k!
  p = 0.0555041087f + f * (0.00961812911f + f * p);
  p = 1.0f + f * (0.693147181f + f * (0.240226507f + f * p));
  const Int power = (__builtin_convertvector(whole, Int) + 127) << 23;
  return p * as_float(power);
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
