// Every query with every point, by tiles of float32 totals.
//
// Totals of many pairs at once are fast in float32 and wrong in the last bits. What looks at the tiles therefore
// works with bounds (bound.hpp): no point that matters is ever missed, and what passes is measured again exactly.
//
// Points are packed a slab at a time, so that a memory-mapped array is never copied whole. A task takes a few tiles
// of queries past one slab; the tasks of a slab run in any order, slab follows slab.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/bound.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// The queries of one task: `count` of them from `first` on, in tiles of tile_rows.
struct QueryTiles {
  std::int64_t first;
  std::int64_t count;
  std::int64_t tiles;
  std::vector<float> rows;      // (tiles, n_features, tile_rows), placed by the bound
  std::vector<float> scales;    // (count,)
  std::vector<double> squares;  // (count,)
};

// Looks at the tiles of one task.
class TileVisitor {
 public:
  virtual ~TileVisitor() = default;

  // totals: (tile_rows, panel_columns), of the queries of `tile` and the points from first_column on, which ascends
  // for each tile; terms: (panel_columns,) their point_term, +∞ for padding.
  virtual void take(std::int64_t tile, std::int32_t first_column, const float* totals, const float* terms) = 0;

  // All points of the slab have been seen.
  virtual void finish() = 0;
};

using Visit = std::function<std::unique_ptr<TileVisitor>(const QueryTiles&)>;

class Scan {
 public:
  Scan(const PointsView& points, const QueriesView& queries, Metric metric, const Kernels& kernels, ThreadPool& pool);

  const Bound& bound() const { return bound_; }

  // Shows every tile to a visitor made by each of `visits` for its task.
  void run(const std::vector<Visit>& visits, Monitor* monitor);

 private:
  using Visitors = std::vector<std::unique_ptr<TileVisitor>>;

  void pack(std::int64_t first_panel, std::int64_t last_panel);
  QueryTiles place(std::int64_t first, std::int64_t count) const;
  void scan(const QueryTiles& queries, const Visitors& visitors) const;

  PointsView points_;
  QueriesView queries_;
  Bound bound_;
  const NeighborKernels& kernels_;
  const MetricKernels& metric_;
  ThreadPool& pool_;
  std::vector<float> center_;
  std::int64_t slab_panels_;
  std::int64_t first_panel_ = 0;  // of the slab
  std::int64_t n_panels_ = 0;     // in the slab
  std::vector<float> panels_;     // (n_panels, n_features, panel_columns)
  std::vector<float> terms_;      // (n_panels · panel_columns,) point_term; +∞ for padding
};

}  // namespace terrella
