#include <cmath>
#include <vector>

#include "mesh/mesh.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {
namespace {

double cauchy(double squared) { return 1.0 / (1.0 + squared); }

struct Field {
  std::vector<float> values;     // (n,)
  std::vector<float> gradients;  // (n, 2)
};

Field read(const std::vector<float>& points, const Kernels& kernels, ThreadPool& pool) {
  const auto n = static_cast<std::int64_t>(points.size() / 2);
  Mesh mesh(cauchy, 0.5, kernels, pool);
  mesh.sum(points.data(), n, bounding_box(points.data(), n));
  Field field{std::vector<float>(points.size() / 2), std::vector<float>(points.size())};
  kernels.mesh.gather(mesh.field(), points.data(), n, field.values.data(), field.gradients.data());
  for (float& value : field.values) value += static_cast<float>(mesh.base());
  return field;
}

void check_sums(const std::vector<float>& points, const Field& field) {
  for (std::size_t i = 0; i < points.size() / 2; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < points.size() / 2; ++j) {
      const double x = points[2 * i] - points[2 * j], y = points[2 * i + 1] - points[2 * j + 1];
      sum += cauchy(x * x + y * y);
    }
    CHECK(std::abs(field.values[i] - sum) <= 0.04 * sum);  // what a grid half as wide as the kernel allows
  }
}

}  // namespace

void test_mesh(const Kernels& kernels, ThreadPool& pool) {
  ThreadPool alone(1);
  for (const std::int64_t n : {1, 2, 33, 701}) {
    for (const Shape shape : {Shape::kRandom, Shape::kEqual, Shape::kDuplicates, Shape::kHeavyTails}) {
      std::vector<float> points = make_points({n, 2}, shape, 5);
      for (float& coordinate : points) coordinate *= shape == Shape::kHeavyTails ? 0.01f : 20.0f;
      const Field field = read(points, kernels, pool), again = read(points, kernels, alone);
      CHECK(field.values == again.values && field.gradients == again.gradients);
      for (const float slope : field.gradients) CHECK(std::isfinite(slope));
      if (shape != Shape::kHeavyTails) check_sums(points, field);
    }
  }
}

}  // namespace terrella::tests
