// How many points lie nearer than given ones: the ranks that judge a map.
#pragma once

#include <cstdint>

#include "neighbors/scan.hpp"

namespace terrella {

// Writes for query i and each of its k targets the target's place, from 1, among all other points in the order of
// (distance, number): 1 + #{j ≠ query : (d_j, j) < (d_target, target)}, distances as nearest_neighbors rounds them.
// targets, ranks: (n_queries, k); no target is its own query.
void neighbor_ranks(const PointsView& points, const std::int32_t* queries, std::int64_t n_queries,
                    const std::int32_t* targets, std::int64_t k, const Kernels& kernels, ThreadPool& pool,
                    Monitor* monitor, std::int32_t* ranks);

}  // namespace terrella
