#include "neighbors/bound.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "neighbors/kernels.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kCenterSample = 256;
constexpr double kDistanceRounding = 1e-6;  // distances are float32: more than the square of one can be off

// The largest magnitude of `count` finite values, whose bits without the sign are ordered as they are.
float largest(const float* values, std::int64_t count) {
  std::int32_t most = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    std::int32_t bits;
    std::memcpy(&bits, values + i, sizeof bits);
    most = std::max(most, bits & 0x7fffffff);
  }
  float value;
  std::memcpy(&value, &most, sizeof value);
  return value;
}

// The power of two that brings `largest` to [1, 2).
float unit_scale(float largest) {
  return largest > 0.0f ? std::ldexp(1.0f, std::clamp(-std::ilogb(largest), -126, 126)) : 1.0f;
}

}  // namespace

Bound::Bound(const PointsView& points, const QueriesView& queries, Metric metric)
    : metric_(metric), n_features_(points.n_features) {
  // Each term of a total is rounded by the additions of its run and those of the runs, and by a few more around them,
  // each of relative size 2^-24; the squares are summed in double precision.
  const std::int64_t additions = std::min(n_features_, kRunLength) + n_features_ / kRunLength;
  rounding_ = (static_cast<double>(additions) + 24.0) * 0x1p-24;
  // What is too small for float32's full precision loses at most half of its least number in each operation.
  underflow_ = static_cast<double>(n_features_) * 0x1p-147;
  float most = largest(points.values, points.n * n_features_);
  if (!queries.numbers && metric != Metric::inner_product) {
    most = std::max(most, largest(queries.rows.values, queries.n * n_features_));
  }
  scale_ = unit_scale(most);
}

std::vector<float> Bound::center(const PointsView& points, const std::int32_t* numbers, std::int64_t count) const {
  std::vector<float> center(n_features_, 0.0f);
  if (metric_ != Metric::euclidean) return center;
  const std::int64_t sampled = std::min(count, kCenterSample);
  std::vector<float> column(sampled);
  for (std::int64_t f = 0; f < n_features_; ++f) {
    for (std::int64_t s = 0; s < sampled; ++s) {
      const std::int64_t i = s * count / sampled;
      column[s] = points.row(numbers ? numbers[i] : i)[f];
    }
    std::nth_element(column.begin(), column.begin() + sampled / 2, column.end());
    center[f] = column[sampled / 2] * scale_;
  }
  return center;
}

float Bound::query_scale(const float* query) const {
  return metric_ == Metric::inner_product ? unit_scale(largest(query, n_features_)) : scale_;
}

double Bound::place(const float* row, float scale, const std::vector<float>& center, float* out,
                    std::int64_t stride) const {
  double squares = 0.0;
  for (std::int64_t f = 0; f < n_features_; ++f) {
    const float value = row[f] * scale - center[f];
    out[f * stride] = value;
    squares += static_cast<double>(value) * value;
  }
  return squares;
}

float Bound::factor() const {
  return metric_ == Metric::euclidean || metric_ == Metric::inner_product ? -2.0f : 1.0f;
}

float Bound::point_term(double squares) const {
  if (metric_ == Metric::euclidean) return static_cast<float>(squares * (1.0 - rounding_));
  if (metric_ == Metric::inner_product) return static_cast<float>(-squares * rounding_);
  return 0.0f;
}

float Bound::outer_limit(double distance, double squares, float scale) const {
  if (distance == -std::numeric_limits<double>::infinity()) return -std::numeric_limits<float>::infinity();
  const double scaled = distance * scale;
  double limit = 0.0;
  switch (metric_) {
    case Metric::euclidean:
      limit = scaled * scaled * (1.0 + kDistanceRounding) - squares * (1.0 - rounding_);
      break;
    case Metric::inner_product:
      limit = 2.0 * scale_ * (scaled + std::abs(scaled) * kDistanceRounding) + squares * rounding_;
      break;
    case Metric::manhattan:
      limit = scaled * (1.0 + kDistanceRounding) * (1.0 + rounding_);
      break;
    case Metric::hamming:
      limit = distance * static_cast<double>(n_features_) + 0.5;
  }
  return std::nextafter(static_cast<float>(limit + underflow_), std::numeric_limits<float>::infinity());
}

// What is as far as `distance` or farther has at least this. Euclidean: the bound is at most 2 ε (|x|² + |y|²) below
// |x − y|², and |y|² ≤ 2 |x|² + 2 |x − y|². Inner product: at most ε (|x|² + 2 |y|²) below −2 x·y, |y|² ≤ 4 n_features.
float Bound::inner_limit(double distance, double squares, float scale) const {
  const double scaled = distance * scale;
  double limit = 0.0;
  switch (metric_) {
    case Metric::euclidean:
      limit = scaled * scaled * (1.0 - kDistanceRounding) * (1.0 - 4.0 * rounding_) - squares * (1.0 + 5.0 * rounding_);
      break;
    case Metric::inner_product:
      limit = 2.0 * scale_ * (scaled - std::abs(scaled) * kDistanceRounding) -
              rounding_ * (squares + 8.0 * static_cast<double>(n_features_));
      break;
    case Metric::manhattan:
      limit = scaled * (1.0 - kDistanceRounding) * (1.0 - rounding_);
      break;
    case Metric::hamming:
      limit = distance * static_cast<double>(n_features_) - 0.5;
  }
  return std::nextafter(static_cast<float>(limit - underflow_), -std::numeric_limits<float>::infinity());
}

}  // namespace terrella
