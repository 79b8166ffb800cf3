#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const NeighborKernels& neighbor_kernels() {
  static constexpr NeighborKernels table{kPanelColumns, kTileRows, dot_tile, collect, squared_distance};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
