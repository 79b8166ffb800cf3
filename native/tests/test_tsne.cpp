#include <algorithm>
#include <cmath>
#include <vector>

#include "graph/affinities.hpp"
#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"
#include "tsne/tsne.hpp"

namespace terrella::tests {

void test_tsne(const Kernels& kernels, ThreadPool& pool) {
  ThreadPool alone(1);
  for (const std::int64_t n : {2, 31, 1201}) {
    const Neighbors neighbors = make_neighbors(n, std::min<std::int64_t>(n - 1, 15), Shape::kRandom);
    const std::vector<float> weights(neighbors.distances.size(), 1.0f / static_cast<float>(neighbors.k));
    const Graph graph = symmetric_mean(neighbors.indices.data(), weights.data(), n, neighbors.k, pool);
    const TsneSettings settings{2.0, static_cast<double>(n) / 2.0, 0.8, 0.5, 6};
    std::vector<float> layout = make_points({n, 2}, Shape::kRandom, 6), again = layout;
    optimize_tsne(view(graph), settings, kernels, pool, nullptr, layout.data());
    optimize_tsne(view(graph), settings, kernels, alone, nullptr, again.data());
    CHECK(layout == again);  // the same bits on any number of threads
    for (const float value : layout) CHECK(std::isfinite(value));
    CHECK(std::isfinite(tsne_divergence(view(graph), layout.data(), 0.5, kernels, pool)));
  }
}

}  // namespace terrella::tests
