// Neighbours and ranks.
#include <numeric>

#include "bindings/arrays.hpp"
#include "neighbors/knn.hpp"
#include "neighbors/measure_rows.hpp"
#include "neighbors/pairs.hpp"
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

// What a scan of `points` for `queries` takes.
struct Task {
  PointsView points;
  QueriesView queries;
  Metric metric;
  const Kernels& kernels;
  int threads;

  Distance distance() const { return {metric, points.n_features, kernels.neighbors}; }
};

// The nearest k of each query, and the ranks of `targets` (null: none asked for).
nb::object search(const Task& task, std::int64_t k, const IndexMatrix* targets, std::optional<nb::callable> callback) {
  const auto n = static_cast<std::size_t>(task.queries.n);
  const auto width = static_cast<std::size_t>(k);
  const std::size_t n_targets = targets ? targets->shape(1) : 0;
  std::unique_ptr<std::int32_t[]> indices(new std::int32_t[n * width]());
  std::unique_ptr<float[]> distances(new float[n * width]());
  std::unique_ptr<std::int32_t[]> ranks(new std::int32_t[n * n_targets]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(task.threads);
    Scan scan(task.points, task.queries, task.metric, task.kernels, pool);
    NearestSearch nearest(task.points, task.queries, task.distance(), task.kernels.neighbors, k, indices.get(),
                          distances.get());
    std::optional<RankSearch> places;
    std::vector<Visit> visits;
    if (k > 0) visits.push_back(nearest.visit(scan.bound()));
    if (targets) {
      places.emplace(task.points, task.queries, task.distance(), task.kernels.neighbors,
                     static_cast<std::int64_t>(n_targets), targets->data());
      visits.push_back(places->visit(scan.bound()));
    }
    scan.run(visits, &monitor);
    if (places) places->write(ranks.get());
  }
  return nb::make_tuple(to_numpy(std::move(indices), {n, width}), to_numpy(std::move(distances), {n, width}),
                        to_numpy(std::move(ranks), {n, n_targets}));
}

// The nearest k of every point.
nb::object neighbor_graph(const Matrix& vectors, std::int64_t k, const std::string& metric, const std::string& isa,
                          int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  require(k >= 1 && k < points.n, "k must lie in [1, n)");
  const auto n = static_cast<std::size_t>(points.n);
  const auto width = static_cast<std::size_t>(k);
  const Kernels& kernels = kernels_for(isa);
  const Metric chosen = metric_named(metric);
  std::unique_ptr<std::int32_t[]> indices(new std::int32_t[n * width]());
  std::unique_ptr<float[]> distances(new float[n * width]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    std::vector<std::int32_t> all(n);
    std::iota(all.begin(), all.end(), 0);
    NearestSearch search(points, {points, all.data(), points.n}, {chosen, points.n_features, kernels.neighbors},
                         kernels.neighbors, k, indices.get(), distances.get());
    PairScan(points, chosen, kernels, pool).run(search, &monitor);
  }
  return nb::make_tuple(to_numpy(std::move(indices), {n, width}), to_numpy(std::move(distances), {n, width}));
}

nb::object nearest_neighbors(const Matrix& vectors, const IndexVector& queries, std::int64_t k,
                             std::optional<IndexMatrix> targets, const std::string& metric, const std::string& isa,
                             int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  require(k >= (targets ? 0 : 1) && k < points.n, "k must lie in [1, n), or be 0 where only ranks are asked for");
  if (targets) {
    require(targets->shape(0) == queries.shape(0) && targets->shape(1) >= 1, "targets must have a row for each query");
    require(within(targets->data(), targets->shape(0) * targets->shape(1), points.n), "targets must lie in [0, n)");
  }
  const Task task{points, among(points, queries), metric_named(metric), kernels_for(isa), threads};
  return search(task, k, targets ? &*targets : nullptr, std::move(callback));
}

nb::object query_neighbors(const Matrix& vectors, const Matrix& queries, std::int64_t k, const std::string& metric,
                           const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const PointsView others = view(queries);
  require(others.n_features == points.n_features, "queries must have the vectors' features");
  require(k >= 1 && k <= points.n, "k must lie in [1, n]");
  const Task task{points, {others, nullptr, others.n}, metric_named(metric), kernels_for(isa), threads};
  return search(task, k, nullptr, std::move(callback));
}

nb::object pair_distances(const Matrix& vectors, const IndexVector& first, const IndexVector& second,
                          const std::string& metric, const std::string& isa, int threads) {
  constexpr std::int64_t per_task = 4096;
  const PointsView points = view(vectors);
  const auto n_pairs = static_cast<std::int64_t>(first.shape(0));
  require(first.shape(0) == second.shape(0), "first and second must be of one length");
  require(within(first.data(), first.shape(0), points.n), "first must lie in [0, n)");
  require(within(second.data(), second.shape(0), points.n), "second must lie in [0, n)");
  const Distance distance(metric_named(metric), points.n_features, kernels_for(isa).neighbors);
  std::unique_ptr<float[]> distances(new float[n_pairs]());
  PythonMonitor monitor(std::nullopt);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool(threads).run(
        (n_pairs + per_task - 1) / per_task,
        [&](std::int64_t task) {
          for (std::int64_t i = task * per_task; i < std::min((task + 1) * per_task, n_pairs); ++i) {
            distances[i] = distance(points.row(first.data()[i]), points.row(second.data()[i]));
          }
        },
        &monitor);
  }
  return nb::object(nb::cast(to_numpy(std::move(distances), {first.shape(0)})));
}

// How far `query` is from each of `rows` (none: from all), in their order.
nb::object measure_rows(const Matrix& vectors, const Vector& query, const std::optional<IndexVector>& rows,
                        const std::string& metric, const std::string& isa, int threads) {
  const PointsView points = view(vectors);
  require(static_cast<std::int64_t>(query.shape(0)) == points.n_features && points.n_features >= 1,
          "query must have the vectors' features");
  require(!rows || within(rows->data(), rows->shape(0), points.n), "rows must lie in [0, n)");
  const std::size_t count = rows ? rows->shape(0) : vectors.shape(0);
  const Distance distance(metric_named(metric), points.n_features, kernels_for(isa).neighbors);
  std::unique_ptr<float[]> distances(new float[count]);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::measure_rows(points, query.data(), rows ? rows->data() : nullptr, static_cast<std::int64_t>(count),
                           distance, pool, distances.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(distances), {count})));
}

}  // namespace

void bind_neighbors(nb::module_& m) {
  m.def("neighbor_graph", &neighbor_graph, "vectors"_a, "k"_a, "metric"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("pair_distances", &pair_distances, "vectors"_a, "first"_a, "second"_a, "metric"_a, "isa"_a, "threads"_a);
  m.def("measure_rows", &measure_rows, "vectors"_a, "query"_a, "rows"_a.none(), "metric"_a, "isa"_a, "threads"_a);
  m.def("nearest_neighbors", &nearest_neighbors, "vectors"_a, "queries"_a, "k"_a, "targets"_a.none(), "metric"_a,
        "isa"_a, "threads"_a, "callback"_a = nb::none());
  m.def("query_neighbors", &query_neighbors, "vectors"_a, "queries"_a, "k"_a, "metric"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
}

}  // namespace terrella::bindings
