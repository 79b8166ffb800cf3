// The leaves of UMAP's optimisation.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"

namespace terrella {

// Vertices of one task.
constexpr std::int64_t kUmapRows = 1024;

// Points that lie apart by coordinate, (count,) each, padded with points far away to a multiple of kUmapPadding.
struct UmapPoints {
  const float* x;
  const float* y;
  std::int64_t count;
};
constexpr std::int64_t kUmapPadding = 16;
constexpr float kUmapFarAway = 1e15f;

// What one epoch needs besides the graph.
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
  const float* slopes;  // ∇Φ at `before`
  const float* degrees;
  float* after;
  float* velocities;
};

struct UmapKernels {
  // Moves the vertices first … last − 1.
  void (*move_rows)(const GraphView& graph, const UmapEpoch& epoch, const UmapState& state, std::int64_t first,
                    std::int64_t last);
  // ∇Φ (count, 2) at `places` (count, 2), summed over all points.
  void (*sum_slopes)(const UmapPoints& points, float a, float b, float epsilon, const float* places, std::int64_t count,
                     float* slopes);
};

}  // namespace terrella
