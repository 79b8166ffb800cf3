#include "neighbors/knn.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "neighbors/kernels.hpp"

namespace terrella {
namespace {

// Keeps each query's k best points, sorted, in place of the results themselves.
class NearestConsumer final : public ScanConsumer {
 public:
  NearestConsumer(const PointsView& points, const Kernels& kernels, const std::int32_t* queries, std::int64_t n_queries,
                  std::int64_t k, std::int32_t* indices, float* distances)
      : points_(points), kernels_(kernels), queries_(queries), k_(k), indices_(indices), distances_(distances),
        found_(n_queries) {}

  double begin(std::int64_t) override { return std::numeric_limits<double>::infinity(); }

  double absorb(std::int64_t query, const std::int32_t* candidates, int count) override {
    const std::int32_t self = queries_[query];
    const float* x = points_.row(self);
    for (int c = 0; c < count; ++c) {
      if (candidates[c] == self) continue;
      const double squared = kernels_.neighbors.squared_distance(x, points_.row(candidates[c]), points_.n_features);
      insert(query, candidates[c], static_cast<float>(std::sqrt(squared)));
    }
    if (found_[query] < k_) return std::numeric_limits<double>::infinity();
    const double worst = distances_[(query + 1) * k_ - 1];
    return worst * worst;
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
  const Kernels& kernels_;
  const std::int32_t* queries_;
  std::int64_t k_;
  std::int32_t* indices_;
  float* distances_;
  std::vector<std::int64_t> found_;
};

}  // namespace

void nearest_neighbors(const PointsView& points, const std::int32_t* queries, std::int64_t n_queries, std::int64_t k,
                       const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* indices,
                       float* distances) {
  NearestConsumer consumer(points, kernels, queries, n_queries, k, indices, distances);
  Scan(points, kernels, pool).run(queries, n_queries, consumer, monitor);
}

}  // namespace terrella
