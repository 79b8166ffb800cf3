// Spectral smoothing on a graph.
#pragma once

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

// Replaces the 8 columns of `block` (n, 8) by T_degree(L) · block for the normalised adjacency A = D^-½ W D^-½ and
// L = (2A − low − high) / (high − low): Chebyshev's polynomial damps the eigenvalues within [low, high] and lifts
// those above. Zhou et al. (2006), "Self-consistent-field calculations using Chebyshev-filtered subspace iteration".
void chebyshev_filter(const GraphView& graph, int degree, float low, float high, const Kernels& kernels,
                      ThreadPool& pool, Monitor* monitor, float* block);

}  // namespace terrella
