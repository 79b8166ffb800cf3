// Neighbours and ranks.
#include "bindings/arrays.hpp"
#include "neighbors/knn.hpp"
#include "neighbors/ranks.hpp"

namespace terrella::bindings {
namespace {

PointsView view(const Matrix& vectors) {
  return {vectors.data(), static_cast<std::int64_t>(vectors.shape(0)), static_cast<std::int64_t>(vectors.shape(1))};
}

QueriesView among(const PointsView& points, const IndexVector& numbers) {
  require(within(numbers.data(), numbers.shape(0), points.n), "queries must lie in [0, n)");
  return {points, numbers.data(), static_cast<std::int64_t>(numbers.shape(0))};
}

nb::object search(const PointsView& points, const QueriesView& queries, std::int64_t k, const std::string& metric,
                  const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const Kernels& kernels = kernels_for(isa);
  const Metric chosen = metric_named(metric);
  std::unique_ptr<std::int32_t[]> indices(new std::int32_t[queries.n * k]());
  std::unique_ptr<float[]> distances(new float[queries.n * k]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    const Distance distance(chosen, points.n_features, kernels.neighbors);
    NearestSearch nearest(points, queries, distance, kernels.neighbors, k, indices.get(), distances.get());
    Scan scan(points, queries, chosen, kernels, pool);
    scan.run({nearest.visit(scan.bound())}, &monitor);
  }
  const std::initializer_list<std::size_t> shape{static_cast<std::size_t>(queries.n), static_cast<std::size_t>(k)};
  return nb::make_tuple(to_numpy(std::move(indices), shape), to_numpy(std::move(distances), shape));
}

nb::object nearest_neighbors(const Matrix& vectors, const IndexVector& queries, std::int64_t k,
                             const std::string& metric, const std::string& isa, int threads,
                             std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  require(k >= 1 && k < points.n, "k must lie in [1, n)");
  return search(points, among(points, queries), k, metric, isa, threads, std::move(callback));
}

nb::object query_neighbors(const Matrix& vectors, const Matrix& queries, std::int64_t k, const std::string& metric,
                           const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const PointsView others = view(queries);
  require(others.n_features == points.n_features, "queries must have the vectors' features");
  require(k >= 1 && k <= points.n, "k must lie in [1, n]");
  return search(points, {others, nullptr, others.n}, k, metric, isa, threads, std::move(callback));
}

nb::object neighbor_ranks(const Matrix& vectors, const IndexVector& queries, const IndexMatrix& targets,
                          const std::string& metric, const std::string& isa, int threads,
                          std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const QueriesView rows = among(points, queries);
  const std::size_t n_queries = queries.shape(0);
  const std::size_t k = targets.shape(1);
  require(targets.shape(0) == n_queries && k >= 1, "targets must have a row for each query");
  require(within(targets.data(), n_queries * k, points.n), "targets must lie in [0, n)");
  const Kernels& kernels = kernels_for(isa);
  const Metric chosen = metric_named(metric);
  std::unique_ptr<std::int32_t[]> ranks(new std::int32_t[n_queries * k]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    const Distance distance(chosen, points.n_features, kernels.neighbors);
    RankSearch search(points, rows, distance, kernels.neighbors, static_cast<std::int64_t>(k), targets.data());
    Scan scan(points, rows, chosen, kernels, pool);
    scan.run({search.visit(scan.bound())}, &monitor);
    search.write(ranks.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(ranks), {n_queries, k})));
}

}  // namespace

void bind_neighbors(nb::module_& m) {
  m.def("nearest_neighbors", &nearest_neighbors, "vectors"_a, "queries"_a, "k"_a, "metric"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("query_neighbors", &query_neighbors, "vectors"_a, "queries"_a, "k"_a, "metric"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("neighbor_ranks", &neighbor_ranks, "vectors"_a, "queries"_a, "targets"_a, "metric"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
}

}  // namespace terrella::bindings
