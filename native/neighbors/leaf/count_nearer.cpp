// Counts the columns of a tile that lie nearer to their row than each of the row's targets does.
//
// v = terms[c] + factor · tile[r, c] below targets.inner[r, t] counts for target t. A column that lies between inner
// and outer of any target counts for none: it is appended to the row's unsure ones, to be measured exactly. Returns
// the largest count of unsure ones among the rows that grew, as collect does.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

// Appends column `first + lane` for each lane that is unsure, and takes back what it has counted for.
inline std::int32_t set_aside(Float v, Int unsure, std::int32_t first, const float* inner, std::int32_t* nearer,
                              std::int64_t n_targets, std::int32_t* out, std::int32_t count) {
  for (int lane = 0; lane < kLanes; ++lane) {
    if (!unsure[lane]) continue;
    out[count++] = first + lane;
    for (std::int64_t t = n_targets - 1; t >= 0 && v[lane] < inner[t]; --t) --nearer[t];
  }
  return count;
}

}  // namespace

int count_nearer(const float* tile, const float* terms, float factor, std::int32_t first_column,
                 const TargetRows& targets, const CandidateRows& unsure) {
  const Float times = broadcast(factor);
  const Float left_terms = load<Float>(terms);
  const Float right_terms = load<Float>(terms + kLanes);
  int fullest = 0;
  for (int r = 0; r < kTileRows; ++r) {
    const float* inner = targets.inner + r * targets.n_targets;
    const float* outer = targets.outer + r * targets.n_targets;
    std::int32_t* nearer = targets.nearer + r * targets.n_targets;
    const Float left = left_terms + times * load<Float>(tile + r * kPanelColumns);
    const Float right = right_terms + times * load<Float>(tile + r * kPanelColumns + kLanes);
    Int left_unsure{};
    Int right_unsure{};
    for (std::int64_t t = targets.n_targets - 1; t >= 0; --t) {
      const Float limit = broadcast(outer[t]);
      const Int left_maybe = left < limit;
      const Int right_maybe = right < limit;
      if (!any(left_maybe | right_maybe)) break;  // nor is any nearer than the targets still to come
      const Float sure = broadcast(inner[t]);
      nearer[t] += count(left < sure) + count(right < sure);
      left_unsure |= left_maybe & ~(left < sure);
      right_unsure |= right_maybe & ~(right < sure);
    }
    if (!any(left_unsure | right_unsure)) continue;
    std::int32_t* out = unsure.candidates + r * unsure.stride;
    std::int32_t found = unsure.counts[r];
    found = set_aside(left, left_unsure, first_column, inner, nearer, targets.n_targets, out, found);
    found = set_aside(right, right_unsure, first_column + kLanes, inner, nearer, targets.n_targets, out, found);
    unsure.counts[r] = found;
    if (found > fullest) fullest = found;
  }
  return fullest;
}

}  // namespace terrella::TERRELLA_ISA
