// Points of every shape that has broken a kernel somewhere. Their memory is exactly as long as they are, so that
// AddressSanitizer sees a read past the end.
#pragma once

#include <cstdint>
#include <vector>

#include "neighbors/points.hpp"

namespace terrella::tests {

enum class Shape { kRandom, kEqual, kDuplicates, kOutlier, kHeavyTails };

constexpr Shape kShapes[] = {Shape::kRandom, Shape::kEqual, Shape::kDuplicates, Shape::kOutlier, Shape::kHeavyTails};

struct Size {
  std::int64_t n;
  std::int64_t n_features;
};

// No multiple of a block, one dimension, one more or less than a register, 4,096 dimensions.
constexpr Size kSizes[] = {{2, 1}, {3, 2}, {65, 1}, {97, 15}, {66, 17}, {131, 33}, {9, 4096}};

// Uniform in [0, 1): SplitMix64 (Steele, Lea and Flood 2014) of a counter.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  double uniform();
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(uniform() * static_cast<double>(n)); }

 private:
  std::uint64_t state_;
};

std::vector<float> make_points(Size size, Shape shape, std::uint64_t seed);

inline PointsView view(const std::vector<float>& values, Size size) {
  return {values.data(), size.n, size.n_features};
}

}  // namespace terrella::tests
