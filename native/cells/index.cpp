#include "cells/index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace terrella {

CellIndex::CellIndex(const PointsView& vectors, const PointsView& coordinates, Partition partition,
                     const Kernels& kernels, ThreadPool& pool)
    : vectors_(vectors), coordinates_(coordinates), partition_(std::move(partition)),
      kernels_(kernels), distance_(Metric::euclidean, vectors.n_features, kernels.neighbors) {
  const std::int64_t cells = n_cells();
  first_.assign(cells + 1, 0);
  for (std::int64_t c = 0; c < cells; ++c) {
    const std::int64_t blocks = (size(c) + kColumnBlock - 1) / kColumnBlock;
    first_[c + 1] = first_[c] + static_cast<std::int32_t>(blocks * kColumnBlock);
    largest_ = std::max(largest_, blocks * kColumnBlock);
  }
  const std::int64_t n_columns = first_[cells];
  values_.resize(cells * coordinates.n_features);
  steps_.resize(cells);
  points_.assign(n_columns, -1);
  codes_.resize(n_columns * coded().row_bytes());
  norms_.assign(n_columns, std::numeric_limits<float>::infinity());
  pool.run(cells, [this](std::int64_t c) {
    place_centre(c);
    encode(c);
  });
  centres_ = std::make_unique<Centres>(values_.data(), cells, coordinates.n_features, kernels);
}

std::int64_t CellIndex::cell_of(std::int32_t column) const {
  return std::upper_bound(first_.begin(), first_.end(), column) - first_.begin() - 1;
}

void CellIndex::place_centre(std::int64_t cell) {
  const std::int64_t d = coordinates_.n_features;
  std::vector<double> sums(d);
  for (std::int64_t m = 0; m < size(cell); ++m) {
    const float* row = coordinates_.row(members(cell)[m]);
    for (std::int64_t f = 0; f < d; ++f) sums[f] += row[f];
  }
  float* centre = values_.data() + cell * d;
  for (std::int64_t f = 0; f < d; ++f) centre[f] = static_cast<float>(sums[f] / static_cast<double>(size(cell)));
}

void CellIndex::encode(std::int64_t cell) {
  const std::int64_t d = coordinates_.n_features;
  const float* centre = values_.data() + cell * d;
  float largest = 0.0f;
  for (std::int64_t m = 0; m < size(cell); ++m) {
    const float* row = coordinates_.row(members(cell)[m]);
    for (std::int64_t f = 0; f < d; ++f) largest = std::max(largest, std::abs(row[f] - centre[f]));
  }
  const float scale = largest > 0.0f ? kColumnLimit / largest : 0.0f;
  steps_[cell] = largest / kColumnLimit;
  const std::int64_t row_bytes = coded().row_bytes();
  std::uint8_t* codes = codes_.data() + first_[cell] * row_bytes;
  for (std::int64_t m = 0; m < size(cell); ++m) {
    const std::int32_t point = members(cell)[m];
    const float* row = coordinates_.row(point);
    std::uint8_t* to = codes + m / kColumnBlock * kColumnBlock * row_bytes + m % kColumnBlock * kCodeGroup;
    float squared = 0.0f;
    for (std::int64_t f = 0; f < d; ++f) {
      const float offset = row[f] - centre[f];
      squared += offset * offset;
      const auto code = static_cast<int>(offset * scale + (kCodeOffset + 0.5f));
      to[f / kCodeGroup * kColumnBlock * kCodeGroup + f % kCodeGroup] = static_cast<std::uint8_t>(code);
    }
    points_[first_[cell] + m] = point;
    norms_[first_[cell] + m] = squared;
  }
}

}  // namespace terrella
