// The leaves of the search for neighbours.
#pragma once

#include <cstdint>

namespace terrella {

// Of how many features a tile adds up the terms before their sum joins the total: rounding grows with the longer of a
// run and the number of runs, not with the number of features.
constexpr std::int64_t kRunLength = 128;

// Where leaf/collect.cpp puts the columns that may lie within a row's limit.
struct CandidateRows {
  const float* limits;       // (tile_rows,)
  std::int32_t* candidates;  // (tile_rows, stride) column numbers
  std::int32_t* counts;      // (tile_rows,)
  std::int64_t stride;
};

// How far away a row's targets are, as leaf/count_nearer.cpp compares them with a tile's totals.
struct TargetRows {
  const float* inner;    // (tile_rows, n_targets) ascending; below it a column is surely nearer than the target
  const float* outer;    // (tile_rows, n_targets) ascending; from it on a column is surely not
  std::int32_t* nearer;  // (tile_rows, n_targets) how many columns were surely nearer
  std::int64_t n_targets;
};

// What leaf/collect_pairs.cpp knows of one side of a tile.
struct PairSide {
  const float* terms;   // the bound's point_term; +∞ for padding
  const float* limits;  // the bound's outer_limit; −∞ for padding
};

// What a metric adds up over the features of two vectors: products, squares, lengths or differing entries.
struct MetricKernels {
  // For every row of a tile and column of a panel, in float32: fast, and as wrong as rounding makes it.
  void (*tile)(const float* rows, const float* panel, std::int64_t n_features, float* tile);
  // For one pair, in double precision and an order of addition that every instruction set shares.
  double (*total)(const float* x, const float* y, std::int64_t n_features);
};

struct NeighborKernels {
  int lanes;
  int panel_columns;
  int tile_rows;
  MetricKernels metrics[4];  // by Metric
  int (*collect)(const float* tile, const float* terms, float factor, std::int32_t first_column,
                 const CandidateRows& rows);
  int (*count_nearer)(const float* tile, const float* terms, float factor, std::int32_t first_column,
                      const TargetRows& targets, const CandidateRows& unsure);
  std::int64_t (*collect_pairs)(const float* tile, const PairSide& rows, const PairSide& columns, float factor,
                                std::int32_t first_row, std::int32_t first_column, std::int32_t* pairs,
                                std::int64_t count);
  void (*pack)(const float* const* rows, std::int64_t width, const float* center, float scale,
               std::int64_t n_features, float* out, double* squares);
};

}  // namespace terrella
