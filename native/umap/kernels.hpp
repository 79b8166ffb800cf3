// The leaves of UMAP's optimisation.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"
#include "mesh/kernels.hpp"

namespace terrella {

// Vertices of one task.
constexpr std::int64_t kUmapRows = 1024;

// What one epoch needs besides the graph and the field.
struct UmapEpoch {
  float a;
  float b;
  float repulsion;  // per unit of a vertex's weights, over the number of points that repel
  float learning_rate;
};

// What it moves, each (n, 2) but `degrees`, (n,), the sums of the graph's rows.
struct UmapState {
  const float* others;  // the places of those that the graph's edges lead to
  const float* before;
  float* after;
  float* velocities;
  const float* degrees;
};

struct UmapKernels {
  // Moves the vertices first … last − 1.
  void (*move_rows)(const GraphView& graph, const FieldView& field, const UmapEpoch& epoch, const UmapState& state,
                    std::int64_t first, std::int64_t last);
};

}  // namespace terrella
