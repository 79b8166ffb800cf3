// The leaves of UMAP's optimisation.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"

namespace terrella {

// Vertices that share a table of negatives; the unit of parallel work.
constexpr std::int64_t kUmapChunk = 1024;

// What one epoch needs besides the graph and the layout.
struct UmapEpoch {
  float a;
  float b;
  float learning_rate;
  float negative_rate;  // repulsions per unit of attraction weight
  float damping;
  std::uint64_t seed;
  std::int64_t epoch;
};

struct UmapKernels {
  void (*umap_rows)(const GraphView& graph, const UmapEpoch& epoch, const float* before, float* after,
                    std::int64_t first, std::int64_t last);
};

}  // namespace terrella
