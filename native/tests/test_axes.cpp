#include <cmath>
#include <vector>

#include "axes/project.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {

void test_axes(const Kernels& kernels, ThreadPool& pool) {
  for (const Size size : kSizes) {
    for (const std::int64_t n_axes : {1, 7, 33}) {
      const std::vector<float> values = make_points(size, Shape::kRandom, 12);
      const std::vector<float> axes = make_points({n_axes, size.n_features}, Shape::kRandom, 13);
      const std::vector<float> origin = make_points({1, size.n_features}, Shape::kRandom, 14);
      std::vector<float> coordinates(static_cast<std::size_t>(size.n * n_axes));
      const PointsView points = view(values, size);
      project(points, origin.data(), axes.data(), n_axes, kernels, pool, nullptr, coordinates.data());
      for (std::int64_t cell = 0; cell < size.n * n_axes; ++cell) {
        double sum = 0.0, magnitude = 0.0;
        for (std::int64_t f = 0; f < size.n_features; ++f) {
          const double offset = static_cast<double>(points.row(cell / n_axes)[f]) - origin[f];
          const double term = offset * axes[cell % n_axes * size.n_features + f];
          sum += term;
          magnitude += std::abs(term);
        }
        const double rounding = 1e-6 * std::sqrt(static_cast<double>(size.n_features)) + 1e-6;
        CHECK(std::abs(coordinates[cell] - sum) <= rounding * magnitude);
      }
    }
  }
}

}  // namespace terrella::tests
