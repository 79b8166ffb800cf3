#include "tests/points.hpp"

#include <algorithm>
#include <cmath>

namespace terrella::tests {

double Random::uniform() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

std::vector<float> make_points(Size size, Shape shape, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> values(static_cast<std::size_t>(size.n * size.n_features));
  for (float& value : values) {
    const double u = 2.0 * random.uniform() - 1.0;
    const double v = shape == Shape::kHeavyTails ? std::pow(u, -3.0) : u;
    value = shape == Shape::kEqual ? 0.25f : static_cast<float>(std::clamp(v, -1e6, 1e6));
  }
  const auto row = [&](std::int64_t i) { return values.begin() + i * size.n_features; };
  if (shape == Shape::kDuplicates) {
    for (std::int64_t i = 1; i < size.n; i += 2) std::copy_n(row(random.below(i)), size.n_features, row(i));
  }
  if (shape == Shape::kOutlier) std::fill_n(row(size.n / 2), size.n_features, 1e9f);
  return values;
}

}  // namespace terrella::tests
