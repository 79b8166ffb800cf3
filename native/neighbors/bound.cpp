#include "neighbors/bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace terrella {
namespace {

constexpr std::int64_t kCenterSample = 1024;

float largest(const float* values, std::int64_t count) {
  float most = 0.0f;
  for (std::int64_t i = 0; i < count; ++i) most = std::max(most, std::abs(values[i]));
  return most;
}

// The power of two that brings `largest` to [1, 2).
float unit_scale(float largest) {
  return largest > 0.0f ? std::ldexp(1.0f, std::clamp(-std::ilogb(largest), -126, 126)) : 1.0f;
}

// Medians of an evenly spaced sample, column by column: one far outlier does not move them.
std::vector<float> medians(const PointsView& points) {
  const std::int64_t count = std::min(points.n, kCenterSample);
  std::vector<float> center(points.n_features);
  std::vector<float> column(count);
  for (std::int64_t f = 0; f < points.n_features; ++f) {
    for (std::int64_t s = 0; s < count; ++s) column[s] = points.row(s * points.n / count)[f];
    std::nth_element(column.begin(), column.begin() + count / 2, column.end());
    center[f] = column[count / 2];
  }
  return center;
}

}  // namespace

Bound::Bound(const PointsView& points, const QueriesView& queries, Metric metric)
    : metric_(metric), n_features_(points.n_features), center_(points.n_features, 0.0f) {
  // n_features products and sums for the total, as many for each square, and a few roundings around them, each of
  // relative size 2^-24.
  rounding_ = (2.0 * static_cast<double>(n_features_) + 24.0) * 0x1p-24;
  float most = largest(points.values, points.n * n_features_);
  if (!queries.numbers && metric != Metric::inner_product) {
    most = std::max(most, largest(queries.rows.values, queries.n * n_features_));
  }
  scale_ = unit_scale(most);
  if (metric != Metric::euclidean) return;
  center_ = medians(points);
  for (float& value : center_) value *= scale_;
}

float Bound::query_scale(const float* query) const {
  return metric_ == Metric::inner_product ? unit_scale(largest(query, n_features_)) : scale_;
}

double Bound::place(const float* row, float scale, float* out, std::int64_t stride) const {
  double squares = 0.0;
  for (std::int64_t f = 0; f < n_features_; ++f) {
    const float value = row[f] * scale - center_[f];
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

float Bound::query_limit(double distance, double squares, float scale) const {
  if (distance == -std::numeric_limits<double>::infinity()) return -std::numeric_limits<float>::infinity();
  const double scaled = distance * scale;
  double limit = 0.0;
  switch (metric_) {
    case Metric::euclidean:
      limit = scaled * scaled * (1.0 + 1e-6) - squares * (1.0 - rounding_);
      break;
    case Metric::inner_product:
      limit = 2.0 * scale_ * (scaled + std::abs(scaled) * 1e-6) + squares * rounding_;
      break;
    case Metric::manhattan:
      limit = scaled * (1.0 + 1e-6) * (1.0 + rounding_);
      break;
    case Metric::hamming:
      limit = distance * static_cast<double>(n_features_) + 0.5;
  }
  // What is too small for float32's full precision loses at most half of its least number in each operation.
  limit += static_cast<double>(n_features_) * 0x1p-147;
  return std::nextafter(static_cast<float>(limit), std::numeric_limits<float>::infinity());
}

}  // namespace terrella
