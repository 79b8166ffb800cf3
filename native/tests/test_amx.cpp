// The AMX leaf, compiled on emulated tiles, finds what the portable one finds: its tiling and layout are right on a
// machine that has none to run it on.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cells/kernels.hpp"
#include "core/isa.hpp"
#include "tests/check.hpp"
#include "tests/points.hpp"
#include "tests/suites.hpp"

#if defined(TERRELLA_X86)
namespace terrella {

namespace amx_emulated {
void scan_cell(const CellColumns& columns, const CellRows& rows, const CandidateLists& lists);
}

namespace tests {
namespace {

struct Scanned {
  std::vector<float> values;
  std::vector<std::int32_t> points;
  std::vector<std::int32_t> counts;
};

template <typename ScanCell>
Scanned scan(ScanCell scan_cell, const CellColumns& columns, const CellRows& rows) {
  const std::int64_t stride = columns.n_columns + kColumnBlock;
  const auto room = static_cast<std::size_t>(rows.n_rows * stride);
  Scanned found{std::vector<float>(room), std::vector<std::int32_t>(room),
                std::vector<std::int32_t>(static_cast<std::size_t>(rows.n_rows))};
  scan_cell(columns, rows, CandidateLists{found.values.data(), found.points.data(), found.counts.data(), stride});
  return found;
}

void check(std::int32_t n_rows, std::int32_t n_columns, std::int32_t n_groups, Random& random) {
  std::vector<std::int8_t> row_codes(static_cast<std::size_t>(n_rows * n_groups * kCodeGroup));
  std::vector<std::uint8_t> column_codes(static_cast<std::size_t>(n_columns * n_groups * kCodeGroup));
  for (std::int8_t& code : row_codes) code = static_cast<std::int8_t>(random.below(255) - kRowLimit);
  for (std::uint8_t& code : column_codes) code = static_cast<std::uint8_t>(random.below(127) + 1);
  std::vector<float> norms(static_cast<std::size_t>(n_columns)), gains(static_cast<std::size_t>(n_rows), -0.5f);
  for (float& norm : norms) norm = static_cast<float>(random.below(1000));
  norms.back() = std::numeric_limits<float>::infinity();
  std::vector<float> thresholds(static_cast<std::size_t>(n_rows)), offsets(static_cast<std::size_t>(n_rows));
  std::vector<std::int32_t> lists(static_cast<std::size_t>(n_rows));
  for (std::int32_t r = 0; r < n_rows; ++r) {
    thresholds[r] = static_cast<float>(random.below(20000) - 10000) + 0.25f;
    lists[r] = n_rows - 1 - r;
  }
  const CellColumns columns{column_codes.data(), norms.data(), 1000, n_columns, n_groups};
  const CellRows rows{row_codes.data(), gains.data(), thresholds.data(), offsets.data(), lists.data(), n_rows};
  const Scanned expected = scan(kernels_for("portable").cells.scan_cell, columns, rows);
  const Scanned found = scan(amx_emulated::scan_cell, columns, rows);
  CHECK(found.counts == expected.counts);
  for (std::int32_t r = 0; r < n_rows; ++r) {
    const std::int64_t first = r * (n_columns + std::int64_t{kColumnBlock});
    for (std::int64_t i = first; i < first + expected.counts[r]; ++i) {
      CHECK(found.points[i] == expected.points[i]);
      CHECK(found.values[i] == expected.values[i]);  // small whole and half numbers: exact
    }
  }
}

}  // namespace

void test_amx() {
  const std::vector<std::string> isas = available_isas();
  if (std::find(isas.begin(), isas.end(), "vnni") == isas.end()) return;  // the leaf's rest is made of VNNI
  Random random(21);
  for (const std::int32_t n_rows : {4, 28, 32, 36, 64, 96}) {
    for (const std::int32_t n_columns : {16, 32, 48, 112}) {
      for (const std::int32_t n_groups : {1, 15, 16, 17, 24, 32, 41}) check(n_rows, n_columns, n_groups, random);
    }
  }
}

}  // namespace tests
}  // namespace terrella
#else
namespace terrella::tests {
void test_amx() {}
}  // namespace terrella::tests
#endif
