// t-SNE's affinities: from distances to neighbours to a symmetric graph.
#pragma once

#include <cstdint>

#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

// Gaussian weights of each row's neighbours, p_j ∝ exp(−β d_j²), with β such that their entropy is ln(perplexity):
// van der Maaten and Hinton (2008), section 2. Each row sums to 1; a row too even for any β is uniform.
// distances, weights: (n, k).
void gaussian_weights(const float* distances, std::int64_t n, std::int64_t k, double perplexity, ThreadPool& pool,
                      float* weights);

// p_ij = (w_ij + w_ji) / 2n for rows `weights` (n, k) that sum to 1: symmetric, without diagonal, summing to 1.
Graph symmetric_mean(const std::int32_t* indices, const float* weights, std::int64_t n, std::int64_t k,
                     ThreadPool& pool);

}  // namespace terrella
