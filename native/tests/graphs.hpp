// A fuzzy graph of random points, as the layouts get it.
#pragma once

#include "core/thread_pool.hpp"
#include "graph/graph.hpp"
#include "tests/points.hpp"

namespace terrella::tests {

// From random neighbours at ascending distances; vertex 0 has many edges, as hubs do.
Graph make_graph(std::int64_t n, std::int64_t k, Shape shape, ThreadPool& pool);

inline GraphView view(const Graph& graph) {
  return {static_cast<std::int64_t>(graph.indptr.size()) - 1, graph.indptr.data(), graph.indices.data(),
          graph.weights.data()};
}

}  // namespace terrella::tests
