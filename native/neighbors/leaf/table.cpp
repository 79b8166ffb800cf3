#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

const NeighborKernels& neighbor_kernels() {
  static constexpr NeighborKernels table{kLanes,
                                         kPanelColumns,
                                         kTileRows,
                                         {{dot_tile, squares_total},
                                          {dot_tile, products_total},
                                          {manhattan_tile, manhattan_total},
                                          {hamming_tile, hamming_total}},
                                         collect,
                                         count_nearer,
                                         collect_pairs,
                                         pack};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
