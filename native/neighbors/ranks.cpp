#include "neighbors/ranks.hpp"

#include <algorithm>
#include <limits>

#include "neighbors/candidates.hpp"

namespace terrella {

class RankSearch::Visitor final : public TileVisitor {
 public:
  Visitor(RankSearch& search, const Bound& bound, const QueryTiles& queries)
      : search_(search), bound_(bound), queries_(queries), unsure_(queries.count, search.kernels_) {
    const std::int64_t k = search.k_;
    const std::int64_t rows = queries.tiles * search.kernels_.tile_rows;
    const float none = -std::numeric_limits<float>::infinity();
    inner_.assign(rows * k, none);
    outer_.assign(rows * k, none);
    nearer_.resize(rows * k);
    for (std::int64_t i = 0; i < queries.count * k; ++i) {
      const double distance = search.places_[queries.first * k + i].first;
      inner_[i] = bound.inner_limit(distance, queries.squares[i / k], queries.scales[i / k]);
      outer_[i] = bound.outer_limit(distance, queries.squares[i / k], queries.scales[i / k]);
    }
  }

  void take(std::int64_t tile, std::int32_t first_column, const float* totals, const float* terms) override {
    const std::int64_t first = tile * search_.kernels_.tile_rows * search_.k_;
    const TargetRows targets{inner_.data() + first, outer_.data() + first, nearer_.data() + first, search_.k_};
    const int fullest = search_.kernels_.count_nearer(totals, terms, bound_.factor(), first_column, targets,
                                                      unsure_.tile(tile));
    if (fullest >= Candidates::kCapacity) measure(tile, Candidates::kCapacity);
  }

  void finish() override {
    for (std::int64_t tile = 0; tile < queries_.tiles; ++tile) measure(tile, 1);
    std::int32_t* nearer = search_.nearer_.data() + queries_.first * search_.k_;
    for (std::int64_t i = 0; i < queries_.count * search_.k_; ++i) nearer[i] += nearer_[i];
  }

 private:
  void measure(std::int64_t tile, int least) {
    unsure_.empty(tile, least, [this](std::int64_t row, const std::int32_t* columns, int count) {
      search_.measure(queries_.first + row, columns, count);
    });
  }

  RankSearch& search_;
  const Bound& bound_;
  const QueryTiles& queries_;
  Candidates unsure_;
  std::vector<float> inner_;          // (rows, k) ascending
  std::vector<float> outer_;          // (rows, k) ascending
  std::vector<std::int32_t> nearer_;  // (rows, k)
};

RankSearch::RankSearch(const PointsView& points, const QueriesView& queries, const Distance& distance,
                       const NeighborKernels& kernels, std::int64_t k, const std::int32_t* targets)
    : points_(points), queries_(queries), distance_(distance), kernels_(kernels), k_(k), targets_(targets),
      places_(queries.n * k), nearer_(queries.n * k) {
  for (std::int64_t query = 0; query < queries.n; ++query) {
    Place* places = places_.data() + query * k;
    for (std::int64_t t = 0; t < k; ++t) places[t] = place(query, targets[query * k + t]);
    std::sort(places, places + k);
  }
}

Visit RankSearch::visit(const Bound& bound) {
  return [this, &bound](const QueryTiles& queries) { return std::make_unique<Visitor>(*this, bound, queries); };
}

void RankSearch::measure(std::int64_t query, const std::int32_t* candidates, int count) {
  const Place* places = places_.data() + query * k_;
  for (int c = 0; c < count; ++c) {
    const Place found = place(query, candidates[c]);
    for (std::int64_t t = k_ - 1; t >= 0 && found < places[t]; --t) ++nearer_[query * k_ + t];
  }
}

void RankSearch::write(std::int32_t* ranks) const {
  for (std::int64_t query = 0; query < queries_.n; ++query) {
    const Place* places = places_.data() + query * k_;
    const std::int32_t self = queries_.self(query);
    for (std::int64_t t = 0; t < k_; ++t) {
      const Place target = place(query, targets_[query * k_ + t]);
      const std::int64_t at = std::lower_bound(places, places + k_, target) - places;
      const bool counted_self = self >= 0 && place(query, self) < target;
      ranks[query * k_ + t] = 1 + nearer_[query * k_ + at] - counted_self;
    }
  }
}

}  // namespace terrella
