// The fuzzy graph of UMAP (McInnes et al. 2018, section 3.1).
#pragma once

#include <cstdint>

#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

// rho_i: the distance to the nearest neighbour that is not a duplicate; sigma_i: such that
// Σ_j exp(−max(0, d_ij − rho_i) / sigma_i) = log2 k. distances: (n, k), ascending; rho, sigma: (n,).
void smooth_distances(const float* distances, std::int64_t n, std::int64_t k, ThreadPool& pool, float* rho,
                      float* sigma);

// The union of each vertex's fuzzy set of neighbours with those that it is a neighbour of: w_ij = a + b − ab for
// a = exp(−max(0, d_ij − rho_i) / sigma_i) and b the same from j to i. Symmetric, without diagonal.
Graph fuzzy_union(const std::int32_t* indices, const float* distances, const float* rho, const float* sigma,
                  std::int64_t n, std::int64_t k, ThreadPool& pool);

}  // namespace terrella
