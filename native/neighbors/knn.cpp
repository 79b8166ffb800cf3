#include "neighbors/knn.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "neighbors/scan.hpp"

namespace terrella {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Keeps each query's k best points, sorted, in place of the results themselves.
class NearestConsumer final : public ScanConsumer {
 public:
  NearestConsumer(const PointsView& points, const QueriesView& queries, const Distance& distance, std::int64_t k,
                  std::int32_t* indices, float* distances)
      : points_(points), queries_(queries), distance_(distance), k_(k), indices_(indices), distances_(distances),
        found_(queries.n) {}

  double begin(std::int64_t) override { return kInfinity; }

  double absorb(std::int64_t query, const std::int32_t* candidates, int count) override {
    const std::int32_t self = queries_.self(query);
    const float* x = queries_.row(query);
    for (int c = 0; c < count; ++c) {
      if (candidates[c] == self) continue;
      insert(query, candidates[c], distance_(x, points_.row(candidates[c])));
    }
    if (found_[query] < k_) return kInfinity;
    const float worst = distances_[(query + 1) * k_ - 1];
    return worst > distance_.least() ? worst : -kInfinity;  // later points would lose the tie
  }

  void end(std::int64_t) override {}

 private:
  // Candidates come in ascending order, so that among equals the earlier one stays in front.
  void insert(std::int64_t query, std::int32_t point, float distance) {
    std::int32_t* indices = indices_ + query * k_;
    float* distances = distances_ + query * k_;
    std::int64_t& found = found_[query];
    if (found == k_ && !(distance < distances[k_ - 1])) return;
    const std::int64_t at = std::upper_bound(distances, distances + found, distance) - distances;
    const std::int64_t last = std::min(found, k_ - 1);
    std::copy_backward(distances + at, distances + last, distances + last + 1);
    std::copy_backward(indices + at, indices + last, indices + last + 1);
    distances[at] = distance;
    indices[at] = point;
    found = last + 1;
  }

  PointsView points_;
  QueriesView queries_;
  Distance distance_;
  std::int64_t k_;
  std::int32_t* indices_;
  float* distances_;
  std::vector<std::int64_t> found_;
};

}  // namespace

void nearest_neighbors(const PointsView& points, const QueriesView& queries, Metric metric, std::int64_t k,
                       const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* indices,
                       float* distances) {
  const Distance distance(metric, points.n_features, kernels.neighbors);
  NearestConsumer consumer(points, queries, distance, k, indices, distances);
  Scan(points, queries, metric, kernels, pool).run(consumer, monitor);
}

}  // namespace terrella
