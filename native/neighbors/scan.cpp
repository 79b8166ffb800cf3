#include "neighbors/scan.hpp"

#include <algorithm>
#include <limits>

#include "neighbors/kernels.hpp"

namespace terrella {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int64_t kTaskTiles = 16;               // query tiles in a task
constexpr std::int64_t kSlabBytes = 8 * 1024 * 1024;  // packed points held at a time
constexpr std::int64_t kBlockBytes = 256 * 1024;      // of them, seen by one tile after another: half a level-2 cache

}  // namespace

Scan::Scan(const PointsView& points, const QueriesView& queries, Metric metric, const Kernels& kernels,
           ThreadPool& pool)
    : points_(points), queries_(queries), bound_(points, queries, metric), kernels_(kernels.neighbors),
      metric_(kernels.neighbors.metrics[static_cast<int>(metric)]), pool_(pool),
      center_(bound_.center(points, nullptr, points.n)) {
  const std::int64_t width = kernels_.panel_columns;
  const std::int64_t panel_bytes = points.n_features * width * static_cast<std::int64_t>(sizeof(float));
  slab_panels_ = std::clamp<std::int64_t>(kSlabBytes / panel_bytes, 1, (points.n + width - 1) / width);
  panels_.resize(slab_panels_ * points.n_features * width);
  terms_.resize(slab_panels_ * width);
}

void Scan::run(const std::vector<Visit>& visits, Monitor* monitor) {
  const std::int64_t all = (points_.n + kernels_.panel_columns - 1) / kernels_.panel_columns;
  const std::int64_t slabs = (all + slab_panels_ - 1) / slab_panels_;
  const std::int64_t per_task = kTaskTiles * kernels_.tile_rows;
  for (std::int64_t s = 0; s < slabs; ++s) {
    pack(s * slab_panels_, std::min((s + 1) * slab_panels_, all));
    PartMonitor part(monitor, s, slabs);
    pool_.run(
        (queries_.n + per_task - 1) / per_task,
        [&](std::int64_t task) {
          const QueryTiles queries = place(task * per_task, std::min(per_task, queries_.n - task * per_task));
          Visitors visitors;
          for (const Visit& visit : visits) visitors.push_back(visit(queries));
          scan(queries, visitors);
        },
        &part);
  }
}

void Scan::pack(std::int64_t first_panel, std::int64_t last_panel) {
  const std::int64_t width = kernels_.panel_columns;
  const std::int64_t d = points_.n_features;
  first_panel_ = first_panel;
  n_panels_ = last_panel - first_panel;
  pool_.run(n_panels_, [&](std::int64_t p) {
    const std::int64_t first = (first_panel + p) * width;
    std::vector<const float*> rows(width);
    std::vector<double> squares(width);
    for (std::int64_t c = 0; c < width; ++c) rows[c] = points_.row(std::min(first + c, points_.n - 1));
    kernels_.pack(rows.data(), width, center_.data(), bound_.point_scale(), d, panels_.data() + p * d * width,
                  squares.data());
    for (std::int64_t c = 0; c < width; ++c) {
      terms_[p * width + c] = first + c < points_.n ? bound_.point_term(squares[c]) : kInfinity;
    }
  });
}

QueryTiles Scan::place(std::int64_t first, std::int64_t count) const {
  const std::int64_t width = kernels_.tile_rows;
  const std::int64_t d = points_.n_features;
  QueryTiles queries{first, count, (count + width - 1) / width, {}, {}, {}};
  queries.rows.resize(queries.tiles * width * d);
  queries.scales.resize(count);
  queries.squares.resize(count);
  for (std::int64_t r = 0; r < count; ++r) {
    const float* row = queries_.row(first + r);
    queries.scales[r] = bound_.query_scale(row);
    float* out = queries.rows.data() + r / width * width * d + r % width;
    queries.squares[r] = bound_.place(row, queries.scales[r], center_, out, width);
  }
  return queries;
}

void Scan::scan(const QueryTiles& queries, const Visitors& visitors) const {
  const std::int64_t width = kernels_.panel_columns;
  const std::int64_t d = points_.n_features;
  const std::int64_t panel_bytes = d * width * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t block = std::max<std::int64_t>(1, kBlockBytes / panel_bytes);
  alignas(64) float totals[12 * 32];
  for (std::int64_t begin = 0; begin < n_panels_; begin += block) {
    const std::int64_t end = std::min(begin + block, n_panels_);
    for (std::int64_t tile = 0; tile < queries.tiles; ++tile) {
      const float* rows = queries.rows.data() + tile * kernels_.tile_rows * d;
      for (std::int64_t p = begin; p < end; ++p) {
        metric_.tile(rows, panels_.data() + p * d * width, d, totals);
        const auto first_column = static_cast<std::int32_t>((first_panel_ + p) * width);
        for (const auto& visitor : visitors) visitor->take(tile, first_column, totals, terms_.data() + p * width);
      }
    }
  }
  for (const auto& visitor : visitors) visitor->finish();
}

}  // namespace terrella
