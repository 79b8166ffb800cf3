// The leaves of t-SNE's optimisation.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"
#include "mesh/kernels.hpp"

namespace terrella {

// Vertices of one task; a multiple of every vector's lanes.
constexpr std::int64_t kTsneRows = 1024;

// What one iteration needs besides the graph and the field.
struct TsneIteration {
  float exaggeration;
  float learning_rate;
  float momentum;
  float inverse_z;  // one over Σ_k≠l 1 / (1 + |y_k − y_l|²)
};

// What it moves, each (n, 2), padded with rows of any content to a multiple of kTsneRows.
struct TsneState {
  const float* before;
  float* after;
  float* velocities;
  float* gains;
};

struct TsneKernels {
  // Moves the vertices first … last − 1.
  void (*move_rows)(const GraphView& affinities, const FieldView& field, const TsneIteration& iteration,
                    const TsneState& state, std::int64_t first, std::int64_t last);
  // Σ p_ij log2(1 + |y_i − y_j|²) over the edges of the vertices first … last − 1.
  double (*edge_costs)(const GraphView& affinities, const float* layout, std::int64_t first, std::int64_t last);
};

}  // namespace terrella
