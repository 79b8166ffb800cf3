// Columns of a tile that may lie within their row's limit.
//
// terms[c] + factor · tile[r, c] < limits[r] appends first_column + c to row r. A padding column has an infinite
// term, a padding row a limit of −∞. Returns the largest count among the rows that grew, so that the caller
// can empty them in time: one call adds at most kPanelColumns to each, and scribbles one entry past the last.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

int collect(const float* tile, const float* terms, float factor, std::int32_t first_column, const CandidateRows& rows) {
  const Float x = load<Float>(terms);
  const Float y = load<Float>(terms + kLanes);
  const Float times = broadcast(factor);
  int fullest = 0;
  for (int r = 0; r < kTileRows; ++r) {
    const Float limit = broadcast(rows.limits[r]);
    const float* totals = tile + r * kPanelColumns;
    const Int left = x + times * load<Float>(totals) < limit;
    const Int right = y + times * load<Float>(totals + kLanes) < limit;
    if (!any(left | right)) continue;
    std::int32_t* out = rows.candidates + r * rows.stride;
    std::int32_t count = rows.counts[r];
    for (int lane = 0; lane < kLanes; ++lane) {
      out[count] = first_column + lane;
      count -= left[lane];
    }
    for (int lane = 0; lane < kLanes; ++lane) {
      out[count] = first_column + kLanes + lane;
      count -= right[lane];
    }
    rows.counts[r] = count;
    if (count > fullest) fullest = count;
  }
  return fullest;
}

}  // namespace terrella::TERRELLA_ISA
