#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const UmapKernels& umap_kernels() {
  static constexpr UmapKernels table{move_rows, sum_slopes};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
