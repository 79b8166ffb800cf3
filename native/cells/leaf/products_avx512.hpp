// 512-bit products: one VNNI instruction for 64 of them, or three where a machine has none.
#pragma once

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTileBlocks = 2;
#if defined(__AMX_INT8__) || defined(TERRELLA_AMX_EMULATED)
constexpr int kTileRowCount = 32;
#else
constexpr int kTileRowCount = 12;
struct ProductUnit {};
#endif

using BlockProducts = __m512i;
using BlockValues = __m512;
using BlockNorms = __m512;

inline __m512i add_products(__m512i total, __m512i columns, __m512i row) {
#if defined(__AVX512VNNI__)
  return _mm512_dpbusd_epi32(total, columns, row);
#else
  const __m512i pairs = _mm512_maddubs_epi16(columns, row);
  return _mm512_add_epi32(total, _mm512_madd_epi16(pairs, _mm512_set1_epi16(1)));
#endif
}

// `block_bytes` is the way to the second block.
template <int kRows>
inline void multiply(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* columns,
                     std::int64_t block_bytes, std::int32_t n_groups, BlockProducts (&products)[kRows][kTileBlocks]) {
  __m512i left[kRows];
  __m512i right[kRows];
  for (int r = 0; r < kRows; ++r) left[r] = right[r] = _mm512_setzero_si512();
  for (std::int32_t g = 0; g < n_groups; ++g, rows += kCodeGroup, columns += kColumnBlock * kCodeGroup) {
    const __m512i x = _mm512_loadu_si512(columns);
    const __m512i y = _mm512_loadu_si512(columns + block_bytes);
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
      std::int32_t four;
      std::memcpy(&four, rows + r * row_bytes, sizeof four);
      const __m512i row = _mm512_set1_epi32(four);
      left[r] = add_products(left[r], x, row);
      right[r] = add_products(right[r], y, row);
    }
  }
  for (int r = 0; r < kRows; ++r) {
    products[r][0] = left[r];
    products[r][1] = right[r];
  }
}

inline BlockNorms load_norms(const float* norms) { return _mm512_loadu_ps(norms); }

inline BlockValues block_values(BlockProducts products, BlockNorms norms, float gain) {
  // All lanes of a masked conversion: GCC 12 warns of the plain one, whose header leaves a register undefined.
  return _mm512_fmadd_ps(_mm512_set1_ps(gain), _mm512_maskz_cvtepi32_ps(0xffff, products), norms);
}

inline __mmask16 passing(BlockValues values, float threshold) {
  return _mm512_cmp_ps_mask(values, _mm512_set1_ps(threshold), _CMP_LT_OQ);
}

inline bool any_below(BlockValues values, float threshold) { return passing(values, threshold) != 0; }

inline std::int32_t append_passing(BlockValues values, float threshold, float offset, std::int32_t column, float* to,
                                   std::int32_t* points, std::int32_t count) {
  const __mmask16 mask = passing(values, threshold);
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512 squared = _mm512_add_ps(values, _mm512_set1_ps(offset));
  const __m512i numbers = _mm512_add_epi32(lanes, _mm512_set1_epi32(column));
  _mm512_storeu_ps(to + count, _mm512_maskz_compress_ps(mask, squared));
  _mm512_storeu_si512(points + count, _mm512_maskz_compress_epi32(mask, numbers));
  return count + __builtin_popcount(mask);
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA

#if defined(__AMX_INT8__) || defined(TERRELLA_AMX_EMULATED)
#include "products_amx.hpp"
#endif
