// The box that holds points of the plane.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace terrella {

struct Box {
  float low_x = std::numeric_limits<float>::infinity();
  float low_y = std::numeric_limits<float>::infinity();
  float high_x = -std::numeric_limits<float>::infinity();
  float high_y = -std::numeric_limits<float>::infinity();

  void include(float x, float y) {
    low_x = std::min(low_x, x);
    low_y = std::min(low_y, y);
    high_x = std::max(high_x, x);
    high_y = std::max(high_y, y);
  }
  void include(const Box& other) {
    include(other.low_x, other.low_y);
    include(other.high_x, other.high_y);
  }
};

// points: (count, 2).
inline Box bounding_box(const float* points, std::int64_t count) {
  Box box;
  for (std::int64_t i = 0; i < count; ++i) box.include(points[2 * i], points[2 * i + 1]);
  return box;
}

}  // namespace terrella
