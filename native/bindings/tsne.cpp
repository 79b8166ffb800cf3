// t-SNE's affinities and optimisation.
#include "bindings/arrays.hpp"
#include "graph/affinities.hpp"
#include "tsne/tsne.hpp"

namespace terrella::bindings {
namespace {

nb::object gaussian_weights(const Matrix& distances, double perplexity, int threads) {
  const std::size_t n = distances.shape(0);
  const std::size_t k = distances.shape(1);
  require(k >= 1, "distances must have a column");
  std::unique_ptr<float[]> weights(new float[n * k]);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::gaussian_weights(distances.data(), static_cast<std::int64_t>(n), static_cast<std::int64_t>(k), perplexity,
                               pool, weights.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(weights), {n, k})));
}

nb::object symmetric_mean(const IndexMatrix& indices, const Matrix& weights, int threads) {
  const auto n = static_cast<std::int64_t>(indices.shape(0));
  const auto k = static_cast<std::int64_t>(indices.shape(1));
  require(weights.shape(0) == indices.shape(0) && weights.shape(1) == indices.shape(1),
          "weights must have the shape of indices");
  require(within(indices.data(), indices.size(), n), "indices must lie in [0, n)");
  Graph graph;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    graph = terrella::symmetric_mean(indices.data(), weights.data(), n, k, pool);
  }
  return nb::make_tuple(to_numpy(std::move(graph.indptr)), to_numpy(std::move(graph.indices)),
                        to_numpy(std::move(graph.weights)));
}

nb::object optimize_tsne(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                         double exaggeration, double learning_rate, double momentum, double step, std::int64_t max_iter,
                         const std::string& isa, int threads, std::optional<nb::callable> callback) {
  const std::size_t n = layout.shape(0);
  require(layout.shape(1) == 2, "layout must have 2 columns");
  require(step > 0.0, "step must be above 0");
  const GraphView affinities = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 2]);
  std::copy(layout.data(), layout.data() + n * 2, out.get());
  const TsneSettings settings{exaggeration, learning_rate, momentum, step, max_iter};
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::optimize_tsne(affinities, settings, kernels, pool, &monitor, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {n, 2})));
}

double tsne_divergence(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                       double step, const std::string& isa, int threads) {
  require(layout.shape(1) == 2, "layout must have 2 columns");
  require(step > 0.0, "step must be above 0");
  const GraphView affinities = view(indptr, indices, weights, static_cast<std::int64_t>(layout.shape(0)));
  const Kernels& kernels = kernels_for(isa);
  nb::gil_scoped_release unlocked;
  ThreadPool pool(threads);
  return terrella::tsne_divergence(affinities, layout.data(), step, kernels, pool);
}

}  // namespace

void bind_tsne(nb::module_& m) {
  m.def("gaussian_weights", &gaussian_weights, "distances"_a, "perplexity"_a, "threads"_a);
  m.def("symmetric_mean", &symmetric_mean, "indices"_a, "weights"_a, "threads"_a);
  m.def("optimize_tsne", &optimize_tsne, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "exaggeration"_a,
        "learning_rate"_a, "momentum"_a, "step"_a, "max_iter"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
  m.def("tsne_divergence", &tsne_divergence, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "step"_a, "isa"_a,
        "threads"_a);
}

}  // namespace terrella::bindings
