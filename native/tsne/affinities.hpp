// t-SNE's affinities: from distances to neighbours to how much each counts.
#pragma once

#include <cstdint>

#include "core/isa.hpp"
#include "core/thread_pool.hpp"

namespace terrella {

// Gaussian weights of each row's neighbours, p_j ∝ exp(−β d_j²), with β such that their entropy is ln(perplexity):
// van der Maaten and Hinton (2008), section 2. Each row sums to 1; a row too even for any β is uniform.
// distances, weights: (n, k).
void gaussian_weights(const float* distances, std::int64_t n, std::int64_t k, double perplexity, const Kernels& kernels,
                      ThreadPool& pool, float* weights);

// Gaussian weights blended half and half with uniform ones, and their long tail thinned: of each row the first `near`
// neighbours stay, with ½ / near more each; of the rest every stretch of (k − near) / kept gives one at random, which
// stands for all of it. The thinned sums are the full ones in expectation. Row i's choice depends on seed and i alone.
// near + kept ≤ k; out_indices, out_weights: (n, near + kept).
struct Blend {
  double perplexity;
  std::int64_t near;
  std::int64_t kept;
  std::uint64_t seed;
};
void blended_weights(const std::int32_t* indices, const float* distances, std::int64_t n, std::int64_t k,
                     const Blend& blend, const Kernels& kernels, ThreadPool& pool, std::int32_t* out_indices,
                     float* out_weights);

}  // namespace terrella
