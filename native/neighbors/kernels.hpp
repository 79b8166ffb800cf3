// The leaves of the search for neighbours.
#pragma once

#include <cstdint>

namespace terrella {

// Where leaf/collect.cpp puts the columns that may lie below a row's threshold.
struct CandidateRows {
  const float* thresholds;   // (tile_rows,)
  std::int32_t* candidates;  // (tile_rows, stride) column numbers
  std::int32_t* counts;      // (tile_rows,)
  std::int64_t stride;
};

struct NeighborKernels {
  int panel_columns;
  int tile_rows;
  void (*dot_tile)(const float* rows, const float* panel, std::int64_t n_features, float* tile);
  int (*collect)(const float* tile, const float* norms, std::int32_t first_column, const CandidateRows& rows);
  double (*squared_distance)(const float* x, const float* y, std::int64_t n_features);
};

}  // namespace terrella
