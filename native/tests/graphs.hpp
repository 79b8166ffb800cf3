// Neighbours and a fuzzy graph of random vertices, as the layouts get them.
#pragma once

#include <cstdint>
#include <vector>

#include "core/thread_pool.hpp"
#include "graph/graph.hpp"
#include "tests/points.hpp"

namespace terrella::tests {

// k random others of each of n vertices at ascending distances; the first of most is vertex 0, a hub.
struct Neighbors {
  std::int64_t n;
  std::int64_t k;
  std::vector<std::int32_t> indices;  // (n, k)
  std::vector<float> distances;       // (n, k)
};

Neighbors make_neighbors(std::int64_t n, std::int64_t k, Shape shape);

Graph make_graph(std::int64_t n, std::int64_t k, Shape shape, ThreadPool& pool);

inline GraphView view(const Graph& graph) {
  return {static_cast<std::int64_t>(graph.indptr.size()) - 1, graph.indptr.data(), graph.indices.data(),
          graph.weights.data()};
}

}  // namespace terrella::tests
