// Exact nearest neighbours.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// Writes for each query its k nearest points other than itself, nearest first, ties by the lower number, and their
// distances: float32 roundings of exact totals, which also order them.
// indices, distances: (queries.n, k); 1 ≤ k ≤ the number of points that are not the query itself.
void nearest_neighbors(const PointsView& points, const QueriesView& queries, Metric metric, std::int64_t k,
                       const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* indices,
                       float* distances);

}  // namespace terrella
