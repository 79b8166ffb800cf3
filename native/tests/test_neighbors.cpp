#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "neighbors/knn.hpp"
#include "neighbors/pairs.hpp"
#include "neighbors/ranks.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {
namespace {

constexpr Metric kMetrics[] = {Metric::euclidean, Metric::inner_product, Metric::manhattan, Metric::hamming};

// The distance as its definition has it, and the sum of magnitudes that its rounding is a share of.
struct Reference {
  double value = 0.0;
  double magnitude = 0.0;
};

Reference distance(const float* x, const float* y, std::int64_t n_features, Metric metric) {
  Reference total;
  for (std::int64_t f = 0; f < n_features; ++f) {
    const double a = x[f], b = y[f];
    double term = 0.0;
    if (metric == Metric::euclidean) term = (a - b) * (a - b);
    if (metric == Metric::inner_product) term = -a * b;
    if (metric == Metric::manhattan) term = std::abs(a - b);
    if (metric == Metric::hamming) term = (a != b ? 1.0 : 0.0) / static_cast<double>(n_features);
    total.value += term;
    total.magnitude += std::abs(term);
  }
  if (metric == Metric::euclidean) total.value = total.magnitude = std::sqrt(total.value);
  return total;
}

void check_row(const PointsView& points, const QueriesView& queries, Metric metric, std::int64_t query, std::int64_t k,
               const std::int32_t* indices, const float* distances) {
  std::vector<double> truth;
  double magnitude = 0.0;
  for (std::int64_t j = 0; j < points.n; ++j) {
    if (j == queries.self(query)) continue;
    const Reference reference = distance(queries.row(query), points.row(j), points.n_features, metric);
    truth.push_back(reference.value);
    magnitude = std::max(magnitude, reference.magnitude);
  }
  std::sort(truth.begin(), truth.end());
  std::vector<bool> seen(static_cast<std::size_t>(points.n), false);
  for (std::int64_t j = 0; j < k; ++j) {
    const std::int32_t found = indices[j];
    CHECK(found >= 0 && found < points.n && found != queries.self(query));
    CHECK(!seen[static_cast<std::size_t>(found)]);
    seen[static_cast<std::size_t>(found)] = true;
    const double expected = truth[static_cast<std::size_t>(j)];
    CHECK(std::abs(distances[j] - expected) <= 1e-6 * std::abs(expected) + 1e-12 * magnitude);
    CHECK(j == 0 || distances[j - 1] <= distances[j]);
  }
}

std::vector<std::int32_t> check_search(const PointsView& points, const QueriesView& queries, Metric metric,
                                       std::int64_t k, const Kernels& kernels, ThreadPool& pool) {
  const auto cells = static_cast<std::size_t>(queries.n * k);
  std::vector<std::int32_t> indices(cells);
  std::vector<float> distances(cells);
  const Distance distance(metric, points.n_features, kernels.neighbors);
  Scan scan(points, queries, metric, kernels, pool);
  NearestSearch nearest(points, queries, distance, kernels.neighbors, k, indices.data(), distances.data());
  scan.run({nearest.visit(scan.bound())}, nullptr);
  for (std::int64_t i = 0; i < queries.n; ++i) {
    check_row(points, queries, metric, i, k, &indices[i * k], &distances[i * k]);
  }
  return indices;
}

void check_ranks(const PointsView& points, const QueriesView& queries, Metric metric, std::int64_t k,
                 const std::vector<std::int32_t>& nearest, const Kernels& kernels, ThreadPool& pool) {
  std::vector<std::int32_t> ranks(nearest.size());
  const Distance distance(metric, points.n_features, kernels.neighbors);
  Scan scan(points, queries, metric, kernels, pool);
  RankSearch search(points, queries, distance, kernels.neighbors, k, nearest.data());
  scan.run({search.visit(scan.bound())}, nullptr);
  search.write(ranks.data());
  for (std::size_t cell = 0; cell < ranks.size(); ++cell) {
    CHECK(ranks[cell] == static_cast<std::int32_t>(cell % static_cast<std::size_t>(k)) + 1);
  }
}

// Points that meet in blocks find what a scan of all finds.
void check_pairs(const PointsView& points, const QueriesView& all, Metric metric, std::int64_t k,
                 const std::vector<std::int32_t>& nearest, const Kernels& kernels, ThreadPool& pool) {
  std::vector<std::int32_t> indices(nearest.size());
  std::vector<float> distances(nearest.size());
  const Distance distance(metric, points.n_features, kernels.neighbors);
  NearestSearch search(points, all, distance, kernels.neighbors, k, indices.data(), distances.data());
  PairScan(points, metric, kernels, pool).run(search, nullptr);
  CHECK(indices == nearest);
}

void check_all(const PointsView& points, std::int64_t k, Metric metric, const Kernels& kernels, ThreadPool& pool) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(points.n));
  std::iota(numbers.begin(), numbers.end(), 0);
  const QueriesView all{points, numbers.data(), points.n};
  const std::vector<std::int32_t> nearest = check_search(points, all, metric, k, kernels, pool);
  check_ranks(points, all, metric, k, nearest, kernels, pool);
  check_pairs(points, all, metric, k, nearest, kernels, pool);
}

void check_others(const PointsView& points, Metric metric, const Kernels& kernels, ThreadPool& pool) {
  const Size size{7, points.n_features};
  const std::vector<float> others = make_points(size, Shape::kRandom, 9);
  const QueriesView queries{view(others, size), nullptr, size.n};
  check_search(points, queries, metric, points.n, kernels, pool);
}

// Enough points for several blocks.
void check_blocks(Metric metric, const Kernels& kernels, ThreadPool& pool) {
  const Size size{2601, 5};
  const std::vector<float> values = make_points(size, Shape::kRandom, 3);
  const PointsView points = view(values, size);
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(points.n));
  std::iota(numbers.begin(), numbers.end(), 0);
  const QueriesView all{points, numbers.data(), points.n};
  constexpr std::int64_t k = 4;
  std::vector<std::int32_t> indices(numbers.size() * k);
  std::vector<float> distances(indices.size());
  Scan scan(points, all, metric, kernels, pool);
  NearestSearch nearest(points, all, {metric, size.n_features, kernels.neighbors}, kernels.neighbors, k,
                        indices.data(), distances.data());
  scan.run({nearest.visit(scan.bound())}, nullptr);
  check_pairs(points, all, metric, k, indices, kernels, pool);
}

}  // namespace

void test_neighbors(const Kernels& kernels, ThreadPool& pool) {
  for (const Metric metric : kMetrics) check_blocks(metric, kernels, pool);
  for (const Size size : kSizes) {
    for (const Shape shape : kShapes) {
      const std::vector<float> values = make_points(size, shape, 1);
      for (const Metric metric : kMetrics) {
        for (const std::int64_t k : {std::min<std::int64_t>(15, size.n - 1), size.n - 1}) {
          check_all(view(values, size), k, metric, kernels, pool);
        }
        check_others(view(values, size), metric, kernels, pool);
      }
    }
  }
}

}  // namespace terrella::tests
