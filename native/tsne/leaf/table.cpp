#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const TsneKernels& tsne_kernels() {
  static constexpr TsneKernels table{gaussian_row, move_rows, edge_costs, place_point};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
