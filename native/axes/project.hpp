// Coordinates of points along axes: a tall matrix times a narrow one.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// coordinates[i, a] = Σ_f (points[i, f] − origin[f]) · axes[a, f], summed in the order of f in float32.
void project(const PointsView& points, const float* origin, const float* axes, std::int64_t n_axes,
             const Kernels& kernels, ThreadPool& pool, Monitor* monitor, float* coordinates);

}  // namespace terrella
