#include "neighbors/ranks.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "neighbors/scan.hpp"

namespace terrella {
namespace {

using Place = std::pair<float, std::int32_t>;  // (distance, point): the order of neighbours

class RankConsumer final : public ScanConsumer {
 public:
  RankConsumer(const PointsView& points, const QueriesView& queries, const Distance& distance,
               const std::int32_t* targets, std::int64_t k, std::int32_t* ranks)
      : points_(points), queries_(queries), distance_(distance), targets_(targets), k_(k), ranks_(ranks),
        places_(queries.n * k), nearer_(queries.n * k) {}

  double begin(std::int64_t query) override {
    Place* places = places_.data() + query * k_;
    for (std::int64_t t = 0; t < k_; ++t) {
      const std::int32_t target = targets_[query * k_ + t];
      places[t] = {distance(query, target), target};
    }
    std::sort(places, places + k_);
    return limit(query);
  }

  // nearer[t] counts the points whose place is just below the t-th target in order.
  double absorb(std::int64_t query, const std::int32_t* candidates, int count) override {
    const Place* places = places_.data() + query * k_;
    for (int c = 0; c < count; ++c) {
      if (candidates[c] == queries_.self(query)) continue;
      const Place place{distance(query, candidates[c]), candidates[c]};
      const std::int64_t above = std::upper_bound(places, places + k_, place) - places;
      if (above < k_) ++nearer_[query * k_ + above];
    }
    return limit(query);
  }

  void end(std::int64_t query) override {
    const Place* places = places_.data() + query * k_;
    std::vector<std::int32_t> below(k_);
    std::int32_t total = 0;
    for (std::int64_t t = 0; t < k_; ++t) below[t] = total += nearer_[query * k_ + t];
    for (std::int64_t t = 0; t < k_; ++t) {
      const std::int32_t target = targets_[query * k_ + t];
      const Place place{distance(query, target), target};
      ranks_[query * k_ + t] = 1 + below[std::lower_bound(places, places + k_, place) - places];
    }
  }

 private:
  float distance(std::int64_t query, std::int32_t point) const {
    return distance_(queries_.row(query), points_.row(point));
  }

  // Points as far as the farthest target count when their number is lower.
  double limit(std::int64_t query) const { return places_[(query + 1) * k_ - 1].first; }

  PointsView points_;
  QueriesView queries_;
  Distance distance_;
  const std::int32_t* targets_;
  std::int64_t k_;
  std::int32_t* ranks_;
  std::vector<Place> places_;
  std::vector<std::int32_t> nearer_;
};

}  // namespace

void neighbor_ranks(const PointsView& points, const QueriesView& queries, Metric metric, const std::int32_t* targets,
                    std::int64_t k, const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* ranks) {
  const Distance distance(metric, points.n_features, kernels.neighbors);
  RankConsumer consumer(points, queries, distance, targets, k, ranks);
  Scan(points, queries, metric, kernels, pool).run(consumer, monitor);
}

}  // namespace terrella
