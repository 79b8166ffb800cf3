// The product of a cell's columns with the rows of the queries that look into it, and what passes their thresholds.
//
// A tile of rows by columns is summed in registers and compared there; only columns that pass ever reach memory:
//
//   value[r, c] = norms[c] + gains[r] · Σ_f row[r, f] · column[c, f]  <  thresholds[r]
#include "leaves.hpp"
#include "products.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

// Appends the lanes of `mask`, one block of columns from `column` on, to the list of row r.
inline void append(const CellRows& rows, std::int32_t r, const CandidateLists& lists, std::int32_t column,
                   const BlockValues& values) {
  const std::int32_t list = rows.lists[r];
  float* to = lists.values + list * lists.stride;
  std::int32_t* points = lists.points + list * lists.stride;
  lists.counts[list] = append_passing(values, rows.thresholds[r], rows.offsets[r], column, to, points,
                                      lists.counts[list]);
}

template <int kRows>
inline void scan_rows(const CellColumns& columns, const CellRows& rows, std::int32_t first_row,
                      const CandidateLists& lists) {
  const std::int64_t row_bytes = std::int64_t{columns.n_groups} * kCodeGroup;
  const std::int64_t block_bytes = row_bytes * kColumnBlock;
  const std::int8_t* row_codes = rows.codes + first_row * row_bytes;
  for (std::int32_t c = 0; c < columns.n_columns; c += kTileBlocks * kColumnBlock) {
    const std::uint8_t* codes = columns.codes + c / kColumnBlock * block_bytes;
    const int blocks = c + kColumnBlock < columns.n_columns ? kTileBlocks : 1;
    // The last block of an odd number stands in for its missing neighbour.
    BlockProducts products[kRows][kTileBlocks];
    multiply<kRows>(row_codes, row_bytes, codes, blocks == kTileBlocks ? block_bytes : 0, columns.n_groups, products);
    for (int b = 0; b < blocks; ++b) {
      const std::int32_t column = c + b * kColumnBlock;
      const BlockNorms norms = load_norms(columns.norms + column);
      for (int r = 0; r < kRows; ++r) {
        const BlockValues values = block_values(products[r][b], norms, rows.gains[first_row + r]);
        if (any_below(values, rows.thresholds[first_row + r])) {
          append(rows, first_row + r, lists, columns.first + column, values);
        }
      }
    }
  }
}

}  // namespace

void scan_cell(const CellColumns& columns, const CellRows& rows, const CandidateLists& lists) {
  [[maybe_unused]] const ProductUnit unit;
  std::int32_t r = 0;
  for (; r + kTileRowCount <= rows.n_rows; r += kTileRowCount) scan_rows<kTileRowCount>(columns, rows, r, lists);
  for (; r + 2 * kRowBlock <= rows.n_rows; r += 2 * kRowBlock) scan_rows<2 * kRowBlock>(columns, rows, r, lists);
  for (; r < rows.n_rows; r += kRowBlock) scan_rows<kRowBlock>(columns, rows, r, lists);
}

}  // namespace terrella::TERRELLA_ISA
