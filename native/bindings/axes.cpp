// Coordinates along axes.
#include "axes/project.hpp"
#include "bindings/arrays.hpp"

namespace terrella::bindings {
namespace {

nb::object project(const Matrix& vectors, const Vector& origin, const Matrix& axes, const std::string& isa, int threads,
                   std::optional<nb::callable> callback) {
  const PointsView points{vectors.data(), static_cast<std::int64_t>(vectors.shape(0)),
                          static_cast<std::int64_t>(vectors.shape(1))};
  const std::size_t n_axes = axes.shape(0);
  require(origin.shape(0) == vectors.shape(1) && axes.shape(1) == vectors.shape(1),
          "origin and axes must have as many features as vectors");
  const Kernels& kernels = kernels_for(isa);
  std::unique_ptr<float[]> coordinates(new float[vectors.shape(0) * n_axes]);
  PythonMonitor monitor(std::move(callback));
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    terrella::project(points, origin.data(), axes.data(), static_cast<std::int64_t>(n_axes), kernels, pool, &monitor,
                      coordinates.get());
  }
  return nb::object(nb::cast(to_numpy(std::move(coordinates), {vectors.shape(0), n_axes})));
}

}  // namespace

void bind_axes(nb::module_& m) {
  m.def("project", &project, "vectors"_a, "origin"_a, "axes"_a, "isa"_a, "threads"_a, "callback"_a = nb::none());
}

}  // namespace terrella::bindings
