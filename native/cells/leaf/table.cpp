#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const CellKernels& cell_kernels() {
  static constexpr CellKernels table{scan_cell, encode_row, rough_squares, rank_bound, keep_below};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
