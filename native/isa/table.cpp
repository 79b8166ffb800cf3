#include "leaves.hpp"

#define TERRELLA_TEXT_(name) #name
#define TERRELLA_TEXT(name) TERRELLA_TEXT_(name)

namespace terrella::TERRELLA_ISA {

const Kernels& kernels() {
  static constexpr Kernels table{
      TERRELLA_TEXT(TERRELLA_ISA), kPanelColumns, kTileRows, dot_tile, collect, squared_distance,
      smooth_rows, umap_rows,
  };
  return table;
}

}  // namespace terrella::TERRELLA_ISA
