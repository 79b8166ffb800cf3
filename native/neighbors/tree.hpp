// Points in an order in which neighbours lie close together.
#pragma once

#include <cstdint>
#include <vector>

#include "core/thread_pool.hpp"
#include "neighbors/kernels.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// 2^levels blocks of nearly equal size; blocks whose numbers differ in low bits only are near each other.
struct Blocks {
  std::vector<std::int32_t> order;  // (points.n,) point numbers, block by block
  std::vector<std::int64_t> first;  // (2^levels + 1,) where each block begins in it

  std::int64_t count() const { return static_cast<std::int64_t>(first.size()) - 1; }
};

// Halves the points again and again at the median of their projections on the longest axis of a sample, which a few
// steps of the power method find. `scale` brings the largest coordinate near 1. The same on any number of threads.
Blocks split_points(const PointsView& points, float scale, int levels, const NeighborKernels& kernels,
                    ThreadPool& pool);

}  // namespace terrella
