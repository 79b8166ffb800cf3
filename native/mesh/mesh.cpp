#include "mesh/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace terrella {
namespace {

constexpr std::int64_t kPoints = 8192;
constexpr double kMargin = 5.0;  // nodes beyond the points: three that the splines touch, and room to round in

// The greatest step / 2^k of which at least half the smallest grid spans the points: the kernel is smooth there, but
// what the splines leave out must be small beside differences between points.
double step_for(double span, double greatest) {
  double step = greatest;
  while (span < 0.5 * (kLeastMesh - kMargin) * step && step > 1e-30) step *= 0.5;
  return std::max(step, span / (kGreatestMesh - kMargin));
}

// The first node, such that there are as many to spare before the points as behind the last three that they touch.
float origin(float low, float high, std::int32_t nodes, double step) {
  return static_cast<float>(0.5 * (static_cast<double>(low) + high) - 0.5 * (nodes - 4) * step);
}

}  // namespace

Mesh::Mesh(RadialKernel kernel, double step, const Kernels& kernels, ThreadPool& pool)
    : greatest_step_(step), kernels_(kernels), pool_(pool), convolution_(std::move(kernel), kernels, pool) {}

void Mesh::sum(const float* points, std::int64_t count, const Box& box) {
  place_grid(box);
  sort(points, count);
  spread();
  const double n = static_cast<double>(count);
  base_ = convolution_.base() * n;
  total_ = base_ * n + convolution_.run(charges_.data(), potential_.data());
}

void Mesh::place_grid(const Box& box) {
  const double span_x = static_cast<double>(box.high_x) - box.low_x;
  const double span_y = static_cast<double>(box.high_y) - box.low_y;
  if (!(span_x < 1e18 && span_y < 1e18)) throw std::invalid_argument("points must be finite and below 1e18");
  const double step = step_for(std::max(span_x, span_y), greatest_step_);
  const std::int32_t rows = mesh_size(span_x / step + kMargin);
  const std::int32_t columns = mesh_size(span_y / step + kMargin);
  convolution_.prepare(rows, columns, step);
  const std::int32_t stride = mesh_stride(columns);
  charges_.reserve(static_cast<std::size_t>(rows) * stride);
  potential_.reserve(static_cast<std::size_t>(rows) * stride);
  geometry_ = {origin(box.low_x, box.high_x, rows, step),
               origin(box.low_y, box.high_y, columns, step),
               static_cast<float>(1.0 / step),
               rows,
               columns,
               stride};
}

// A counting sort by band, which keeps the order within: a sum's order depends on the points alone.
void Mesh::sort(const float* points, std::int64_t count) {
  const std::int64_t bands = (geometry_.rows + kMeshBandRows - 1) / kMeshBandRows;
  const std::int64_t chunks = (count + kPoints - 1) / kPoints;
  bands_.resize(count);
  sorted_.resize(2 * count);
  std::vector<std::int64_t> places(chunks * bands);
  pool_.run(chunks, [&](std::int64_t chunk) {
    const std::int64_t first = chunk * kPoints;
    kernels_.mesh.find_bands(points + 2 * first, std::min(kPoints, count - first), geometry_, bands_.data() + first,
                             places.data() + chunk * bands);
  });
  band_starts_.assign(bands + 1, 0);
  std::int64_t next = 0;
  for (std::int64_t band = 0; band < bands; ++band) {
    for (std::int64_t chunk = 0; chunk < chunks; ++chunk) next += std::exchange(places[chunk * bands + band], next);
    band_starts_[band + 1] = next;
  }
  pool_.run(chunks, [&](std::int64_t chunk) {
    std::int64_t* place = places.data() + chunk * bands;
    for (std::int64_t i = chunk * kPoints; i < std::min(count, (chunk + 1) * kPoints); ++i) {
      float* to = sorted_.data() + 2 * place[bands_[i]]++;
      to[0] = points[2 * i];
      to[1] = points[2 * i + 1];
    }
  });
}

// Bands of even number, then of odd: no two at once write to the same rows.
void Mesh::spread() {
  const std::int64_t bands = static_cast<std::int64_t>(band_starts_.size()) - 1;
  const std::int64_t row_floats = geometry_.stride;
  float* grid = charges_.data();
  const auto band_task = [&](std::int64_t band) {
    const std::int64_t first = band_starts_[band];
    kernels_.mesh.spread(sorted_.data() + 2 * first, band_starts_[band + 1] - first, geometry_, grid);
  };
  pool_.run((bands + 1) / 2, [&](std::int64_t pair) {
    const std::int64_t first = 2 * pair * kMeshBandRows;
    const std::int64_t last = std::min<std::int64_t>(first + 2 * kMeshBandRows, geometry_.rows);
    std::fill(grid + first * row_floats, grid + last * row_floats, 0.0f);
    band_task(2 * pair);
  });
  pool_.run(bands / 2, [&](std::int64_t pair) { band_task(2 * pair + 1); });
}

}  // namespace terrella
