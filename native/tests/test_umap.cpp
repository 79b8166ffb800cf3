#include <cmath>
#include <vector>

#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"
#include "umap/umap.hpp"

namespace terrella::tests {

void test_umap(const Kernels& kernels, ThreadPool& pool) {
  const UmapSettings settings{1.577, 0.8951, 1.0, 5.0, 0.25, 1.5, 5, 7};
  ThreadPool alone(1);
  for (const std::int64_t n : {2, 31, 2500}) {
    const Graph graph = make_graph(n, std::min<std::int64_t>(n - 1, 15), Shape::kRandom, pool);
    std::vector<float> layout = make_points({n, 2}, Shape::kRandom, 4), again = layout;
    optimize_umap(view(graph), settings, kernels, pool, nullptr, layout.data());
    optimize_umap(view(graph), settings, kernels, alone, nullptr, again.data());
    CHECK(layout == again);  // the same bits on any number of threads
    for (const float value : layout) CHECK(std::isfinite(value));
  }
}

}  // namespace terrella::tests
