// 256-bit products: bytes to pairs in 16 bits, which codes of 7 and 8 bits cannot overflow, then to 32 bits.
#pragma once

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTileRowCount = kRowBlock;
constexpr int kTileBlocks = 1;

struct ProductUnit {};

struct BlockProducts {
  __m256i low;   // columns 0 … 7
  __m256i high;  // columns 8 … 15
};

struct BlockValues {
  __m256 low;
  __m256 high;
};

using BlockNorms = BlockValues;

inline __m256i add_products(__m256i total, __m256i columns, __m256i row) {
  const __m256i pairs = _mm256_maddubs_epi16(columns, row);
  return _mm256_add_epi32(total, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

template <int kRows>
inline void multiply(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* columns, std::int64_t,
                     std::int32_t n_groups, BlockProducts (&products)[kRows][kTileBlocks]) {
  for (int r = 0; r < kRows; ++r) products[r][0] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  for (std::int32_t g = 0; g < n_groups; ++g, rows += kCodeGroup, columns += kColumnBlock * kCodeGroup) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns + 32));
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      std::int32_t four;
      std::memcpy(&four, rows + r * row_bytes, sizeof four);
      const __m256i row = _mm256_set1_epi32(four);
      products[r][0].low = add_products(products[r][0].low, low, row);
      products[r][0].high = add_products(products[r][0].high, high, row);
    }
  }
}

inline BlockNorms load_norms(const float* norms) { return {_mm256_loadu_ps(norms), _mm256_loadu_ps(norms + 8)}; }

inline BlockValues block_values(const BlockProducts& products, const BlockNorms& norms, float gain) {
  const __m256 factor = _mm256_set1_ps(gain);
  return {_mm256_fmadd_ps(factor, _mm256_cvtepi32_ps(products.low), norms.low),
          _mm256_fmadd_ps(factor, _mm256_cvtepi32_ps(products.high), norms.high)};
}

inline unsigned passing(const BlockValues& values, float threshold) {
  const __m256 limit = _mm256_set1_ps(threshold);
  const int low = _mm256_movemask_ps(_mm256_cmp_ps(values.low, limit, _CMP_LT_OQ));
  const int high = _mm256_movemask_ps(_mm256_cmp_ps(values.high, limit, _CMP_LT_OQ));
  return static_cast<unsigned>(low | high << 8);
}

inline bool any_below(const BlockValues& values, float threshold) { return passing(values, threshold) != 0; }

inline std::int32_t append_passing(const BlockValues& values, float threshold, float offset, std::int32_t column,
                                   float* to, std::int32_t* points, std::int32_t count) {
  alignas(32) float lanes[kColumnBlock];
  _mm256_store_ps(lanes, values.low);
  _mm256_store_ps(lanes + 8, values.high);
  for (unsigned mask = passing(values, threshold); mask != 0; mask &= mask - 1) {
    const int c = __builtin_ctz(mask);
    to[count] = lanes[c] + offset;
    points[count++] = column + c;
  }
  return count;
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
