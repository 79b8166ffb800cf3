// Neighbours and ranks.
#include "bindings/arrays.hpp"
#include "neighbors/knn.hpp"
#include "neighbors/ranks.hpp"

namespace terrella::bindings {
namespace {

PointsView view(const Matrix& vectors) {
  return {vectors.data(), static_cast<std::int64_t>(vectors.shape(0)), static_cast<std::int64_t>(vectors.shape(1))};
}

nb::object nearest_neighbors(const Matrix& vectors, const IndexVector& queries, std::int64_t k, const std::string& isa,
                             int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const std::size_t n_queries = queries.shape(0);
  require(k >= 1 && k < points.n, "k must lie in [1, n)");
  require(within(queries.data(), n_queries, points.n), "queries must lie in [0, n)");
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<std::int32_t[]> indices(new std::int32_t[n_queries * k]());
  std::unique_ptr<float[]> distances(new float[n_queries * k]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::nearest_neighbors(points, queries.data(), static_cast<std::int64_t>(n_queries), k, kernels, pool,
                                &monitor, indices.get(), distances.get());
  }
  const auto width = static_cast<std::size_t>(k);
  return nb::make_tuple(to_numpy(std::move(indices), {n_queries, width}),
                        to_numpy(std::move(distances), {n_queries, width}));
}

nb::object neighbor_ranks(const Matrix& vectors, const IndexVector& queries, const IndexMatrix& targets,
                          const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const std::size_t n_queries = queries.shape(0);
  const std::size_t k = targets.shape(1);
  require(targets.shape(0) == n_queries && k >= 1, "targets must have a row for each query");
  require(within(queries.data(), n_queries, points.n), "queries must lie in [0, n)");
  require(within(targets.data(), n_queries * k, points.n), "targets must lie in [0, n)");
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<std::int32_t[]> ranks(new std::int32_t[n_queries * k]());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::neighbor_ranks(points, queries.data(), static_cast<std::int64_t>(n_queries), targets.data(),
                             static_cast<std::int64_t>(k), kernels, pool, &monitor, ranks.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(ranks), {n_queries, k})));
}

}  // namespace

void bind_neighbors(nb::module_& m) {
  m.def("nearest_neighbors", &nearest_neighbors, "vectors"_a, "queries"_a, "k"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("neighbor_ranks", &neighbor_ranks, "vectors"_a, "queries"_a, "targets"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
}

}  // namespace terrella::bindings
