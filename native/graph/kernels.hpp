// The leaves of work on graphs.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"

namespace terrella {

struct GraphKernels {
  void (*smooth_rows)(const GraphView& graph, const float* scale, const float* current, const float* previous,
                      float gain, float shift, float* next, std::int64_t first, std::int64_t last);
};

}  // namespace terrella
