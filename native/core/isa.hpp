// The choice among the leaf kernels, which are compiled once for every instruction set.
//
// A leaf works on flat arrays on one thread, allocates nothing and calls nothing that is not its own, so that
// no code compiled for a newer machine can be linked into the path of an older one. Each folder declares the
// leaves it needs as a table of functions; their sources lie in its leaf/.
#pragma once

#include <string>
#include <vector>

namespace terrella {

struct CellKernels;
struct GraphKernels;
struct MeshKernels;
struct NeighborKernels;
struct TsneKernels;
struct UmapKernels;

struct Kernels {
  const char* name;
  const NeighborKernels& neighbors;
  const GraphKernels& graph;
  const MeshKernels& mesh;
  const TsneKernels& tsne;
  const UmapKernels& umap;
  const CellKernels& cells;
};

// Names of the instruction sets that this build has and this machine runs, the best last.
std::vector<std::string> available_isas();

// Throws std::invalid_argument for a name that is not available here.
const Kernels& kernels_for(const std::string& isa);

}  // namespace terrella
