#include "axes/project.hpp"

#include <algorithm>
#include <vector>

#include "cells/kernels.hpp"
#include "neighbors/metric.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kTilesPerTask = 32;
constexpr std::int64_t kLargestTile = 12;  // rows

}  // namespace

void project(const PointsView& points, const float* origin, const float* axes, std::int64_t n_axes,
             const Kernels& kernels, ThreadPool& pool, Monitor* monitor, float* coordinates) {
  const std::int64_t d = points.n_features;
  const std::int64_t width = kernels.neighbors.panel_columns;
  const std::int64_t tile = kernels.neighbors.tile_rows;
  const std::int64_t n_panels = (n_axes + width - 1) / width;
  std::vector<float> panels(n_panels * d * width);  // (n_panels, d, width)
  for (std::int64_t a = 0; a < n_axes; ++a) {
    for (std::int64_t f = 0; f < d; ++f) panels[(a / width * d + f) * width + a % width] = axes[a * d + f];
  }
  const std::int64_t per_task = kTilesPerTask * tile;
  pool.run((points.n + per_task - 1) / per_task, [&](std::int64_t task) {
    std::vector<float> rows(d * tile);  // (d, tile)
    alignas(64) float products[12 * 32];
    const std::int64_t end = std::min((task + 1) * per_task, points.n);
    for (std::int64_t first = task * per_task; first < end; first += tile) {
      const std::int64_t count = std::min(tile, end - first);
      const float* unpacked[kLargestTile];
      for (std::int64_t r = 0; r < count; ++r) unpacked[r] = points.row(first + r);
      kernels.cells.pack_rows(unpacked, count, origin, d, tile, rows.data());
      for (std::int64_t p = 0; p < n_panels; ++p) {
        product_tile(kernels.neighbors)(rows.data(), panels.data() + p * d * width, d, products);
        const std::int64_t columns = std::min(width, n_axes - p * width);
        for (std::int64_t r = 0; r < count; ++r) {
          std::copy_n(products + r * width, columns, coordinates + (first + r) * n_axes + p * width);
        }
      }
    }
  }, monitor);
}

}  // namespace terrella
