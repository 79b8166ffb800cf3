#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"
#include "umap/umap.hpp"

namespace terrella::tests {
namespace {

constexpr UmapSettings kSettings{1.577, 0.8951, 1.0, 5};

void check_finite(const std::vector<float>& layout) {
  for (const float value : layout) CHECK(std::isfinite(value));
}

// A third as many new items as there are old ones, each with three old neighbours.
void check_placing(const std::vector<float>& layout, const Kernels& kernels, ThreadPool& pool, ThreadPool& alone) {
  const auto n = static_cast<std::int64_t>(layout.size() / 2), n_new = n / 3 + 1;
  Graph graph;
  for (std::int64_t i = 0; i <= n_new; ++i) graph.indptr.push_back(3 * i);
  for (std::int64_t edge = 0; edge < 3 * n_new; ++edge) graph.indices.push_back(static_cast<std::int32_t>(edge % n));
  graph.weights.assign(static_cast<std::size_t>(3 * n_new), 0.5f);
  std::vector<float> places = make_points({n_new, 2}, Shape::kRandom, 8), again = places;
  place_umap(view(graph), layout.data(), n, kSettings, kernels, pool, nullptr, places.data());
  place_umap(view(graph), layout.data(), n, kSettings, kernels, alone, nullptr, again.data());
  CHECK(places == again);
  check_finite(places);
}

}  // namespace

void test_umap(const Kernels& kernels, ThreadPool& pool) {
  ThreadPool alone(1);
  for (const std::int64_t n : {2, 31, 2500}) {
    const Graph graph = make_graph(n, std::min<std::int64_t>(n - 1, 15), Shape::kRandom, pool);
    for (const Shape shape : {Shape::kRandom, Shape::kEqual}) {
      std::vector<float> layout = make_points({n, 2}, shape, 4), again = layout;
      optimize_umap(view(graph), kSettings, kernels, pool, nullptr, layout.data());
      optimize_umap(view(graph), kSettings, kernels, alone, nullptr, again.data());
      CHECK(layout == again);  // the same bits on any number of threads
      check_finite(layout);
      check_placing(layout, kernels, pool, alone);
    }
  }
}

}  // namespace terrella::tests
