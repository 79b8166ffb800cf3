// What each leaf of UMAP's optimisation gives to its instruction set's table.
#pragma once

#include "umap/kernels.hpp"

namespace terrella::TERRELLA_ISA {

void move_rows(const GraphView& graph, const UmapEpoch& epoch, const UmapState& state, std::int64_t first,
               std::int64_t last);
void sum_slopes(const UmapPoints& points, float a, float b, float epsilon, const float* places, std::int64_t count,
                float* slopes);

}  // namespace terrella::TERRELLA_ISA
