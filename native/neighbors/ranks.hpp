// How many points lie nearer than given ones: the ranks that judge a map.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// Writes for query i and each of its k targets the target's place, from 1, among all other points in the order of
// (distance, number): 1 + #{j ≠ query : (d_j, j) < (d_target, target)}, distances as nearest_neighbors rounds them.
// targets, ranks: (queries.n, k); no target is its own query.
void neighbor_ranks(const PointsView& points, const QueriesView& queries, Metric metric, const std::int32_t* targets,
                    std::int64_t k, const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* ranks);

}  // namespace terrella
