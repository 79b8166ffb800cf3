#include <algorithm>
#include <cmath>
#include <vector>

#include "graph/symmetric.hpp"
#include "tests/check.hpp"
#include "tests/graphs.hpp"
#include "tests/suites.hpp"
#include "tsne/affinities.hpp"
#include "tsne/tsne.hpp"

namespace terrella::tests {
namespace {

constexpr double kStep = 0.5;

void check_finite(const std::vector<float>& layout) {
  for (const float value : layout) CHECK(std::isfinite(value));
}

void check_rows_sum_to_one(const std::vector<float>& weights, std::int64_t k) {
  for (std::size_t first = 0; first < weights.size(); first += static_cast<std::size_t>(k)) {
    double sum = 0.0;
    for (std::int64_t j = 0; j < k; ++j) sum += weights[first + static_cast<std::size_t>(j)];
    CHECK(std::abs(sum - 1.0) < 1e-4);
  }
}

void check_affinities(const Neighbors& neighbors, const Kernels& kernels, ThreadPool& pool) {
  const std::int64_t n = neighbors.n, k = neighbors.k;
  std::vector<float> weights(neighbors.distances.size());
  gaussian_weights(neighbors.distances.data(), n, k, static_cast<double>(k) / 3.0, kernels, pool, weights.data());
  check_rows_sum_to_one(weights, k);
  const Blend blend{static_cast<double>(k) / 1.5, (k + 1) / 2, k / 4, 3};
  const auto cells = static_cast<std::size_t>(n * (blend.near + blend.kept));
  std::vector<std::int32_t> indices(cells);
  std::vector<float> blended(cells);
  blended_weights(neighbors.indices.data(), neighbors.distances.data(), n, k, blend, kernels, pool, indices.data(),
                  blended.data());
  for (const std::int32_t index : indices) CHECK(index >= 0 && index < n);
  check_finite(blended);
}

Graph uniform_graph(const Neighbors& neighbors, ThreadPool& pool) {
  const std::vector<float> weights(neighbors.distances.size(), 1.0f / static_cast<float>(neighbors.k));
  return symmetric_mean(neighbors.indices.data(), weights.data(), neighbors.n, neighbors.k, pool);
}

// A third as many new items as there are old ones, each with three old neighbours.
void check_placing(const std::vector<float>& layout, const Kernels& kernels, ThreadPool& pool, ThreadPool& alone) {
  const auto n = static_cast<std::int64_t>(layout.size() / 2), n_new = n / 3 + 1;
  std::vector<std::int32_t> indices;
  for (std::int64_t edge = 0; edge < 3 * n_new; ++edge) indices.push_back(static_cast<std::int32_t>(edge % n));
  const std::vector<float> weights(indices.size(), 1.0f / 3.0f);
  const Placement placement{n_new, 3, indices.data(), weights.data(), 1.0, kStep, 10};
  std::vector<float> places(static_cast<std::size_t>(2 * n_new)), again = places;
  place_tsne(layout.data(), n, placement, kernels, pool, places.data());
  place_tsne(layout.data(), n, placement, kernels, alone, again.data());
  CHECK(places == again);
  check_finite(places);
}

}  // namespace

void test_tsne(const Kernels& kernels, ThreadPool& pool) {
  ThreadPool alone(1);
  for (const std::int64_t n : {2, 31, 1201}) {
    for (const Shape shape : {Shape::kRandom, Shape::kEqual, Shape::kHeavyTails}) {
      check_affinities(make_neighbors(n, std::min<std::int64_t>(n - 1, 45), shape), kernels, pool);
    }
    const Graph graph = uniform_graph(make_neighbors(n, std::min<std::int64_t>(n - 1, 15), Shape::kRandom), pool);
    const TsneSettings settings{2.0, static_cast<double>(n) / 2.0, 0.8, kStep, 0.0, 6};
    std::vector<float> layout = make_points({n, 2}, Shape::kRandom, 6), again = layout;
    CHECK(optimize_tsne(view(graph), settings, kernels, pool, nullptr, layout.data()) == 6);
    optimize_tsne(view(graph), settings, kernels, alone, nullptr, again.data());
    CHECK(layout == again);  // the same bits on any number of threads
    check_finite(layout);
    CHECK(std::isfinite(tsne_divergence(view(graph), layout.data(), kStep, kernels, pool)));
    check_placing(layout, kernels, pool, alone);
  }
}

}  // namespace terrella::tests
