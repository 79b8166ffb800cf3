// How far one vector is from many points: each is measured, none is estimated.
//
// A pass over the points in the order they lie in: reading them from memory takes longer than adding up in double
// precision, so nothing is spared by bounds, and the distances are those of every other search.
#pragma once

#include <cstdint>

#include "core/thread_pool.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// Writes the distance from `query`, (n_features,), to each of points[rows], (count,); rows null: to points 0 … count − 1.
void measure_rows(const PointsView& points, const float* query, const std::int32_t* rows, std::int64_t count,
                  const Distance& distance, ThreadPool& pool, float* distances);

}  // namespace terrella
