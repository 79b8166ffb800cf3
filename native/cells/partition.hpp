// Points cut into small cells of near ones by a tree of k-means.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/points.hpp"

namespace terrella {

struct Partition {
  std::vector<std::int32_t> order;   // (n,) point numbers, cell after cell; cells near in the tree lie near
  std::vector<std::int64_t> starts;  // (n_cells + 1,)
};

// The largest cell that partition() leaves.
constexpr std::int64_t kLargestCell = 256;

// Cuts `points` into cells of about cell_size points, at most kLargestCell; 1 ≤ cell_size ≤ kLargestCell / 2.
// The same seed gives the same cells whatever the number of threads.
Partition partition(const PointsView& points, std::int64_t cell_size, std::uint64_t seed, const Kernels& kernels,
                    ThreadPool& pool, Monitor* monitor);

}  // namespace terrella
