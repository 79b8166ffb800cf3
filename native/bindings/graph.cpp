// The fuzzy graph and its smoothing.
#include "bindings/arrays.hpp"
#include "graph/fuzzy.hpp"
#include "graph/spectral.hpp"

namespace terrella::bindings {
namespace {

nb::object smooth_distances(const Matrix& distances, int threads) {
  const std::size_t n = distances.shape(0);
  require(distances.shape(1) >= 1, "distances must have a column");
  std::unique_ptr<float[]> rho(new float[n]());
  std::unique_ptr<float[]> sigma(new float[n]());
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::smooth_distances(distances.data(), static_cast<std::int64_t>(n),
                               static_cast<std::int64_t>(distances.shape(1)), pool, rho.get(), sigma.get());
  }
  return nb::make_tuple(to_numpy(std::move(rho), {n}), to_numpy(std::move(sigma), {n}));
}

nb::object fuzzy_union(const IndexMatrix& indices, const Matrix& distances, const Vector& rho, const Vector& sigma,
                       int threads) {
  const auto n = static_cast<std::int64_t>(indices.shape(0));
  const auto k = static_cast<std::int64_t>(indices.shape(1));
  require(distances.shape(0) == indices.shape(0) && distances.shape(1) == indices.shape(1),
          "distances must have the shape of indices");
  require(rho.shape(0) == indices.shape(0) && sigma.shape(0) == indices.shape(0), "rho and sigma must have n entries");
  require(within(indices.data(), indices.size(), n), "indices must lie in [0, n)");
  Graph graph;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    graph = terrella::fuzzy_union(indices.data(), distances.data(), rho.data(), sigma.data(), n, k, pool);
  }
  return nb::make_tuple(to_numpy(std::move(graph.indptr)), to_numpy(std::move(graph.indices)),
                        to_numpy(std::move(graph.weights)));
}

nb::object chebyshev_filter(const Offsets& indptr, const IndexVector& indices, const Vector& weights,
                            const Matrix& block, int degree, float low, float high, const std::string& isa, int threads,
                            std::optional<nb::callable> callback) {
  const std::size_t n = block.shape(0);
  require(block.shape(1) == 8, "block must have 8 columns");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 8]);
  std::copy(block.data(), block.data() + n * 8, out.get());
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::chebyshev_filter(graph, degree, low, high, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n, 8})));
}

}  // namespace

void bind_graph(nb::module_& m) {
  m.def("smooth_distances", &smooth_distances, "distances"_a, "threads"_a);
  m.def("fuzzy_union", &fuzzy_union, "indices"_a, "distances"_a, "rho"_a, "sigma"_a, "threads"_a);
  m.def("chebyshev_filter", &chebyshev_filter, "indptr"_a, "indices"_a, "weights"_a, "block"_a, "degree"_a, "low"_a,
        "high"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
}

}  // namespace terrella::bindings
