#include "neighbors/tree.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "neighbors/metric.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kAxisSample = 128;
constexpr int kAxisSteps = 4;

using Axis = std::vector<float>;

// Rows of the sample less their mean, scaled.
std::vector<Axis> centred_sample(const PointsView& points, float scale, const std::int32_t* numbers,
                                 std::int64_t count) {
  const std::int64_t sampled = std::min(count, kAxisSample);
  std::vector<double> mean(points.n_features);
  std::vector<Axis> rows(sampled, Axis(points.n_features));
  for (std::int64_t s = 0; s < sampled; ++s) {
    const float* row = points.row(numbers[s * count / sampled]);
    for (std::int64_t f = 0; f < points.n_features; ++f) {
      rows[s][f] = row[f] * scale;
      mean[f] += rows[s][f];
    }
  }
  for (Axis& row : rows) {
    for (std::int64_t f = 0; f < points.n_features; ++f) row[f] -= static_cast<float>(mean[f] / sampled);
  }
  return rows;
}

// Length 1, or 0 if it has none.
void normalize(Axis& axis) {
  double squares = 0.0;
  for (float value : axis) squares += static_cast<double>(value) * value;
  const double inverse = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
  for (float& value : axis) value = static_cast<float>(value * inverse);
}

// The direction in which the sample is longest: steps of a ← Σ (row · a) row from the sum of all rows' magnitudes.
Axis longest_axis(const std::vector<Axis>& rows, const NeighborKernels& kernels) {
  const auto product = kernels.metrics[static_cast<int>(Metric::inner_product)].total;
  const auto d = static_cast<std::int64_t>(rows[0].size());
  Axis axis(d);
  for (const Axis& row : rows) {
    for (std::int64_t f = 0; f < d; ++f) axis[f] += std::abs(row[f]);
  }
  normalize(axis);
  for (int step = 0; step < kAxisSteps; ++step) {
    Axis next(d);
    for (const Axis& row : rows) {
      const auto along = static_cast<float>(product(row.data(), axis.data(), d));
      for (std::int64_t f = 0; f < d; ++f) next[f] += along * row[f];
    }
    normalize(next);
    axis = std::move(next);
  }
  return axis;
}

// Brings the half with the lesser projections to the front.
void halve(const PointsView& points, float scale, std::int32_t* numbers, std::int64_t count, std::int64_t middle,
           const NeighborKernels& kernels) {
  const auto product = kernels.metrics[static_cast<int>(Metric::inner_product)].total;
  const Axis axis = longest_axis(centred_sample(points, scale, numbers, count), kernels);
  std::vector<std::pair<double, std::int32_t>> places(count);
  for (std::int64_t i = 0; i < count; ++i) {
    places[i] = {product(points.row(numbers[i]), axis.data(), points.n_features), numbers[i]};
  }
  std::nth_element(places.begin(), places.begin() + middle, places.end());
  for (std::int64_t i = 0; i < count; ++i) numbers[i] = places[i].second;
}

}  // namespace

Blocks split_points(const PointsView& points, float scale, int levels, const NeighborKernels& kernels,
                    ThreadPool& pool) {
  Blocks blocks{std::vector<std::int32_t>(points.n), {0, points.n}};
  for (std::int64_t i = 0; i < points.n; ++i) blocks.order[i] = static_cast<std::int32_t>(i);
  for (int level = 0; level < levels; ++level) {
    const std::int64_t count = blocks.count();
    std::vector<std::int64_t> first(2 * count + 1, points.n);
    pool.run(count, [&](std::int64_t b) {
      const std::int64_t size = blocks.first[b + 1] - blocks.first[b];
      first[2 * b] = blocks.first[b];
      first[2 * b + 1] = blocks.first[b] + size / 2;
      halve(points, scale, blocks.order.data() + blocks.first[b], size, size / 2, kernels);
    });
    blocks.first = std::move(first);
  }
  return blocks;
}

}  // namespace terrella
