// The leaves of t-SNE's optimisation.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"
#include "mesh/kernels.hpp"

namespace terrella {

// Vertices of one task; a multiple of every vector's lanes.
constexpr std::int64_t kTsneRows = 1024;

// The most lanes of a vector.
constexpr std::int64_t kTsnePadding = 16;

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

// Old points and the field they make, among which new ones find their place.
struct TsnePlace {
  FieldView field;
  float base;  // to add to the field's values
  float low[2];  // new points stay within
  float high[2];
  const float* layout;
  float exaggeration;
  std::int64_t max_iter;
};

struct TsneKernels {
  // Gaussian weights (k,) of ascending distances (k,), summing to 1, of an entropy of `bits`.
  // scratch: 2 · (k + kTsnePadding).
  void (*gaussian_row)(const float* distances, std::int64_t k, float bits, float* scratch, float* weights);
  // Moves the vertices first … last − 1.
  void (*move_rows)(const GraphView& affinities, const FieldView& field, const TsneIteration& iteration,
                    const TsneState& state, std::int64_t first, std::int64_t last);
  // Σ p_ij log2(1 + |y_i − y_j|²) over the edges of the vertices first … last − 1.
  double (*edge_costs)(const GraphView& affinities, const float* layout, std::int64_t first, std::int64_t last);
  // Moves the new point at `place`, (2,), for `max_iter` iterations; see leaf/place.cpp.
  void (*place_point)(const TsnePlace& among, const std::int32_t* indices, const float* weights, std::int64_t k,
                      float* place);
};

}  // namespace terrella
