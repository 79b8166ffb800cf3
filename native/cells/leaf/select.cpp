// The smallest of many values without sorting them.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kHalvings = 12;

std::int64_t count_up_to(const float* values, std::int64_t count, float bound) {
  const Float limit = broadcast(bound);
  Int found{};
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) found -= load<Float>(values + i) <= limit;
  std::int64_t total = sum(found);
  for (; i < count; ++i) total += values[i] <= bound;
  return total;
}

}  // namespace

// Halves the range of the values until what lies at or below the bound is `rank` of them or a sixteenth more, or the
// range is 2^-kHalvings of what it was.
float rank_bound(const float* values, std::int64_t count, std::int64_t rank) {
  Float least = broadcast(values[0]);
  Float most = least;
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    least = min(least, load<Float>(values + i));
    most = max(most, load<Float>(values + i));
  }
  float low = -largest(-least);
  float high = largest(most);
  for (; i < count; ++i) {
    low = values[i] < low ? values[i] : low;
    high = values[i] > high ? values[i] : high;
  }
  for (int step = 0; step < kHalvings; ++step) {
    const float middle = low + 0.5f * (high - low);
    const std::int64_t below = count_up_to(values, count, middle);
    if (below >= rank && below <= rank + rank / 16) return middle;
    if (below > rank) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high;
}

std::int32_t list_below(const float* values, std::int32_t count, float bound, std::int32_t* places) {
  std::int32_t found = 0;
  std::int32_t i = 0;
#if defined(__AVX512F__)
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512 limit = _mm512_set1_ps(bound);
  for (; i + kLanes <= count; i += kLanes) {
    const __mmask16 below = _mm512_cmp_ps_mask(_mm512_loadu_ps(values + i), limit, _CMP_LE_OQ);
    if (below == 0) continue;
    const __m512i numbers = _mm512_add_epi32(lanes, _mm512_set1_epi32(i));
    _mm512_storeu_si512(places + found, _mm512_maskz_compress_epi32(below, numbers));
    found += __builtin_popcount(below);
  }
#endif
  for (; i < count; ++i) {
    places[found] = i;
    found += values[i] <= bound;
  }
  return found;
}

std::int32_t keep_below(float* values, std::int32_t* points, std::int32_t count, float bound) {
  std::int32_t kept = 0;
  for (std::int32_t i = 0; i < count; ++i) {
    const float value = values[i];
    points[kept] = points[i];
    values[kept] = value;
    kept += value <= bound;
  }
  return kept;
}

}  // namespace terrella::TERRELLA_ISA
