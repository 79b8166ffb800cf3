#include "neighbors/knn.hpp"

#include <algorithm>

#include "neighbors/candidates.hpp"

namespace terrella {

class NearestSearch::Visitor final : public TileVisitor {
 public:
  Visitor(NearestSearch& search, const Bound& bound, const QueryTiles& queries)
      : search_(search), bound_(bound), queries_(queries), candidates_(queries.count, search.kernels_) {
    for (std::int64_t row = 0; row < queries.count; ++row) set_limit(row, 0);
  }

  void take(std::int64_t tile, std::int32_t first_column, const float* totals, const float* terms) override {
    const int fullest =
        search_.kernels_.collect(totals, terms, bound_.factor(), first_column, candidates_.tile(tile));
    if (fullest >= Candidates::kCapacity) measure(tile, Candidates::kCapacity);
  }

  void finish() override {
    for (std::int64_t tile = 0; tile < queries_.tiles; ++tile) measure(tile, 1);
  }

 private:
  void measure(std::int64_t tile, int least) {
    candidates_.empty(tile, least, [this](std::int64_t row, const std::int32_t* columns, int count) {
      search_.measure(queries_.first + row, columns, count);
      set_limit(row, columns[count - 1]);
    });
  }

  // Points come in the order of their numbers; `seen`: none lower is still to come.
  void set_limit(std::int64_t row, std::int32_t seen) {
    const double wish = search_.wish(queries_.first + row, seen);
    candidates_.limit(row) = bound_.outer_limit(wish, queries_.squares[row], queries_.scales[row]);
  }

  NearestSearch& search_;
  const Bound& bound_;
  const QueryTiles& queries_;
  Candidates candidates_;
};

Visit NearestSearch::visit(const Bound& bound) {
  return [this, &bound](const QueryTiles& queries) { return std::make_unique<Visitor>(*this, bound, queries); };
}

void NearestSearch::measure(std::int64_t query, const std::int32_t* candidates, int count) {
  const std::int32_t self = queries_.self(query);
  for (int c = 0; c < count; ++c) {
    if (candidates[c] != self) insert(query, candidates[c], distance(query, candidates[c]));
  }
}

bool NearestSearch::place(std::int64_t query, std::int32_t point, float distance) {
  std::int32_t* indices = indices_ + query * k_;
  float* distances = distances_ + query * k_;
  std::int64_t& found = found_[query];
  std::int64_t at = std::upper_bound(distances, distances + found, distance) - distances;
  while (at > 0 && distances[at - 1] == distance && indices[at - 1] > point) --at;
  if (at == k_) return false;
  const std::int64_t last = std::min(found, k_ - 1);
  std::copy_backward(distances + at, distances + last, distances + last + 1);
  std::copy_backward(indices + at, indices + last, indices + last + 1);
  distances[at] = distance;
  indices[at] = point;
  found = last + 1;
  return true;
}

}  // namespace terrella
