// What each leaf file of one instruction set gives to its table.
#pragma once

#include "../isa.hpp"
#include "simd.hpp"

namespace terrella::TERRELLA_ISA {

// A panel holds two registers' width of columns; with 32 registers twelve rows of them fit, with 16 six.
constexpr int kPanelColumns = 2 * kLanes;
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int kTileRows = 12;
#else
constexpr int kTileRows = 6;
#endif

void dot_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile);
int collect(const float* tile, const float* norms, std::int32_t first_column, const CandidateRows& rows);
double squared_distance(const float* x, const float* y, std::int64_t n_features);
void smooth_rows(const GraphView& graph, const float* scale, const float* current, const float* previous, float gain,
                 float shift, float* next, std::int64_t first, std::int64_t last);
void umap_rows(const GraphView& graph, const UmapEpoch& epoch, const float* before, float* after, std::int64_t first,
               std::int64_t last);

}  // namespace terrella::TERRELLA_ISA
