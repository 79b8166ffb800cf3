#include "mesh/fft_plan.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace terrella {
namespace {

constexpr double kPi = 3.14159265358979323846;

void append_turn(double turns, std::vector<float>& table) {
  table.push_back(static_cast<float>(std::cos(2.0 * kPi * turns)));
  table.push_back(static_cast<float>(-std::sin(2.0 * kPi * turns)));
}

// The frequency at each place after all stages: the first stage leaves those that are r modulo its radix in part r.
std::vector<std::int32_t> frequencies(const std::vector<std::int32_t>& radices) {
  std::vector<std::int32_t> order{0};
  for (auto radix = radices.rbegin(); radix != radices.rend(); ++radix) {
    std::vector<std::int32_t> longer;
    for (std::int32_t part = 0; part < *radix; ++part) {
      for (const std::int32_t frequency : order) longer.push_back(part + *radix * frequency);
    }
    order = std::move(longer);
  }
  return order;
}

}  // namespace

int mesh_size(double nodes) {
  for (int scale = 1; scale * kLeastMesh < kGreatestMesh; scale *= 2) {
    for (const int base : {32, 36, 40, 45, 48, 54, 60}) {
      if (base * scale >= nodes) return base * scale;
    }
  }
  return kGreatestMesh;
}

FftPlan::FftPlan(int size) : size_(size), places_(2 * size), folded_(2 * size) {
  int left = size;
  for (const int radix : {4, 2, 3, 5}) {
    for (; left % radix == 0; left /= radix) radices_.push_back(radix);
  }
  if (size < 1 || left != 1) throw std::invalid_argument("an FFT's size must be a product of 2, 3 and 5");
  int length = size;
  for (const int radix : radices_) {
    for (int j = 0; j < length / radix; ++j) {
      for (int r = 1; r < radix; ++r) append_turn(static_cast<double>(j) * r / length, twiddles_);
    }
    length /= radix;
  }
  for (int n = 0; n < size; ++n) append_turn(0.5 * n / size, half_turns_);
  const std::vector<std::int32_t> order = frequencies(radices_);
  for (int half = 0; half < 2; ++half) {
    for (int p = 0; p < size; ++p) {
      const std::int32_t frequency = 2 * order[p] + half;
      places_[frequency] = half * size + p;
      folded_[half * size + p] = std::min(frequency, 2 * size - frequency);
    }
  }
}

FftView FftPlan::view() const {
  return {size_,
          static_cast<std::int32_t>(radices_.size()),
          radices_.data(),
          twiddles_.data(),
          half_turns_.data(),
          places_.data(),
          folded_.data()};
}

}  // namespace terrella
