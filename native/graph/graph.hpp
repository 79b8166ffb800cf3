// Symmetric weighted graphs in compressed sparse rows.
#pragma once

#include <cstdint>
#include <vector>

namespace terrella {

struct Graph {
  std::vector<std::int64_t> indptr;   // (n + 1,)
  std::vector<std::int32_t> indices;  // ascending in a row
  std::vector<float> weights;
};

// A graph that someone else holds.
struct GraphView {
  std::int64_t n;
  const std::int64_t* indptr;   // (n + 1,)
  const std::int32_t* indices;  // (indptr[n],)
  const float* weights;         // (indptr[n],)
};

}  // namespace terrella
