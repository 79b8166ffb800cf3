// The leaf kernels, compiled once for every instruction set, and the choice among them.
//
// A leaf works on flat arrays on one thread, allocates nothing and calls nothing that is not its own, so that
// no code compiled for a newer machine can be linked into the path of an older one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace terrella {

// Where isa/collect.cpp puts the columns that may lie below a row's threshold.
struct CandidateRows {
  const float* thresholds;   // (tile_rows,)
  std::int32_t* candidates;  // (tile_rows, stride) column numbers
  std::int32_t* counts;      // (tile_rows,)
  std::int64_t stride;
};

// A symmetric weighted graph in compressed sparse rows.
struct GraphView {
  std::int64_t n;
  const std::int64_t* indptr;   // (n + 1,)
  const std::int32_t* indices;  // (indptr[n],)
  const float* weights;         // (indptr[n],)
};

// Vertices that share a table of negatives; the unit of parallel work.
constexpr std::int64_t kUmapChunk = 1024;

// What one epoch of UMAP's optimisation needs besides the graph and the layout.
struct UmapEpoch {
  float a;
  float b;
  float learning_rate;
  float negative_rate;  // repulsions per unit of attraction weight
  float damping;
  std::uint64_t seed;
  std::int64_t epoch;
};

struct Kernels {
  const char* name;
  int panel_columns;
  int tile_rows;
  void (*dot_tile)(const float* rows, const float* panel, std::int64_t n_features, float* tile);
  int (*collect)(const float* tile, const float* norms, std::int32_t first_column, const CandidateRows& rows);
  double (*squared_distance)(const float* x, const float* y, std::int64_t n_features);
  void (*smooth_rows)(const GraphView& graph, const float* scale, const float* current, const float* previous,
                      float gain, float shift, float* next, std::int64_t first, std::int64_t last);
  void (*umap_rows)(const GraphView& graph, const UmapEpoch& epoch, const float* before, float* after,
                    std::int64_t first, std::int64_t last);
};

// Names of the instruction sets that this build has and this machine runs, the best last.
std::vector<std::string> available_isas();

// Throws std::invalid_argument for a name that is not available here.
const Kernels& kernels_for(const std::string& isa);

}  // namespace terrella
