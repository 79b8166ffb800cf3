// Every (query, point) pair whose squared distance may lie below the query's threshold, found by blocks.
//
// |x − y|² = |x|² + |y|² − 2 x·y turns the search into a matrix product, at the price of cancellation. The scan
// therefore works with a lower bound: with every norm shrunk by a factor 1 − ε that covers all float32 rounding of
// a product of n_features terms, no point below the threshold is ever missed, and what passes is measured again
// exactly, by differences. Points are moved to their median and scaled by a power of two first, which keeps the
// bound tight when one point lies far out and keeps squares within float32's range.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"

namespace terrella {

// Rows of float32, C-contiguous.
struct PointsView {
  const float* values;  // (n, n_features)
  std::int64_t n;
  std::int64_t n_features;

  const float* row(std::int64_t i) const { return values + i * n_features; }
};

// What the scan feeds; called for one query at a time, from one thread at a time per query.
class ScanConsumer {
 public:
  virtual ~ScanConsumer() = default;

  // Squared distance below which a point matters to `query` before any was seen.
  virtual double begin(std::int64_t query) = 0;

  // Takes candidate points, ascending over all calls for a query, and returns the new threshold; one that is
  // not above 0 ends the query.
  virtual double absorb(std::int64_t query, const std::int32_t* candidates, int count) = 0;

  virtual void end(std::int64_t query) = 0;
};

class Scan {
 public:
  Scan(const PointsView& points, const Kernels& kernels, ThreadPool& pool);

  // Scans all points for each of `queries` (point numbers).
  void run(const std::int32_t* queries, std::int64_t n_queries, ScanConsumer& consumer, Monitor* monitor) const;

 private:
  class Task;

  void pack();
  void place(std::int64_t point, float* out, std::int64_t stride) const;

  PointsView points_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  std::vector<float> center_;   // (n_features,)
  float scale_ = 1.0f;          // a power of two
  double shrink_ = 1.0;         // 1 − ε
  std::int64_t n_panels_ = 0;
  std::vector<float> panels_;   // (n_panels, n_features, panel_columns)
  std::vector<float> norms_;    // (n_panels · panel_columns,) shrunk; +∞ for padding
};

}  // namespace terrella
