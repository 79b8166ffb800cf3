#include <algorithm>
#include <cmath>
#include <vector>

#include "graph/spectral.hpp"
#include "graph/symmetric.hpp"
#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {

namespace {

float weight(const Graph& graph, std::int64_t i, std::int32_t j) {
  const auto first = graph.indices.begin() + graph.indptr[i], last = graph.indices.begin() + graph.indptr[i + 1];
  const auto at = std::lower_bound(first, last, j);
  return at != last && *at == j ? graph.weights[at - graph.indices.begin()] : 0.0f;
}

void check_symmetric(const Graph& graph) {
  const auto n = static_cast<std::int64_t>(graph.indptr.size()) - 1;
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; ++e) {
      const std::int32_t j = graph.indices[e];
      CHECK(j != i && (e == graph.indptr[i] || graph.indices[e - 1] < j));
      CHECK(graph.weights[e] >= 0.0f && graph.weights[e] <= 1.0f);
      CHECK(weight(graph, j, static_cast<std::int32_t>(i)) == graph.weights[e]);
    }
  }
}

void check_mean(const Neighbors& neighbors, ThreadPool& pool) {
  const std::vector<float> weights(neighbors.distances.size(), 1.0f / static_cast<float>(neighbors.k));
  const Graph graph = symmetric_mean(neighbors.indices.data(), weights.data(), neighbors.n, neighbors.k, pool);
  check_symmetric(graph);
  double total = 0.0;
  for (const float p : graph.weights) total += p;
  CHECK(std::abs(total - 1.0) < 1e-4);
}

}  // namespace

void test_graph(const Kernels& kernels, ThreadPool& pool) {
  for (const Shape shape : {Shape::kRandom, Shape::kEqual, Shape::kHeavyTails}) {
    for (const std::int64_t n : {2, 17, 1500}) {
      const Graph graph = make_graph(n, std::min<std::int64_t>(n - 1, 15), shape, pool);
      check_symmetric(graph);
      std::vector<float> block = make_points({n, 8}, Shape::kRandom, 3);
      chebyshev_filter(view(graph), 7, -1.0f, 0.5f, kernels, pool, nullptr, block.data());
      for (const float value : block) CHECK(std::isfinite(value));
      check_mean(make_neighbors(n, std::min<std::int64_t>(n - 1, 15), shape), pool);
    }
  }
}

}  // namespace terrella::tests
