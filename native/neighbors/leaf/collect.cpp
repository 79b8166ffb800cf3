// Columns of a tile whose squared distance may lie below their row's threshold.
//
// norms[c] − 2 · tile[r, c] < thresholds[r] appends first_column + c to row r. A padding column has an infinite
// norm, a padding row a threshold of −∞. Returns the largest count among the rows that grew, so that the caller
// can empty them in time: one call adds at most kPanelColumns to each, and scribbles one entry past the last.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

int collect(const float* tile, const float* norms, std::int32_t first_column, const CandidateRows& rows) {
  const Float x = load<Float>(norms);
  const Float y = load<Float>(norms + kLanes);
  int fullest = 0;
  for (int r = 0; r < kTileRows; ++r) {
    const Float threshold = broadcast(rows.thresholds[r]);
    const float* products = tile + r * kPanelColumns;
    const Int left = x - 2.0f * load<Float>(products) < threshold;
    const Int right = y - 2.0f * load<Float>(products + kLanes) < threshold;
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
