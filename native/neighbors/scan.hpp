// Every (query, point) pair whose distance may lie within the query's limit, found by blocks.
//
// Totals of many pairs at once are fast in float32 and wrong in the last bits. The scan therefore works with a
// lower bound (bound.hpp): no point within the limit is ever missed, and what passes is measured again exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/bound.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// What the scan feeds; called for one query at a time, from one thread at a time per query.
class ScanConsumer {
 public:
  virtual ~ScanConsumer() = default;

  // The distance up to which a point matters to `query` before any was seen; −∞: none does.
  virtual double begin(std::int64_t query) = 0;

  // Takes candidate points, ascending over all calls for a query, and returns the new limit.
  virtual double absorb(std::int64_t query, const std::int32_t* candidates, int count) = 0;

  virtual void end(std::int64_t query) = 0;
};

class Scan {
 public:
  Scan(const PointsView& points, const QueriesView& queries, Metric metric, const Kernels& kernels, ThreadPool& pool);

  // Scans all points for each query.
  void run(ScanConsumer& consumer, Monitor* monitor) const;

 private:
  class Task;

  void pack();

  PointsView points_;
  QueriesView queries_;
  Bound bound_;
  const NeighborKernels& kernels_;
  const MetricKernels& metric_;
  ThreadPool& pool_;
  std::int64_t n_panels_ = 0;
  std::vector<float> panels_;  // (n_panels, n_features, panel_columns)
  std::vector<float> terms_;   // (n_panels · panel_columns,) point_term; +∞ for padding
};

}  // namespace terrella
