// t-SNE's optimisation (van der Maaten and Hinton 2008) at one exaggeration.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

struct TsneSettings {
  double exaggeration;   // attraction's weight against repulsion; 1 is t-SNE
  double learning_rate;
  double momentum;
  double step;  // of the mesh's grid, in the layout's units
  std::int64_t max_iter;
};

// Moves `layout` (n, 2) down the gradient of exaggeration · attraction + repulsion for max_iter iterations, from rest.
// Each reads one layout and writes another, so that the threads' number and order change nothing. `affinities`:
// symmetric, Σ p_ij = 1.
void optimize_tsne(const GraphView& affinities, const TsneSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout);

// Σ p_ij ln(p_ij / (q_ij / Z)) over the edges, the divergence that t-SNE makes small.
double tsne_divergence(const GraphView& affinities, const float* layout, double step, const Kernels& kernels,
                       ThreadPool& pool);

}  // namespace terrella
