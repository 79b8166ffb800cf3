#include <algorithm>
#include <numeric>
#include <vector>

#include "cells/index.hpp"
#include "cells/partition.hpp"
#include "cells/query.hpp"
#include "cells/search.hpp"
#include "neighbors/knn.hpp"
#include "neighbors/measure_rows.hpp"
#include "neighbors/scan.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {
namespace {

struct Nearest {
  std::vector<std::int32_t> indices;  // (n, k)
  std::vector<float> distances;       // (n, k)
};

Nearest room(std::int64_t n, std::int64_t k) {
  const auto cells = static_cast<std::size_t>(n * k);
  return {std::vector<std::int32_t>(cells), std::vector<float>(cells)};
}

Nearest exact(const PointsView& points, std::int64_t k, const Kernels& kernels, ThreadPool& pool) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(points.n));
  std::iota(numbers.begin(), numbers.end(), 0);
  const QueriesView queries{points, numbers.data(), points.n};
  const Distance distance(Metric::euclidean, points.n_features, kernels.neighbors);
  Nearest found = room(points.n, k);
  Scan scan(points, queries, Metric::euclidean, kernels, pool);
  NearestSearch search(points, queries, distance, kernels.neighbors, k, found.indices.data(), found.distances.data());
  scan.run({search.visit(scan.bound())}, nullptr);
  return found;
}

Nearest search(const CellIndex& index, std::int64_t k, const Breadth& breadth, ThreadPool& pool) {
  Nearest found = room(index.vectors().n, k);
  search_cells(index, k, breadth, pool, nullptr, found.indices.data(), found.distances.data());
  return found;
}

// Every point once, in cells of at most kLargestCell.
Partition check_partition(const PointsView& points, const Kernels& kernels, ThreadPool& pool) {
  ThreadPool alone(1);
  Partition cells = partition(points, 30, 1, kernels, pool, nullptr);
  const Partition again = partition(points, 30, 1, kernels, alone, nullptr);
  CHECK(cells.order == again.order && cells.starts == again.starts);
  std::vector<std::int32_t> sorted = cells.order;
  std::sort(sorted.begin(), sorted.end());
  for (std::int64_t i = 0; i < points.n; ++i) CHECK(sorted[static_cast<std::size_t>(i)] == i);
  for (std::size_t c = 1; c < cells.starts.size(); ++c) {
    CHECK(cells.starts[c] > cells.starts[c - 1] && cells.starts[c] - cells.starts[c - 1] <= kLargestCell);
  }
  return cells;
}

void check_tuned(const CellIndex& index, std::int64_t k, ThreadPool& pool) {
  ThreadPool alone(1);
  const Breadth breadth = tune_breadth(index, k, 0.9, 64, pool, nullptr);
  const Nearest found = search(index, k, breadth, pool), again = search(index, k, breadth, alone);
  CHECK(found.indices == again.indices && found.distances == again.distances);
  for (std::size_t cell = 0; cell < found.indices.size(); ++cell) {
    const auto row = static_cast<std::int32_t>(cell / static_cast<std::size_t>(k));
    CHECK(found.indices[cell] >= 0 && found.indices[cell] < index.vectors().n && found.indices[cell] != row);
    CHECK(cell % static_cast<std::size_t>(k) == 0 || found.distances[cell - 1] <= found.distances[cell]);
  }
}

// Vectors between the points: who looks everywhere finds what measuring every point finds.
void check_queries(const CellIndex& index, const Kernels& kernels, ThreadPool& pool) {
  const PointsView& points = index.vectors();
  const QuerySearch search(points, index.coded(), kernels);
  const Distance distance(Metric::euclidean, points.n_features, kernels.neighbors);
  std::vector<float> query(static_cast<std::size_t>(points.n_features)), apart(static_cast<std::size_t>(points.n));
  for (std::int64_t q = 0; q + 1 < points.n; q += 1 + points.n / 7) {
    for (std::int64_t f = 0; f < points.n_features; ++f) query[f] = 0.5f * (points.row(q)[f] + points.row(q + 1)[f]);
    measure_rows(points, query.data(), nullptr, points.n, distance, pool, apart.data());
    for (std::int64_t i = 0; i < points.n; ++i) CHECK(apart[i] == distance(query.data(), points.row(i)));
    std::sort(apart.begin(), apart.end());
    const std::int64_t k = std::min<std::int64_t>(points.n, 15);
    for (const std::int64_t probes : {std::int64_t{1}, index.n_cells()}) {
      const std::vector<Found> found = search.run({query.data(), query.data()}, k, probes, points.n);
      CHECK(static_cast<std::int64_t>(found.size()) == k);
      for (std::int64_t j = 0; j < k; ++j) {
        CHECK(found[j].distance >= apart[j] && (probes == 1 || found[j].distance == apart[j]));
      }
    }
  }
}

}  // namespace

void test_cells(const Kernels& kernels, ThreadPool& pool) {
  std::vector<Size> sizes(std::begin(kSizes), std::end(kSizes));
  sizes.push_back({701, 19});
  for (const Size size : sizes) {
    for (const Shape shape : kShapes) {
      const std::vector<float> values = make_points(size, shape, 11);
      const PointsView points = view(values, size);
      const std::int64_t k = std::min<std::int64_t>(size.n - 1, 15);
      const CellIndex index(points, points, check_partition(points, kernels, pool), kernels, pool);
      check_tuned(index, k, pool);
      check_queries(index, kernels, pool);
      const Nearest all = search(index, k, {index.n_cells(), index.n_cells(), size.n}, pool);
      const Nearest truth = exact(points, k, kernels, pool);
      CHECK(all.indices == truth.indices && all.distances == truth.distances);  // who looks everywhere finds all
    }
  }
}

}  // namespace terrella::tests
