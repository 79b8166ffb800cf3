// What each leaf of the approximate search gives to its instruction set's table.
#pragma once

#include "cells/kernels.hpp"
#include "core/simd.hpp"

namespace terrella::TERRELLA_ISA {

void scan_cell(const CellColumns& columns, const CellRows& rows, const CandidateLists& lists);
float encode_row(const float* x, const float* centre, std::int64_t n_features, std::int8_t* codes, float* squared,
                 std::int32_t* total);
void pack_rows(const float* const* rows, std::int64_t n_rows, const float* origin, std::int64_t n_features,
               std::int64_t tile_rows, float* packed);
void finish_distances(const float* products, const float* row_squares, const float* column_squares,
                      std::int64_t n_rows, std::int64_t stride, float* distances);
float rough_squares(const float* x, const float* y, std::int64_t n_features);
float rank_bound(const float* values, std::int64_t count, std::int64_t rank);
std::int32_t list_below(const float* values, std::int32_t count, float bound, std::int32_t* places);
std::int32_t keep_below(float* values, std::int32_t* points, std::int32_t count, float bound);

}  // namespace terrella::TERRELLA_ISA
