#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "neighbors/knn.hpp"
#include "neighbors/ranks.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {
namespace {

double distance(const PointsView& points, std::int64_t i, std::int64_t j) {
  double squared = 0.0;
  for (std::int64_t f = 0; f < points.n_features; ++f) {
    const double difference = static_cast<double>(points.row(i)[f]) - static_cast<double>(points.row(j)[f]);
    squared += difference * difference;
  }
  return std::sqrt(squared);
}

// The k-th smallest distances of a row to the others, by sorting them all.
std::vector<double> sorted_distances(const PointsView& points, std::int64_t i) {
  std::vector<double> all;
  for (std::int64_t j = 0; j < points.n; ++j) {
    if (j != i) all.push_back(distance(points, i, j));
  }
  std::sort(all.begin(), all.end());
  return all;
}

void check_row(const PointsView& points, std::int64_t i, std::int64_t k, const std::int32_t* indices,
               const float* distances) {
  const std::vector<double> truth = sorted_distances(points, i);
  std::vector<bool> seen(static_cast<std::size_t>(points.n), false);
  for (std::int64_t j = 0; j < k; ++j) {
    const std::int32_t found = indices[j];
    CHECK(found >= 0 && found < points.n && found != i && !seen[static_cast<std::size_t>(found)]);
    seen[static_cast<std::size_t>(found)] = true;
    const double expected = truth[static_cast<std::size_t>(j)];
    CHECK(std::abs(distances[j] - expected) <= 1e-6 * expected);
    CHECK(j == 0 || distances[j - 1] <= distances[j]);
  }
}

void check_exact(const PointsView& points, std::int64_t k, const Kernels& kernels, ThreadPool& pool) {
  std::vector<std::int32_t> queries(static_cast<std::size_t>(points.n));
  std::iota(queries.begin(), queries.end(), 0);
  const auto cells = static_cast<std::size_t>(points.n * k);
  std::vector<std::int32_t> indices(cells), ranks(cells);
  std::vector<float> distances(cells);
  nearest_neighbors(points, queries.data(), points.n, k, kernels, pool, nullptr, indices.data(), distances.data());
  neighbor_ranks(points, queries.data(), points.n, indices.data(), k, kernels, pool, nullptr, ranks.data());
  for (std::int64_t i = 0; i < points.n; ++i) {
    check_row(points, i, k, &indices[i * k], &distances[i * k]);
    for (std::int64_t j = 0; j < k; ++j) CHECK(ranks[i * k + j] == j + 1);
  }
}

}  // namespace

void test_neighbors(const Kernels& kernels, ThreadPool& pool) {
  for (const Size size : kSizes) {
    for (const Shape shape : kShapes) {
      const std::vector<float> values = make_points(size, shape, 1);
      for (const std::int64_t k : {std::int64_t{1}, std::min<std::int64_t>(15, size.n - 1), size.n - 1}) {
        check_exact(view(values, size), k, kernels, pool);
      }
    }
  }
}

}  // namespace terrella::tests
