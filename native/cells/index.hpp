// Points sorted into cells and coded in 8 bits, ready to be searched.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cells/centres.hpp"
#include "cells/coded.hpp"
#include "cells/kernels.hpp"
#include "cells/partition.hpp"
#include "core/isa.hpp"
#include "core/thread_pool.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

class CellIndex {
 public:
  // vectors: what distances are measured on; coordinates: fewer of them that the search compares, kept by reference
  // as vectors are.
  CellIndex(const PointsView& vectors, const PointsView& coordinates, Partition partition,
           const Kernels& kernels, ThreadPool& pool);

  std::int64_t n_cells() const { return static_cast<std::int64_t>(partition_.starts.size()) - 1; }
  const PointsView& vectors() const { return vectors_; }
  const PointsView& coordinates() const { return coordinates_; }
  const Kernels& kernels() const { return kernels_; }
  const Distance& distance() const { return distance_; }
  const Centres& centres() const { return *centres_; }
  const float* centre(std::int64_t cell) const { return values_.data() + cell * coordinates_.n_features; }
  float step(std::int64_t cell) const { return steps_[cell]; }

  const std::int32_t* members(std::int64_t cell) const { return partition_.order.data() + partition_.starts[cell]; }
  std::int64_t size(std::int64_t cell) const { return partition_.starts[cell + 1] - partition_.starts[cell]; }

  CellColumns columns(std::int64_t cell) const { return coded().columns(cell); }
  CodedCells coded() const {
    return {values_.data(), steps_.data(), first_.data(), points_.data(), codes_.data(), norms_.data(), n_cells(),
            coordinates_.n_features};
  }
  std::int64_t largest_cell() const { return largest_; }  // in columns
  std::int32_t n_columns() const { return first_.back(); }
  std::int32_t point(std::int32_t column) const { return points_[column]; }
  std::int64_t cell_of(std::int32_t column) const;

 private:
  void place_centre(std::int64_t cell);
  void encode(std::int64_t cell);

  PointsView vectors_;
  PointsView coordinates_;
  Partition partition_;
  const Kernels& kernels_;
  Distance distance_;
  std::vector<float> values_;             // (n_cells, n_features) the cells' centres
  std::unique_ptr<Centres> centres_;
  std::int64_t largest_ = 0;
  std::vector<float> steps_;              // (n_cells,) the unit of a cell's codes
  std::vector<std::int32_t> first_;       // (n_cells + 1,) first column of each cell
  std::vector<std::int32_t> points_;      // (n_columns,) point of each column; −1 for padding
  std::vector<std::uint8_t> codes_;       // cell after cell, as CellColumns has them
  std::vector<float> norms_;              // (n_columns,)
};

}  // namespace terrella
