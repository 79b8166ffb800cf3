// Pairs of a tile that one of their two points may want for a neighbour.
//
// columns.terms[c] + factor · tile[r, c] < rows.limits[r], or the same with rows and columns exchanged, appends
// (first_row + r, first_column + c) to `pairs`, after `count` of them. Returns how many there are now: at most
// kTileRows · kPanelColumns more.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

inline std::int64_t append(unsigned wanted, std::int32_t row, std::int32_t column, std::int32_t* pairs,
                           std::int64_t count) {
  for (; wanted; wanted &= wanted - 1, ++count) {
    pairs[2 * count] = row;
    pairs[2 * count + 1] = column + __builtin_ctz(wanted);
  }
  return count;
}

}  // namespace

std::int64_t collect_pairs(const float* tile, const PairSide& rows, const PairSide& columns, float factor,
                           std::int32_t first_row, std::int32_t first_column, std::int32_t* pairs, std::int64_t count) {
  const Float times = broadcast(factor);
  const Float left_terms = load<Float>(columns.terms);
  const Float right_terms = load<Float>(columns.terms + kLanes);
  const Float left_limits = load<Float>(columns.limits);
  const Float right_limits = load<Float>(columns.limits + kLanes);
  for (int r = 0; r < kTileRows; ++r) {
    const Float left = times * load<Float>(tile + r * kPanelColumns);
    const Float right = times * load<Float>(tile + r * kPanelColumns + kLanes);
    const Float term = broadcast(rows.terms[r]);
    const Float limit = broadcast(rows.limits[r]);
    const Int left_wanted = (left_terms + left < limit) | (term + left < left_limits);
    const Int right_wanted = (right_terms + right < limit) | (term + right < right_limits);
    if (!any(left_wanted | right_wanted)) continue;
    count = append(bits(left_wanted), first_row + r, first_column, pairs, count);
    count = append(bits(right_wanted), first_row + r, first_column + kLanes, pairs, count);
  }
  return count;
}

}  // namespace terrella::TERRELLA_ISA
