// Exact nearest neighbours.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "neighbors/metric.hpp"
#include "neighbors/scan.hpp"

namespace terrella {

// Keeps each query's k nearest points other than itself, nearest first, ties by the lower number, and their
// distances: float32 roundings of exact totals, which also order them. Which points it is shown in which order makes
// no difference.
class NearestSearch {
 public:
  // indices, distances: (queries.n, k), to be filled; 1 ≤ k ≤ the number of points that are not the query itself.
  NearestSearch(const PointsView& points, const QueriesView& queries, const Distance& distance,
                const NeighborKernels& kernels, std::int64_t k, std::int32_t* indices, float* distances)
      : points_(points), queries_(queries), distance_(distance), kernels_(kernels), k_(k), indices_(indices),
        distances_(distances), found_(queries.n) {}

  // For a scan of all points.
  Visit visit(const Bound& bound);

  // The distance up to which points from number `least` on may belong to the query's nearest; −∞: none does, as
  // nothing is nearer than what is found and they would lose the tie.
  double wish(std::int64_t query, std::int32_t least) const {
    if (found_[query] < k_) return std::numeric_limits<double>::infinity();
    const std::int64_t last = (query + 1) * k_ - 1;
    const bool none = !(distances_[last] > distance_.least()) && indices_[last] <= least;
    return none ? -std::numeric_limits<double>::infinity() : distances_[last];
  }

  // Returns whether the point is now among the query's nearest.
  bool insert(std::int64_t query, std::int32_t point, float distance) {
    if (found_[query] == k_ && distance > distances_[(query + 1) * k_ - 1]) return false;
    return place(query, point, distance);
  }

  float distance(std::int64_t query, std::int32_t point) const {
    return distance_(queries_.row(query), points_.row(point));
  }

 private:
  class Visitor;

  void measure(std::int64_t query, const std::int32_t* candidates, int count);
  bool place(std::int64_t query, std::int32_t point, float distance);

  PointsView points_;
  QueriesView queries_;
  Distance distance_;
  const NeighborKernels& kernels_;
  std::int64_t k_;
  std::int32_t* indices_;
  float* distances_;
  std::vector<std::int64_t> found_;
};

}  // namespace terrella
