// The loop that every metric's tile shares: all rows with all columns, sums held in registers.
//
//   rows   (n_features, kTileRows)      feature by feature
//   panel  (n_features, kPanelColumns)  feature by feature
//   tile   (kTileRows, kPanelColumns)   tile[r, c] = Σ_f term(rows[f, r], panel[f, c])
//
// Terms are added in the order of f, kRunLength of them by themselves, and then the runs.
#pragma once

#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

// The sums of one run.
template <typename Add>
inline void add_run(const float* rows, const float* panel, std::int64_t n_features, Float* left, Float* right,
                    Add add) {
  for (std::int64_t f = 0; f < n_features; ++f, rows += kTileRows, panel += kPanelColumns) {
    const Float x = load<Float>(panel);
    const Float y = load<Float>(panel + kLanes);
#pragma GCC unroll 12
    for (int r = 0; r < kTileRows; ++r) {
      const Float row = broadcast(rows[r]);
      left[r] = add(left[r], row, x);
      right[r] = add(right[r], row, y);
    }
  }
}

template <typename Add>
inline void add_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile, Add add) {
  for (std::int64_t first = 0; first < n_features; first += kRunLength) {
    const std::int64_t here = n_features - first < kRunLength ? n_features - first : kRunLength;
    Float left[kTileRows] = {};
    Float right[kTileRows] = {};
    add_run(rows + first * kTileRows, panel + first * kPanelColumns, here, left, right, add);
    for (int r = 0; r < kTileRows; ++r) {
      float* sums = tile + r * kPanelColumns;
      store(sums, first == 0 ? left[r] : load<Float>(sums) + left[r]);
      store(sums + kLanes, first == 0 ? right[r] : load<Float>(sums + kLanes) + right[r]);
    }
  }
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
