// What each leaf of t-SNE gives to its instruction set's table.
#pragma once

#include "core/simd.hpp"
#include "tsne/kernels.hpp"

namespace terrella::TERRELLA_ISA {

void move_rows(const GraphView& affinities, const FieldView& field, const TsneIteration& iteration,
               const TsneState& state, std::int64_t first, std::int64_t last);
double edge_costs(const GraphView& affinities, const float* layout, std::int64_t first, std::int64_t last);
void gaussian_row(const float* distances, std::int64_t k, float bits, float* scratch, float* weights);
void place_point(const TsnePlace& among, const std::int32_t* indices, const float* weights, std::int64_t k,
                 float* place);

}  // namespace terrella::TERRELLA_ISA
