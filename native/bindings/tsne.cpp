// t-SNE's affinities and optimisation.
#include "bindings/arrays.hpp"
#include "graph/symmetric.hpp"
#include "tsne/affinities.hpp"
#include "tsne/tsne.hpp"

namespace terrella::bindings {
namespace {

// Below, threads wait for each other longer than they work.
constexpr std::size_t kFewPoints = 2000;

nb::object gaussian_weights(const Matrix& distances, double perplexity, const std::string& isa, int threads) {
  const std::size_t n = distances.shape(0);
  const std::size_t k = distances.shape(1);
  require(k >= 1, "distances must have a column");
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> weights(new float[n * k]);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::gaussian_weights(distances.data(), static_cast<std::int64_t>(n), static_cast<std::int64_t>(k), perplexity,
                               kernels, pool, weights.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(weights), {n, k})));
}

nb::object blended_weights(const IndexMatrix& indices, const Matrix& distances, double perplexity, std::int64_t near,
                           std::int64_t kept, std::uint64_t seed, const std::string& isa, int threads) {
  const std::size_t n = indices.shape(0);
  const auto k = static_cast<std::int64_t>(indices.shape(1));
  require(distances.shape(0) == n && distances.shape(1) == indices.shape(1),
          "distances must have the shape of indices");
  require(near >= 1 && kept >= 0 && near + kept <= k, "near and kept must fit the columns");
  const Kernels& kernels = kernels_for(isa);
  const std::size_t width = static_cast<std::size_t>(near + kept);
  std::unique_ptr<std::int32_t[]> out_indices(new std::int32_t[n * width]);
  std::unique_ptr<float[]> out_weights(new float[n * width]);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::blended_weights(indices.data(), distances.data(), static_cast<std::int64_t>(n), k,
                              {perplexity, near, kept, seed}, kernels, pool, out_indices.get(), out_weights.get());
  }
  return nb::make_tuple(to_numpy(std::move(out_indices), {n, width}), to_numpy(std::move(out_weights), {n, width}));
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
                         double exaggeration, double learning_rate, double momentum, double step, double tolerance,
                         std::int64_t max_iter, const std::string& isa, int threads,
                         std::optional<nb::callable> callback) {
  const std::size_t n = layout.shape(0);
  require(layout.shape(1) == 2, "layout must have 2 columns");
  require(step > 0.0, "step must be above 0");
  require(finite(layout.data(), layout.size()), "layout must be finite");
  const GraphView affinities = view(indptr, indices, weights, static_cast<std::int64_t>(n));
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> out(new float[n * 2]);
  std::copy(layout.data(), layout.data() + n * 2, out.get());
  const TsneSettings settings{exaggeration, learning_rate, momentum, step, tolerance, max_iter};
  PythonMonitor monitor(std::move(callback));
  std::int64_t iterations = 0;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(n < kFewPoints ? 1 : threads);
    iterations = terrella::optimize_tsne(affinities, settings, kernels, pool, &monitor, out.get());
  }
  return nb::make_tuple(to_numpy(std::move(out), {n, 2}), iterations);
}

double tsne_divergence(const Offsets& indptr, const IndexVector& indices, const Vector& weights, const Matrix& layout,
                       double step, const std::string& isa, int threads) {
  require(layout.shape(1) == 2, "layout must have 2 columns");
  require(step > 0.0, "step must be above 0");
  require(finite(layout.data(), layout.size()), "layout must be finite");
  const GraphView affinities = view(indptr, indices, weights, static_cast<std::int64_t>(layout.shape(0)));
  const Kernels& kernels = kernels_for(isa);
  nb::gil_scoped_release unlocked;
  ThreadPool pool(threads);
  return terrella::tsne_divergence(affinities, layout.data(), step, kernels, pool);
}

nb::object place_tsne(const Matrix& layout, const IndexMatrix& indices, const Matrix& weights, double exaggeration,
                      double step, std::int64_t max_iter, const std::string& isa, int threads) {
  const std::size_t count = indices.shape(0);
  const auto n = static_cast<std::int64_t>(layout.shape(0));
  require(layout.shape(1) == 2 && n > 0, "layout must have rows of 2 columns");
  require(step > 0.0, "step must be above 0");
  require(finite(layout.data(), layout.size()), "layout must be finite");
  require(weights.shape(0) == count && weights.shape(1) == indices.shape(1), "weights must have the shape of indices");
  require(within(indices.data(), indices.size(), n), "indices must lie in [0, n)");
  const Kernels& kernels = kernels_for(isa);
  const Placement placement{static_cast<std::int64_t>(count),
                            static_cast<std::int64_t>(indices.shape(1)),
                            indices.data(),
                            weights.data(),
                            exaggeration,
                            step,
                            max_iter};
  std::unique_ptr<float[]> out(new float[count * 2]);
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::place_tsne(layout.data(), n, placement, kernels, pool, out.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(out), {count, 2})));
}

}  // namespace

void bind_tsne(nb::module_& m) {
  m.def("gaussian_weights", &gaussian_weights, "distances"_a, "perplexity"_a, "isa"_a, "threads"_a);
  m.def("blended_weights", &blended_weights, "indices"_a, "distances"_a, "perplexity"_a, "near"_a, "kept"_a, "seed"_a,
        "isa"_a, "threads"_a);
  m.def("symmetric_mean", &symmetric_mean, "indices"_a, "weights"_a, "threads"_a);
  m.def("optimize_tsne", &optimize_tsne, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "exaggeration"_a,
        "learning_rate"_a, "momentum"_a, "step"_a, "tolerance"_a, "max_iter"_a,
        "isa"_a, "threads"_a, "callback"_a = nb::none());
  m.def("tsne_divergence", &tsne_divergence, "indptr"_a, "indices"_a, "weights"_a, "layout"_a, "step"_a, "isa"_a,
        "threads"_a);
  m.def("place_tsne", &place_tsne, "layout"_a, "indices"_a, "weights"_a, "exaggeration"_a, "step"_a, "max_iter"_a,
        "isa"_a, "threads"_a);
}

}  // namespace terrella::bindings
