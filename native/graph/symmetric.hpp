// From directed neighbours to a symmetric graph.
#pragma once

#include <cstdint>

#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace terrella {

// p_ij = (w_ij + w_ji) / 2n for rows `weights` (n, k) that sum to 1: symmetric, summing to 1. A row may name a vertex
// twice; then its weights add up.
Graph symmetric_mean(const std::int32_t* indices, const float* weights, std::int64_t n, std::int64_t k,
                     ThreadPool& pool);

}  // namespace terrella
