#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const CellKernels& cell_kernels() {
  static constexpr CellKernels table{scan_cell,     encode_row, pack_rows,  finish_distances,
                                     rough_squares, rank_bound, list_below, keep_below};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
