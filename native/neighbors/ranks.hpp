// How many points lie nearer than given ones: the ranks that judge a map.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "neighbors/metric.hpp"
#include "neighbors/scan.hpp"

namespace terrella {

// Counts for query i and each of its k targets the target's place, from 1, among all other points in the order of
// (distance, number): 1 + #{j ≠ query : (d_j, j) < (d_target, target)}, distances as NearestSearch rounds them.
class RankSearch {
 public:
  // targets: (queries.n, k); none is its own query.
  RankSearch(const PointsView& points, const QueriesView& queries, const Distance& distance,
             const NeighborKernels& kernels, std::int64_t k, const std::int32_t* targets);

  Visit visit(const Bound& bound);

  // After the scan: ranks (queries.n, k), in the order of the targets.
  void write(std::int32_t* ranks) const;

 private:
  class Visitor;
  using Place = std::pair<float, std::int32_t>;  // (distance, point): the order of neighbours

  Place place(std::int64_t query, std::int32_t point) const {
    return {distance_(queries_.row(query), points_.row(point)), point};
  }
  void measure(std::int64_t query, const std::int32_t* candidates, int count);

  PointsView points_;
  QueriesView queries_;
  Distance distance_;
  const NeighborKernels& kernels_;
  std::int64_t k_;
  const std::int32_t* targets_;
  std::vector<Place> places_;         // (queries.n, k) the targets' places, ascending
  std::vector<std::int32_t> nearer_;  // (queries.n, k) how many points were found before each; the query too
};

}  // namespace terrella
