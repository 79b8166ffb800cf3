// UMAP's optimisation over all epochs.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

struct UmapSettings {
  double a;  // the low-dimensional similarity is 1 / (1 + a d^2b)
  double b;
  double repulsion;  // against attraction's 1
  std::int64_t n_epochs;
};

// Moves `layout` (n, 2) through n_epochs epochs, from rest. Each reads one layout and writes another, so that the
// threads' number and order change nothing.
void optimize_umap(const GraphView& graph, const UmapSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout);

// Moves `places` (graph.n, 2) of new items on a map that stays as it is: `layout` (n, 2). The graph's rows lead from
// each new item to old ones; new items neither pull nor push one another.
void place_umap(const GraphView& graph, const float* layout, std::int64_t n, const UmapSettings& settings,
                const Kernels& kernels, ThreadPool& pool, Monitor* monitor, float* places);

}  // namespace terrella
