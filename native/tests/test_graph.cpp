#include <algorithm>
#include <cmath>
#include <vector>

#include "graph/fuzzy.hpp"
#include "graph/spectral.hpp"
#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {

Graph make_graph(std::int64_t n, std::int64_t k, Shape shape, ThreadPool& pool) {
  Random random(2);
  std::vector<std::int32_t> indices;
  std::vector<float> distances;
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t start = i == 0 ? 1 : random.below(n);
    float reached = 0.0f;
    for (std::int64_t j = 0, other = i == 0 ? 1 : 0; j < k; ++other) {
      if (other == i) continue;
      const std::int64_t neighbor = j == 0 ? other : (start + other) % n;
      const auto row = indices.end() - j;
      if (neighbor == i || std::find(row, indices.end(), neighbor) != indices.end()) continue;
      indices.push_back(static_cast<std::int32_t>(neighbor));
      const double step = shape == Shape::kHeavyTails ? std::pow(random.uniform(), -2.0) : random.uniform();
      reached += shape == Shape::kEqual ? 0.0f : static_cast<float>(step);
      distances.push_back(reached);
      ++j;
    }
  }
  std::vector<float> rho(static_cast<std::size_t>(n)), sigma(static_cast<std::size_t>(n));
  smooth_distances(distances.data(), n, k, pool, rho.data(), sigma.data());
  for (const float scale : sigma) CHECK(std::isfinite(scale) && scale >= 0.0f);
  return fuzzy_union(indices.data(), distances.data(), rho.data(), sigma.data(), n, k, pool);
}

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

}  // namespace

void test_graph(const Kernels& kernels, ThreadPool& pool) {
  for (const Shape shape : {Shape::kRandom, Shape::kEqual, Shape::kHeavyTails}) {
    for (const std::int64_t n : {2, 17, 1500}) {
      const Graph graph = make_graph(n, std::min<std::int64_t>(n - 1, 15), shape, pool);
      check_symmetric(graph);
      std::vector<float> block = make_points({n, 8}, Shape::kRandom, 3);
      chebyshev_filter(view(graph), 7, -1.0f, 0.5f, kernels, pool, nullptr, block.data());
      for (const float value : block) CHECK(std::isfinite(value));
    }
  }
}

}  // namespace terrella::tests
