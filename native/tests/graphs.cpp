#include "tests/graphs.hpp"

#include <algorithm>
#include <cmath>

#include "graph/fuzzy.hpp"
#include "tests/check.hpp"

namespace terrella::tests {
namespace {

// The hub and a run of vertices from a random place on, without the vertex itself.
void append_others(std::int64_t vertex, std::int64_t n, std::int64_t k, Random& random,
                   std::vector<std::int32_t>& indices) {
  const std::int64_t hub = vertex == 0 ? 1 : 0;
  indices.push_back(static_cast<std::int32_t>(hub));
  std::int64_t other = random.below(n);
  for (std::int64_t j = 1; j < k; ++other) {
    if (other % n == vertex || other % n == hub) continue;
    indices.push_back(static_cast<std::int32_t>(other % n));
    ++j;
  }
}

}  // namespace

Neighbors make_neighbors(std::int64_t n, std::int64_t k, Shape shape) {
  Neighbors made{n, k, {}, {}};
  Random random(2);
  for (std::int64_t i = 0; i < n; ++i) {
    append_others(i, n, k, random, made.indices);
    float reached = 0.0f;
    for (std::int64_t j = 0; j < k; ++j) {
      const double step = shape == Shape::kHeavyTails ? std::pow(1.0 - random.uniform(), -2.0) : random.uniform();
      reached += shape == Shape::kEqual ? 0.0f : static_cast<float>(step);
      made.distances.push_back(reached);
    }
  }
  return made;
}

Graph make_graph(std::int64_t n, std::int64_t k, Shape shape, ThreadPool& pool) {
  const Neighbors made = make_neighbors(n, k, shape);
  std::vector<float> rho(static_cast<std::size_t>(n)), sigma(static_cast<std::size_t>(n));
  smooth_distances(made.distances.data(), n, k, pool, rho.data(), sigma.data());
  for (const float scale : sigma) CHECK(std::isfinite(scale) && scale >= 0.0f);
  return fuzzy_union(made.indices.data(), made.distances.data(), rho.data(), sigma.data(), n, k, pool);
}

}  // namespace terrella::tests
