// One instruction set's kernels, gathered from every folder; compiled once for each.
#include "core/isa.hpp"

#if !defined(TERRELLA_ISA)
#error "TERRELLA_ISA names the namespace of the instruction set this file is compiled for"
#endif

#define TERRELLA_TEXT_(name) #name
#define TERRELLA_TEXT(name) TERRELLA_TEXT_(name)

namespace terrella::TERRELLA_ISA {

const CellKernels& cell_kernels();
const GraphKernels& graph_kernels();
const MeshKernels& mesh_kernels();
const NeighborKernels& neighbor_kernels();
const TsneKernels& tsne_kernels();
const UmapKernels& umap_kernels();

const Kernels& kernels() {
  static const Kernels table{TERRELLA_TEXT(TERRELLA_ISA), neighbor_kernels(), graph_kernels(), mesh_kernels(),
                             tsne_kernels(), umap_kernels(), cell_kernels()};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
