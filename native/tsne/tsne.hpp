// t-SNE's optimisation (van der Maaten and Hinton 2008) at one exaggeration.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

struct TsneSettings {
  double exaggeration;  // attraction's weight against repulsion; 1 is t-SNE
  double learning_rate;
  double momentum;
  double step;       // of the mesh's grid, in the layout's units
  double tolerance;  // stop once kTsneStride iterations lower the cost by less; 0 never stops
  std::int64_t max_iter;
};

// Iterations between two looks at the cost.
constexpr std::int64_t kTsneStride = 50;

// Moves `layout` (n, 2) down the gradient of the cost  exaggeration · Σ p_ij ln(1 + d_ij²) + ln Z  from rest, and
// returns the number of iterations. Each reads one layout and writes another, so that the threads' number and order
// change nothing. `affinities`: symmetric, Σ p_ij = 1.
std::int64_t optimize_tsne(const GraphView& affinities, const TsneSettings& settings, const Kernels& kernels,
                           ThreadPool& pool, Monitor* monitor, float* layout);

// Σ p_ij ln(p_ij / (q_ij / Z)) over the edges: the divergence that t-SNE makes small.
double tsne_divergence(const GraphView& affinities, const float* layout, double step, const Kernels& kernels,
                       ThreadPool& pool);

// New points among old ones that stay where they are.
struct Placement {
  std::int64_t count;           // of new points
  std::int64_t k;               // old neighbours of each
  const std::int32_t* indices;  // (count, k)
  const float* weights;         // (count, k), each row summing to 1
  double exaggeration;
  double step;
  std::int64_t max_iter;
};

// Writes to `places` (count, 2) where each new point's own cost  exaggeration · Σ_j p_j ln(1 + d_j²) + ln Φ(y)  is
// low, from the weighted mean of its neighbours on; other new points count for nothing.
void place_tsne(const float* layout, std::int64_t n, const Placement& placement, const Kernels& kernels,
                ThreadPool& pool, float* places);

}  // namespace terrella
