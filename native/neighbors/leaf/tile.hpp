// The loop that every metric's tile shares: all rows with all columns, sums held in registers.
//
//   rows   (n_features, kTileRows)      feature by feature
//   panel  (n_features, kPanelColumns)  feature by feature
//   tile   (kTileRows, kPanelColumns)   tile[r, c] = Σ_f term(rows[f, r], panel[f, c]), added in the order of f
#pragma once

#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

template <typename Add>
inline void add_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile, Add add) {
  Float left[kTileRows] = {};
  Float right[kTileRows] = {};
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
  for (int r = 0; r < kTileRows; ++r) {
    store(tile + r * kPanelColumns, left[r]);
    store(tile + r * kPanelColumns + kLanes, right[r]);
  }
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
