// The leaves of the approximate search: products of int8 codes, and the selection of the smallest values.
//
// A cell is a small group of points around a centre. Its columns are the points' offsets y from that centre in units
// of the cell's step, 7 bits each, stored as y + 64 in unsigned bytes; a query's row is its own offset x in steps of
// its own, 8 bits signed. Products of the two fit the 8-bit instructions of every machine: pairs of them stay below
// 2^15, where AVX2 would saturate. Both are cut into groups of four features, which those instructions add up.
#pragma once

#include <cstdint>

namespace terrella {

constexpr int kCodeGroup = 4;         // features that one 8-bit instruction multiplies and adds
constexpr int kColumnBlock = 16;      // columns side by side
constexpr int kCodeOffset = 64;       // what makes a column's code unsigned
constexpr int kColumnLimit = 63;      // columns hold −63 … 63
constexpr int kRowLimit = 127;        // rows hold −127 … 127
constexpr int kRowBlock = 4;          // rows come in multiples of this

// One cell's points.
struct CellColumns {
  const std::uint8_t* codes;  // (n_columns / kColumnBlock, n_groups, kColumnBlock, kCodeGroup)
  const float* norms;         // (n_columns,) squared length of each offset; +∞ for padding
  std::int32_t first;         // the number of the first column
  std::int32_t n_columns;     // a multiple of kColumnBlock
  std::int32_t n_groups;
};

// The queries that look into the cell.
struct CellRows {
  const std::int8_t* codes;   // (n_rows, n_groups, kCodeGroup)
  const float* gains;         // (n_rows,) −2 · step of the row · step of the columns
  const float* thresholds;    // (n_rows,) on norms[c] + gain · Σ row · (column + 64); −∞ for padding
  const float* offsets;       // (n_rows,) what makes of that the squared distance
  const std::int32_t* lists;  // (n_rows,) the number of the list that takes what passes
  std::int32_t n_rows;        // a multiple of kRowBlock
};

// Found so far: list l holds counts[l] points at l · stride.
struct CandidateLists {
  float* values;         // (n_lists, stride) squared distances, as far as the codes tell
  std::int32_t* points;  // (n_lists, stride) column numbers
  std::int32_t* counts;  // (n_lists,)
  std::int64_t stride;
};

struct CellKernels {
  // Appends to each row's list, in ascending order, every column whose value lies below the row's threshold.
  // A list needs room for all columns and kColumnBlock more entries, which are scribbled on.
  void (*scan_cell)(const CellColumns& columns, const CellRows& rows, const CandidateLists& lists);

  // Writes the int8 code of x − centre, padded with zeros to whole groups; returns its step, 0 if x is the centre.
  // *squared: |x − centre|²; *total: the sum of the codes.
  float (*encode_row)(const float* x, const float* centre, std::int64_t n_features, std::int8_t* codes,
                      float* squared, std::int32_t* total);

  // Writes packed[f, r] = rows[r][f] − origin[f] for r < n_rows ≤ tile_rows; packed is (n_features, tile_rows).
  void (*pack_rows)(const float* const* rows, std::int64_t n_rows, const float* origin, std::int64_t n_features,
                    std::int64_t tile_rows, float* packed);

  // Writes row_squares[r] + column_squares[c] − 2 · products[r, c], or 0 if that is more, for a tile of the plain
  // products of neighbors/kernels.hpp; the rows of `distances` lie `stride` apart.
  void (*finish_distances)(const float* products, const float* row_squares, const float* column_squares,
                           std::int64_t n_rows, std::int64_t stride, float* distances);

  // Σ (x − y)² in float32.
  float (*rough_squares)(const float* x, const float* y, std::int64_t n_features);

  // A bound that at least `rank` of `count` finite values do not exceed, and hardly more. 1 ≤ rank ≤ count.
  float (*rank_bound)(const float* values, std::int64_t count, std::int64_t rank);

  // Writes the places of the values that are at most `bound`, ascending, and returns how many they are. `places`
  // needs room for `count` and kColumnBlock more, which are scribbled on.
  std::int32_t (*list_below)(const float* values, std::int32_t count, float bound, std::int32_t* places);

  // Keeps, in their order, the entries whose value is at most `bound`; returns how many.
  std::int32_t (*keep_below)(float* values, std::int32_t* points, std::int32_t count, float bound);
};

}  // namespace terrella
