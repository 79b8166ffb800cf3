// UMAP's optimisation.
#include "bindings/arrays.hpp"
#include "umap/umap.hpp"

namespace terrella::bindings {
namespace {

nb::object optimize_umap(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                         double a, double b, double repulsion, std::int64_t n_epochs, const std::string& isa,
                         int threads, std::optional<nb::callable> callback) {
  const std::size_t n = layout.shape(0);
  require(layout.shape(1) == 2, "layout must have 2 columns");
  require(finite(layout.data(), layout.size()), "layout must be finite");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 2]);
  std::copy(layout.data(), layout.data() + n * 2, out.get());
  const UmapSettings settings{a, b, repulsion, n_epochs};
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::optimize_umap(graph, settings, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n, 2})));
}

// The rows of the graph are new items, its indices items of `layout`.
nb::object place_umap(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                      const Matrix& start, double a, double b, double repulsion, std::int64_t n_epochs,
                      const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const std::size_t n_new = start.shape(0);
  const auto n = static_cast<std::int64_t>(layout.shape(0));
  require(layout.shape(1) == 2 && start.shape(1) == 2, "layout and start must have 2 columns");
  require(n > 0, "layout must have a row");
  require(finite(layout.data(), layout.size()) && finite(start.data(), start.size()), "layouts must be finite");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n_new), n);
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n_new * 2]);
  std::copy(start.data(), start.data() + n_new * 2, out.get());
  const UmapSettings settings{a, b, repulsion, n_epochs};
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::place_umap(graph, layout.data(), n, settings, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n_new, 2})));
}

}  // namespace

void bind_umap(nb::module_& m) {
  m.def("optimize_umap", &optimize_umap, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "a"_a, "b"_a,
        "repulsion"_a, "n_epochs"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
  m.def("place_umap", &place_umap, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "start"_a, "a"_a, "b"_a,
        "repulsion"_a, "n_epochs"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
}

}  // namespace terrella::bindings
