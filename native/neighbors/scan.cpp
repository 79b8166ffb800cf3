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

}  // namespace

Scan::Scan(const PointsView& points, const QueriesView& queries, Metric metric, const Kernels& kernels,
           ThreadPool& pool)
    : points_(points), queries_(queries), bound_(points, queries, metric), kernels_(kernels.neighbors),
      metric_(kernels.neighbors.metrics[static_cast<int>(metric)]), pool_(pool) {
  pack();
}

void Scan::pack() {
  const std::int64_t width = kernels_.panel_columns;
  const std::int64_t d = points_.n_features;
  n_panels_ = (points_.n + width - 1) / width;
  panels_.resize(n_panels_ * d * width);
  terms_.assign(n_panels_ * width, kInfinity);
  pool_.run(n_panels_, [&](std::int64_t p) {
    float* panel = panels_.data() + p * d * width;
    for (std::int64_t c = 0; c < width && p * width + c < points_.n; ++c) {
      const double squares = bound_.place(points_.row(p * width + c), bound_.point_scale(), panel + c, width);
      terms_[p * width + c] = bound_.point_term(squares);
    }
  });
}

// One task: a few tiles of queries against all points.
class Scan::Task {
 public:
  Task(const Scan& scan, std::int64_t first, std::int64_t last, ScanConsumer& consumer);

  void run();

 private:
  void scan_block(std::int64_t group, std::int64_t first_panel, std::int64_t last_panel);
  void empty_row(std::int64_t row);
  void set_limit(std::int64_t row, double distance);

  const Scan& scan_;
  ScanConsumer& consumer_;
  std::int64_t first_;
  std::int64_t count_;
  std::int64_t stride_;
  std::vector<float> rows_;               // (groups, n_features, tile_rows)
  std::vector<float> scales_;             // (groups · tile_rows,)
  std::vector<double> squares_;           // (groups · tile_rows,)
  std::vector<float> limits_;             // (groups · tile_rows,)
  std::vector<std::int32_t> counts_;      // (groups · tile_rows,)
  std::vector<std::int32_t> candidates_;  // (groups · tile_rows, stride)
};

Scan::Task::Task(const Scan& scan, std::int64_t first, std::int64_t last, ScanConsumer& consumer)
    : scan_(scan), consumer_(consumer), first_(first), count_(last - first) {
  const std::int64_t tile = scan.kernels_.tile_rows;
  const std::int64_t padded = (count_ + tile - 1) / tile * tile;
  const std::int64_t d = scan.points_.n_features;
  stride_ = kCapacity + scan.kernels_.panel_columns + 1;
  rows_.resize(padded * d);
  scales_.resize(padded);
  squares_.resize(padded);
  limits_.assign(padded, -kInfinity);
  counts_.resize(padded);
  candidates_.resize(padded * stride_);
  for (std::int64_t r = 0; r < count_; ++r) {
    const float* row = scan.queries_.row(first + r);
    scales_[r] = scan.bound_.query_scale(row);
    squares_[r] = scan.bound_.place(row, scales_[r], rows_.data() + r / tile * tile * d + r % tile, tile);
    set_limit(r, consumer.begin(first + r));
  }
}

void Scan::Task::set_limit(std::int64_t row, double distance) {
  limits_[row] = scan_.bound_.query_limit(distance, squares_[row], scales_[row]);
}

void Scan::Task::run() {
  const std::int64_t tile = scan_.kernels_.tile_rows;
  const std::int64_t panel_bytes = scan_.points_.n_features * scan_.kernels_.panel_columns * sizeof(float);
  const std::int64_t block = std::max<std::int64_t>(1, kBlockBytes / panel_bytes);
  const std::int64_t groups = static_cast<std::int64_t>(limits_.size()) / tile;
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
  const NeighborKernels& kernels = scan_.kernels_;
  const std::int64_t d = scan_.points_.n_features;
  const std::int64_t row = group * kernels.tile_rows;
  const CandidateRows into{limits_.data() + row, candidates_.data() + row * stride_, counts_.data() + row, stride_};
  alignas(64) float tile[12 * 32];
  for (std::int64_t p = first_panel; p < last_panel; ++p) {
    const std::int64_t column = p * kernels.panel_columns;
    scan_.metric_.tile(rows_.data() + row * d, scan_.panels_.data() + column * d, d, tile);
    const auto first_column = static_cast<std::int32_t>(column);
    const float* terms = scan_.terms_.data() + column;
    if (kernels.collect(tile, terms, scan_.bound_.factor(), first_column, into) < kCapacity) continue;
    for (std::int64_t r = row; r < row + kernels.tile_rows; ++r) {
      if (counts_[r] >= kCapacity) empty_row(r);
    }
  }
}

void Scan::Task::empty_row(std::int64_t row) {
  if (counts_[row] == 0) return;
  set_limit(row, consumer_.absorb(first_ + row, candidates_.data() + row * stride_, counts_[row]));
  counts_[row] = 0;
}

void Scan::run(ScanConsumer& consumer, Monitor* monitor) const {
  const double products = static_cast<double>(points_.n) * points_.n_features * kernels_.tile_rows;
  const auto groups = static_cast<std::int64_t>(std::clamp(kTaskProducts / products, 1.0, 1.0 * kGroups));
  const std::int64_t per_task = groups * kernels_.tile_rows;
  const std::int64_t tasks = (queries_.n + per_task - 1) / per_task;
  pool_.run(
      tasks,
      [&](std::int64_t t) {
        Task(*this, t * per_task, std::min((t + 1) * per_task, queries_.n), consumer).run();
      },
      monitor);
}

}  // namespace terrella
