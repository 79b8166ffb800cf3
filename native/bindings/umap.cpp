// UMAP's optimisation.
#include "bindings/arrays.hpp"
#include "umap/umap.hpp"

namespace terrella::bindings {
namespace {

nb::object optimize_umap(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                         double a, double b, double learning_rate, double negative_rate, double damping,
                         double decay_power, std::int64_t n_epochs, std::uint64_t seed, const std::string& isa, int threads,
                         std::optional<nb::callable> callback) {
  const std::size_t n = layout.shape(0);
  require(layout.shape(1) == 2, "layout must have 2 columns");
  const GraphView graph = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 2]);
  std::copy(layout.data(), layout.data() + n * 2, out.get());
  const UmapSettings settings{a, b, learning_rate, negative_rate, damping, decay_power, n_epochs, seed};
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::optimize_umap(graph, settings, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n, 2})));
}

}  // namespace

void bind_umap(nb::module_& m) {
  m.def("optimize_umap", &optimize_umap, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "a"_a, "b"_a,
        "learning_rate"_a, "negative_rate"_a, "damping"_a, "decay_power"_a, "n_epochs"_a, "seed"_a, "isa"_a,
        "threads"_a, "callback"_a = nb::none());
}

}  // namespace terrella::bindings
