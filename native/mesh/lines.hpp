// Memory that begins and ends with cache lines, so that the widest vectors never straddle two.
#pragma once

#include <cstddef>
#include <vector>

namespace terrella {

class Lines {
 public:
  // Keeps what it has if that is enough; contents are unspecified after a change of size.
  float* reserve(std::size_t floats) {
    if (lines_.size() * kFloats < floats) lines_ = std::vector<Line>((floats + kFloats - 1) / kFloats);
    return data();
  }
  float* data() { return reinterpret_cast<float*>(lines_.data()); }
  const float* data() const { return reinterpret_cast<const float*>(lines_.data()); }

 private:
  static constexpr std::size_t kFloats = 16;
  struct alignas(64) Line {
    float values[kFloats];
  };
  std::vector<Line> lines_;
};

}  // namespace terrella
