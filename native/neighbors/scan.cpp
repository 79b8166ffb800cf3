#include "neighbors/scan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "neighbors/kernels.hpp"

namespace terrella {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int64_t kGroups = 16;              // query tiles in a task, at most
constexpr double kTaskProducts = 1e10;            // products in a task, at most: a task cannot be interrupted
constexpr std::int64_t kBlockBytes = 256 * 1024;  // points scanned for one task at a time: half a second-level cache
constexpr int kCapacity = 32;                     // candidates a query gathers before they are measured
constexpr std::int64_t kCenterSample = 1024;

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

// The power of two that brings the largest centred coordinate to [1, 2).
float unit_scale(const PointsView& points, const std::vector<float>& center) {
  double largest = 0.0;
  for (std::int64_t i = 0; i < points.n; ++i) {
    const float* row = points.row(i);
    for (std::int64_t f = 0; f < points.n_features; ++f) {
      largest = std::max(largest, std::abs(static_cast<double>(row[f]) - center[f]));
    }
  }
  return largest > 0.0 ? static_cast<float>(std::ldexp(1.0, std::clamp(-std::ilogb(largest), -126, 126))) : 1.0f;
}

}  // namespace

Scan::Scan(const PointsView& points, const Kernels& kernels, ThreadPool& pool)
    : points_(points), kernels_(kernels), pool_(pool), center_(medians(points)), scale_(unit_scale(points, center_)) {
  // n_features products and sums for the inner product, as many for each norm, and a few roundings around them,
  // each of relative size 2^-24.
  shrink_ = 1.0 - std::min(0.5, (2.0 * points.n_features + 24.0) * 0x1p-24);
  pack();
}

void Scan::place(std::int64_t point, float* out, std::int64_t stride) const {
  const float* row = points_.row(point);
  for (std::int64_t f = 0; f < points_.n_features; ++f) out[f * stride] = (row[f] - center_[f]) * scale_;
}

void Scan::pack() {
  const std::int64_t width = kernels_.neighbors.panel_columns;
  const std::int64_t d = points_.n_features;
  n_panels_ = (points_.n + width - 1) / width;
  panels_.resize(n_panels_ * d * width);
  norms_.assign(n_panels_ * width, kInfinity);
  pool_.run(n_panels_, [&](std::int64_t p) {
    float* panel = panels_.data() + p * d * width;
    for (std::int64_t c = 0; c < width && p * width + c < points_.n; ++c) {
      place(p * width + c, panel + c, width);
      double norm = 0.0;
      for (std::int64_t f = 0; f < d; ++f) norm += static_cast<double>(panel[f * width + c]) * panel[f * width + c];
      norms_[p * width + c] = static_cast<float>(norm * shrink_);
    }
  });
}

// One task: a few tiles of queries against all points.
class Scan::Task {
 public:
  Task(const Scan& scan, const std::int32_t* queries, std::int64_t first, std::int64_t last, ScanConsumer& consumer);

  void run();

 private:
  void scan_block(std::int64_t group, std::int64_t first_panel, std::int64_t last_panel);
  void empty_row(std::int64_t row);
  void set_threshold(std::int64_t row, double squared);

  const Scan& scan_;
  ScanConsumer& consumer_;
  const std::int32_t* queries_;
  std::int64_t first_;
  std::int64_t count_;
  std::int64_t stride_;
  std::vector<float> rows_;               // (groups, n_features, tile_rows)
  std::vector<float> thresholds_;         // (groups · tile_rows,)
  std::vector<std::int32_t> counts_;      // (groups · tile_rows,)
  std::vector<std::int32_t> candidates_;  // (groups · tile_rows, stride)
};

Scan::Task::Task(const Scan& scan, const std::int32_t* queries, std::int64_t first, std::int64_t last,
                 ScanConsumer& consumer)
    : scan_(scan), consumer_(consumer), queries_(queries), first_(first), count_(last - first) {
  const std::int64_t tile = scan.kernels_.neighbors.tile_rows;
  const std::int64_t padded = (count_ + tile - 1) / tile * tile;
  const std::int64_t d = scan.points_.n_features;
  stride_ = kCapacity + scan.kernels_.neighbors.panel_columns + 1;
  rows_.resize(padded * d);
  thresholds_.assign(padded, -kInfinity);
  counts_.resize(padded);
  candidates_.resize(padded * stride_);
  for (std::int64_t r = 0; r < count_; ++r) {
    scan.place(queries[first + r], rows_.data() + r / tile * tile * d + r % tile, tile);
    set_threshold(r, consumer.begin(first + r));
  }
}

void Scan::Task::set_threshold(std::int64_t row, double squared) {
  // norms[c] − 2 x·y < threshold − |x|², in packed units; a little more than the exact limit, as all is rounded.
  const double scaled = squared * scan_.scale_ * scan_.scale_ * (1.0 + 1e-6);
  const double limit = scaled - scan_.norms_[queries_[first_ + row]];
  thresholds_[row] = squared > 0.0 ? std::nextafter(static_cast<float>(limit), kInfinity) : -kInfinity;
}

void Scan::Task::run() {
  const std::int64_t tile = scan_.kernels_.neighbors.tile_rows;
  const std::int64_t panel_bytes = scan_.points_.n_features * scan_.kernels_.neighbors.panel_columns * sizeof(float);
  const std::int64_t block = std::max<std::int64_t>(1, kBlockBytes / panel_bytes);
  const std::int64_t groups = static_cast<std::int64_t>(thresholds_.size()) / tile;
  for (std::int64_t p = 0; p < scan_.n_panels_; p += block) {
    const std::int64_t end = std::min(p + block, scan_.n_panels_);
    for (std::int64_t g = 0; g < groups; ++g) scan_block(g, p, end);
  }
  for (std::int64_t r = 0; r < count_; ++r) {
    empty_row(r);
    consumer_.end(first_ + r);
  }
}

void Scan::Task::scan_block(std::int64_t group, std::int64_t first_panel, std::int64_t last_panel) {
  const NeighborKernels& kernels = scan_.kernels_.neighbors;
  const std::int64_t d = scan_.points_.n_features;
  const std::int64_t row = group * kernels.tile_rows;
  const CandidateRows into{thresholds_.data() + row, candidates_.data() + row * stride_, counts_.data() + row, stride_};
  alignas(64) float tile[12 * 32];
  for (std::int64_t p = first_panel; p < last_panel; ++p) {
    const std::int64_t column = p * kernels.panel_columns;
    kernels.dot_tile(rows_.data() + row * d, scan_.panels_.data() + column * d, d, tile);
    const auto first_column = static_cast<std::int32_t>(column);
    if (kernels.collect(tile, scan_.norms_.data() + column, first_column, into) < kCapacity) continue;
    for (std::int64_t r = row; r < row + kernels.tile_rows; ++r) {
      if (counts_[r] >= kCapacity) empty_row(r);
    }
  }
}

void Scan::Task::empty_row(std::int64_t row) {
  if (counts_[row] == 0) return;
  set_threshold(row, consumer_.absorb(first_ + row, candidates_.data() + row * stride_, counts_[row]));
  counts_[row] = 0;
}

void Scan::run(const std::int32_t* queries, std::int64_t n_queries, ScanConsumer& consumer, Monitor* monitor) const {
  const double products = static_cast<double>(points_.n) * points_.n_features * kernels_.neighbors.tile_rows;
  const auto groups = static_cast<std::int64_t>(std::clamp(kTaskProducts / products, 1.0, 1.0 * kGroups));
  const std::int64_t per_task = groups * kernels_.neighbors.tile_rows;
  const std::int64_t tasks = (n_queries + per_task - 1) / per_task;
  pool_.run(
      tasks,
      [&](std::int64_t t) {
        Task(*this, queries, t * per_task, std::min((t + 1) * per_task, n_queries), consumer).run();
      },
      monitor);
}

}  // namespace terrella
