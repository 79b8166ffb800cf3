// The nearest neighbours of all points among themselves, each pair looked at once.
//
// Points are ordered into 2^levels blocks of neighbours (tree.hpp). Block b meets itself first, then b xor 1, b xor 2,
// and so on: every pair of blocks once, those nearby first, and in each round all pairs are of different blocks, so
// that they can meet at once. As the best k by (distance, number) do not depend on the order in which points are seen,
// neither does the answer. Blocks too far apart for any neighbour are passed over, by the triangle inequality.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/bound.hpp"
#include "neighbors/knn.hpp"
#include "neighbors/tree.hpp"

namespace terrella {

class PairScan {
 public:
  PairScan(const PointsView& points, Metric metric, const Kernels& kernels, ThreadPool& pool);
  ~PairScan();

  // Gives `search`, whose queries are all points, every pair that matters.
  void run(NearestSearch& search, Monitor* monitor);

 private:
  class Meeting;

  std::unique_ptr<Meeting> borrow(NearestSearch& search);
  void give_back(std::unique_ptr<Meeting> meeting);

  PointsView points_;
  Metric metric_;
  const NeighborKernels& kernels_;
  ThreadPool& pool_;
  Bound bound_;
  Blocks blocks_;
  std::vector<std::vector<float>> centers_;         // (blocks, n_features) scaled
  std::vector<std::int32_t> least_;                 // (blocks,) the lowest number of a point
  std::vector<double> reach_;                       // (blocks,) the largest distance from the centre, scaled
  std::vector<std::unique_ptr<Meeting>> meetings_;  // memory for as many as go on at a time
  std::mutex mutex_;
};

}  // namespace terrella
