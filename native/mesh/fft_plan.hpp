// What an FFT needs to know of its length.
#pragma once

#include <cstdint>
#include <vector>

#include "mesh/kernels.hpp"

namespace terrella {

constexpr int kLeastMesh = 32;
constexpr int kGreatestMesh = 1024;

// The least of {32, 36, 40, 45, 48, 54, 60} · 2^k that holds `nodes`, or kGreatestMesh: products of 2, 3 and 5 that
// lie a ninth apart, so that a grid is never much larger than what it must hold.
int mesh_size(double nodes);

// Tables for transforms of 2 · size numbers of which the last half is zero, `size` a product of 2, 3 and 5.
// Decimation in frequency leaves the frequencies in the order of their reversed digits; the way back undoes it.
class FftPlan {
 public:
  explicit FftPlan(int size);
  FftView view() const;

 private:
  std::int32_t size_;
  std::vector<std::int32_t> radices_;
  std::vector<float> twiddles_;
  std::vector<float> half_turns_;
  std::vector<std::int32_t> places_;
  std::vector<std::int32_t> folded_;
};

}  // namespace terrella
