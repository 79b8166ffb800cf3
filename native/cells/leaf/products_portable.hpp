// The products of the baseline: what every x86-64 machine has, and elsewhere plain loops.
#pragma once

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTileRowCount = kRowBlock;
constexpr int kTileBlocks = 1;

struct ProductUnit {};

struct BlockProducts {
  std::int32_t lanes[kColumnBlock];
};

struct BlockValues {
  float lanes[kColumnBlock];
};

using BlockNorms = BlockValues;

#if defined(__SSE2__)
// Every x86-64 machine multiplies and adds pairs of 16 bits.
inline void multiply_row(const std::int8_t* row, const std::uint8_t* columns, std::int32_t n_groups,
                         std::int32_t* products) {
  const __m128i zero = _mm_setzero_si128();
  __m128i pairs[8] = {};  // pairs[i]: columns 2i and 2i + 1, the sums of two features each
  for (std::int32_t g = 0; g < n_groups; ++g, row += kCodeGroup, columns += kColumnBlock * kCodeGroup) {
    std::int32_t four;
    std::memcpy(&four, row, sizeof four);
    const __m128i group = _mm_srai_epi16(_mm_unpacklo_epi8(zero, _mm_set1_epi32(four)), 8);
#pragma GCC unroll 4
    for (int q = 0; q < 4; ++q) {
      const __m128i codes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(columns + 16 * q));
      pairs[2 * q] = _mm_add_epi32(pairs[2 * q], _mm_madd_epi16(_mm_unpacklo_epi8(codes, zero), group));
      pairs[2 * q + 1] = _mm_add_epi32(pairs[2 * q + 1], _mm_madd_epi16(_mm_unpackhi_epi8(codes, zero), group));
    }
  }
  for (int i = 0; i < 8; i += 2) {
    const __m128 a = _mm_castsi128_ps(pairs[i]);
    const __m128 b = _mm_castsi128_ps(pairs[i + 1]);
    const __m128i even = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
    const __m128i odd = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(products + 2 * i), _mm_add_epi32(even, odd));
  }
}
#else
inline void multiply_row(const std::int8_t* row, const std::uint8_t* columns, std::int32_t n_groups,
                         std::int32_t* products) {
  std::int32_t totals[kColumnBlock] = {};
  for (std::int32_t g = 0; g < n_groups; ++g, row += kCodeGroup, columns += kColumnBlock * kCodeGroup) {
    for (int c = 0; c < kColumnBlock; ++c) {
      for (int f = 0; f < kCodeGroup; ++f) totals[c] += row[f] * columns[c * kCodeGroup + f];
    }
  }
  std::memcpy(products, totals, sizeof totals);
}
#endif

template <int kRows>
inline void multiply(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* columns, std::int64_t,
                     std::int32_t n_groups, BlockProducts (&products)[kRows][kTileBlocks]) {
  for (int r = 0; r < kRows; ++r) multiply_row(rows + r * row_bytes, columns, n_groups, products[r][0].lanes);
}

inline BlockNorms load_norms(const float* norms) { return load<BlockNorms>(norms); }

inline BlockValues block_values(const BlockProducts& products, const BlockNorms& norms, float gain) {
  BlockValues values;
  for (int c = 0; c < kColumnBlock; ++c) {
    values.lanes[c] = norms.lanes[c] + gain * static_cast<float>(products.lanes[c]);
  }
  return values;
}

inline bool any_below(const BlockValues& values, float threshold) {
  int found = 0;
  for (int c = 0; c < kColumnBlock; ++c) found |= values.lanes[c] < threshold;
  return found != 0;
}

inline std::int32_t append_passing(const BlockValues& values, float threshold, float offset, std::int32_t column,
                                   float* to, std::int32_t* points, std::int32_t count) {
  for (int c = 0; c < kColumnBlock; ++c) {
    to[count] = values.lanes[c] + offset;
    points[count] = column + c;
    count += values.lanes[c] < threshold;
  }
  return count;
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
