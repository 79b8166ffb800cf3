// Approximate nearest neighbours: each point looks into the cells whose centres are nearest to it.
#pragma once

#include <cstdint>

#include "cells/index.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"

namespace terrella {

// How widely to look.
struct Breadth {
  std::int64_t reach;   // cells considered for the points of a cell, by the distance of their centres
  std::int64_t probes;  // of those, cells that each point looks into
  std::int64_t keep;    // points measured exactly for each point, itself among them
};

// Finds on about `n_queries` points that look everywhere how widely all must look for a share `recall` of each point's
// k nearest others to be found.
Breadth tune_breadth(const CellIndex& index, std::int64_t k, double recall, std::int64_t n_queries, ThreadPool& pool,
                     Monitor* monitor);

// Writes each point's k nearest others of those it looked at, nearest first, ties by the lower number, and their
// Euclidean distances, measured as nearest_neighbors does. indices, distances: (n, k); 1 ≤ k < n.
void search_cells(const CellIndex& index, std::int64_t k, const Breadth& breadth, ThreadPool& pool, Monitor* monitor,
                  std::int32_t* indices, float* distances);

}  // namespace terrella
