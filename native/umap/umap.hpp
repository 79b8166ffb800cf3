// UMAP's optimisation over all epochs.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

struct UmapSettings {
  double a;
  double b;
  double learning_rate;
  double negative_rate;
  double damping;
  double decay_power;
  std::int64_t n_epochs;
  std::uint64_t seed;
};

// Moves `layout` (n, 2) through n_epochs epochs; the learning rate falls as (1 − epoch / n_epochs)^decay_power.
// Each epoch reads one layout and writes another, so that the threads' number and order change nothing.
void optimize_umap(const GraphView& graph, const UmapSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout);

}  // namespace terrella
