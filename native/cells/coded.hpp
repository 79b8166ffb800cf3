// Points sorted into cells and coded in 8 bits, as flat arrays that can be kept and read again.
#pragma once

#include <cstdint>

#include "cells/kernels.hpp"

namespace terrella {

struct CodedCells {
  const float* centres;        // (n_cells, n_axes)
  const float* steps;          // (n_cells,) the unit of a cell's codes
  const std::int32_t* first;   // (n_cells + 1,) first column of each cell, a multiple of kColumnBlock
  const std::int32_t* points;  // (n_columns,) point of each column; −1 for padding
  const std::uint8_t* codes;   // cell after cell, as CellColumns has them
  const float* norms;          // (n_columns,) +∞ for padding
  std::int64_t n_cells;
  std::int64_t n_axes;

  std::int32_t n_groups() const { return static_cast<std::int32_t>((n_axes + kCodeGroup - 1) / kCodeGroup); }
  std::int64_t row_bytes() const { return std::int64_t{n_groups()} * kCodeGroup; }
  const float* centre(std::int64_t cell) const { return centres + cell * n_axes; }
  CellColumns columns(std::int64_t cell) const {
    return {codes + first[cell] * row_bytes(), norms + first[cell], first[cell], first[cell + 1] - first[cell],
            n_groups()};
  }
};

}  // namespace terrella
