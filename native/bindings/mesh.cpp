// Sums of a radial kernel on a grid and over points of the plane.
#include <cmath>

#include "bindings/arrays.hpp"
#include "mesh/convolution.hpp"
#include "mesh/mesh.hpp"

namespace terrella::bindings {
namespace {

// (1 + d²)^−exponent: 1 is t-SNE's.
RadialKernel power_kernel(double exponent) {
  return [exponent](double squared) { return std::pow(1.0 + squared, -exponent); };
}

nb::object convolve_grid(const Matrix& charges, double step, double exponent, const std::string& isa, int threads) {
  const auto rows = static_cast<std::int32_t>(charges.shape(0));
  const auto columns = static_cast<std::int32_t>(charges.shape(1));
  const std::int64_t stride = mesh_stride(columns);
  require(rows > 0 && columns > 0 && step > 0.0, "there must be a charge, and step must be above 0");
  std::unique_ptr<float[]> out(new float[charges.size()]);
  const Kernels& kernels = kernels_for(isa);
  double base = 0.0;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    Convolution convolution(power_kernel(exponent), kernels, pool);
    convolution.prepare(rows, columns, step);
    Lines padded;
    Lines potential;
    std::fill_n(padded.reserve(rows * stride), rows * stride, 0.0f);
    potential.reserve(rows * stride);
    for (std::int64_t i = 0; i < rows; ++i) {
      std::copy_n(charges.data() + i * columns, columns, padded.data() + i * stride);
    }
    convolution.run(padded.data(), potential.data());
    base = convolution.base();
    for (std::int64_t i = 0; i < rows; ++i) {
      std::copy_n(potential.data() + i * stride, columns, out.get() + i * columns);
    }
  }
  return nb::make_tuple(to_numpy(std::move(out), {charges.shape(0), charges.shape(1)}), base);
}

nb::object mesh_field(const Matrix& points, const Matrix& targets, double step, double exponent, const std::string& isa,
                      int threads) {
  require(points.shape(1) == 2 && targets.shape(1) == 2, "points and targets must have 2 columns");
  require(points.shape(0) > 0 && step > 0.0, "there must be a point, and step must be above 0");
  require(finite(points.data(), points.size()) && finite(targets.data(), targets.size()),
          "points and targets must be finite");
  const std::size_t count = targets.shape(0);
  std::unique_ptr<float[]> values(new float[count]);
  std::unique_ptr<float[]> gradients(new float[2 * count]);
  const Kernels& kernels = kernels_for(isa);
  double total = 0.0;
  {
    nb::gil_scoped_release unlocked;
    ThreadPool pool(threads);
    Mesh mesh(power_kernel(exponent), step, kernels, pool);
    Box box = bounding_box(points.data(), static_cast<std::int64_t>(points.shape(0)));
    box.include(bounding_box(targets.data(), static_cast<std::int64_t>(count)));
    mesh.sum(points.data(), static_cast<std::int64_t>(points.shape(0)), box);
    kernels.mesh.gather(mesh.field(), targets.data(), static_cast<std::int64_t>(count), values.get(), gradients.get());
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(values[i] + mesh.base());
    total = mesh.total();
  }
  return nb::make_tuple(to_numpy(std::move(values), {count}), to_numpy(std::move(gradients), {count, 2}), total);
}

}  // namespace

void bind_mesh(nb::module_& m) {
  m.def("convolve_grid", &convolve_grid, "charges"_a, "step"_a, "exponent"_a, "isa"_a, "threads"_a);
  m.def("mesh_field", &mesh_field, "points"_a, "targets"_a, "step"_a, "exponent"_a, "isa"_a, "threads"_a);
}

}  // namespace terrella::bindings
