#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const MeshKernels& mesh_kernels() {
  static constexpr MeshKernels table{kLanes,          find_bands,     spread,         forward_columns, inverse_columns,
                                     convolve_block,  kernel_columns, kernel_block,   gather};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
