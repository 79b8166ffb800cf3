// The Python face of the native kernels: arrays in, arrays out. Shapes and values are checked by terrella.kernels,
// which is the only caller; what could corrupt memory is checked here again.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fuzzy.hpp"
#include "isa.hpp"
#include "knn.hpp"
#include "ranks.hpp"
#include "spectral.hpp"
#include "thread_pool.hpp"
#include "umap.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace {

using terrella::GraphView;
using terrella::PointsView;
using terrella::ThreadPool;

using Matrix = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using Vector = nb::ndarray<const float, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using IndexMatrix = nb::ndarray<const std::int32_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using IndexVector = nb::ndarray<const std::int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Offsets = nb::ndarray<const std::int64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Reports to a Python callable and stops on Ctrl-C; both need the interpreter lock, which the kernels run without.
class PythonMonitor final : public terrella::Monitor {
 public:
  explicit PythonMonitor(std::optional<nb::callable> callback) : callback_(std::move(callback)) {}

  void report(std::int64_t done, std::int64_t total) override {
    const auto now = std::chrono::steady_clock::now();
    if (!callback_ && now - asked_ < std::chrono::milliseconds(50)) return;
    asked_ = now;
    nb::gil_scoped_acquire lock;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (callback_) (*callback_)(done, total);
  }

 private:
  std::optional<nb::callable> callback_;
  std::chrono::steady_clock::time_point asked_{};
};

// Hands `values` to numpy, which frees them.
template <typename T>
nb::ndarray<nb::numpy, T> to_numpy(std::unique_ptr<T[]> values, std::initializer_list<std::size_t> shape) {
  T* data = values.release();
  nb::capsule owner(data, [](void* p) noexcept { delete[] static_cast<T*>(p); });
  return nb::ndarray<nb::numpy, T>(data, shape, owner);
}

template <typename T>
nb::ndarray<nb::numpy, T> to_numpy(const std::vector<T>& values) {
  std::unique_ptr<T[]> copy(new T[values.size()]);
  std::copy(values.begin(), values.end(), copy.get());
  return to_numpy(std::move(copy), {values.size()});
}

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

PointsView view(const Matrix& vectors) {
  return {vectors.data(), static_cast<std::int64_t>(vectors.shape(0)), static_cast<std::int64_t>(vectors.shape(1))};
}

bool within(const std::int32_t* values, std::size_t count, std::int64_t n) {
  return std::all_of(values, values + count, [n](std::int32_t v) { return v >= 0 && v < n; });
}

GraphView view(const Offsets& indptr, const IndexVector& indices, const Vector& weights, std::int64_t n) {
  require(static_cast<std::int64_t>(indptr.shape(0)) == n + 1, "indptr must have n + 1 entries");
  const std::int64_t* p = indptr.data();
  require(p[0] == 0 && std::is_sorted(p, p + n + 1), "indptr must ascend from 0");
  require(p[n] == static_cast<std::int64_t>(indices.shape(0)) && indices.shape(0) == weights.shape(0),
          "indices and weights must have indptr[n] entries");
  require(within(indices.data(), indices.shape(0), n), "indices must lie in [0, n)");
  return {n, p, indices.data(), weights.data()};
}

nb::object nearest_neighbors(const Matrix& vectors, const IndexVector& queries, std::int64_t k, const std::string& isa,
                             int threads, std::optional<nb::callable> callback) {
  const PointsView points = view(vectors);
  const std::size_t n_queries = queries.shape(0);
  require(k >= 1 && k < points.n, "k must lie in [1, n)");
  require(within(queries.data(), n_queries, points.n), "queries must lie in [0, n)");
  const terrella::Kernels& kernels = terrella::kernels_for(isa);
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
  const terrella::Kernels& kernels = terrella::kernels_for(isa);
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
  terrella::Graph graph;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    graph = terrella::fuzzy_union(indices.data(), distances.data(), rho.data(), sigma.data(), n, k, pool);
  }
  return nb::make_tuple(to_numpy(graph.indptr), to_numpy(graph.indices), to_numpy(graph.weights));
}

nb::object chebyshev_filter(const Offsets& indptr, const IndexVector& indices, const Vector& weights,
                            const Matrix& block, int degree, float low, float high, const std::string& isa, int threads,
                            std::optional<nb::callable> callback) {
  const std::size_t n = block.shape(0);
  require(block.shape(1) == 8, "block must have 8 columns");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const terrella::Kernels& kernels = terrella::kernels_for(isa);
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

nb::object optimize_umap(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                         double a, double b, double learning_rate, double negative_rate, double damping,
                         double decay_power, std::int64_t n_epochs, std::uint64_t seed, const std::string& isa, int threads,
                         std::optional<nb::callable> callback) {
  const std::size_t n = layout.shape(0);
  require(layout.shape(1) == 2, "layout must have 2 columns");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const terrella::Kernels& kernels = terrella::kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 2]);
  std::copy(layout.data(), layout.data() + n * 2, out.get());
  const terrella::UmapSettings settings{a, b, learning_rate, negative_rate, damping, decay_power, n_epochs, seed};
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::optimize_umap(graph, settings, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n, 2})));
}

}  // namespace

NB_MODULE(_native, m) {
  m.doc() = "Terrella's native kernels; called through terrella.kernels alone.";
  m.def("available_isas", &terrella::available_isas);
  m.def("nearest_neighbors", &nearest_neighbors, "vectors"_a, "queries"_a, "k"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("neighbor_ranks", &neighbor_ranks, "vectors"_a, "queries"_a, "targets"_a, "isa"_a, "threads"_a,
        "callback"_a = nb::none());
  m.def("smooth_distances", &smooth_distances, "distances"_a, "threads"_a);
  m.def("fuzzy_union", &fuzzy_union, "indices"_a, "distances"_a, "rho"_a, "sigma"_a, "threads"_a);
  m.def("chebyshev_filter", &chebyshev_filter, "indptr"_a, "indices"_a, "weights"_a, "block"_a, "degree"_a, "low"_a,
        "high"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
  m.def("optimize_umap", &optimize_umap, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "a"_a, "b"_a,
        "learning_rate"_a, "negative_rate"_a, "damping"_a, "decay_power"_a, "n_epochs"_a, "seed"_a, "isa"_a,
        "threads"_a, "callback"_a = nb::none());
}
