// Exact nearest neighbours.
#pragma once

#include <cstdint>

#include "neighbors/scan.hpp"

namespace terrella {

// Writes for each of `queries` (point numbers) its k nearest other points, nearest first, ties by the lower number,
// and their Euclidean distances: float32 roundings of √Σ(x − y)², which also order them.
// indices, distances: (n_queries, k); 1 ≤ k < points.n.
void nearest_neighbors(const PointsView& points, const std::int32_t* queries, std::int64_t n_queries, std::int64_t k,
                       const Kernels& kernels, ThreadPool& pool, Monitor* monitor, std::int32_t* indices,
                       float* distances);

}  // namespace terrella
