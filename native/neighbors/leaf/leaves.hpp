// What each leaf of the search for neighbours gives to its instruction set's table.
#pragma once

#include "core/simd.hpp"
#include "neighbors/kernels.hpp"

namespace terrella::TERRELLA_ISA {

// A panel holds two registers' width of columns; with 32 registers twelve rows of them fit, with 16 six.
constexpr int kPanelColumns = 2 * kLanes;
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int kTileRows = 12;
#else
constexpr int kTileRows = 6;
#endif

void dot_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile);
void manhattan_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile);
void hamming_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile);

double squares_total(const float* x, const float* y, std::int64_t n_features);
double products_total(const float* x, const float* y, std::int64_t n_features);
double manhattan_total(const float* x, const float* y, std::int64_t n_features);
double hamming_total(const float* x, const float* y, std::int64_t n_features);

int collect(const float* tile, const float* terms, float factor, std::int32_t first_column, const CandidateRows& rows);
int count_nearer(const float* tile, const float* terms, float factor, std::int32_t first_column,
                 const TargetRows& targets, const CandidateRows& unsure);
std::int64_t collect_pairs(const float* tile, const PairSide& rows, const PairSide& columns, float factor,
                           std::int32_t first_row, std::int32_t first_column, std::int32_t* pairs, std::int64_t count);
void pack(const float* const* rows, std::int64_t width, const float* center, float scale, std::int64_t n_features,
          float* out, double* squares);

}  // namespace terrella::TERRELLA_ISA
