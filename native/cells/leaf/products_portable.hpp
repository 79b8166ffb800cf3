// The plain twin of the other products: loops that any compiler understands.
#pragma once

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTileRowCount = kRowBlock;
constexpr int kTileBlocks = 1;

struct ProductUnit {};

struct BlockProducts {
  std::int32_t lanes[kColumnBlock];
};

struct BlockValues {
  float lanes[kColumnBlock];
};

using BlockNorms = BlockValues;

template <int kRows>
inline void multiply(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* columns, std::int64_t,
                     std::int32_t n_groups, BlockProducts (&products)[kRows][kTileBlocks]) {
  for (int r = 0; r < kRows; ++r) {
    std::int32_t totals[kColumnBlock] = {};
    const std::int8_t* row = rows + r * row_bytes;
    for (std::int32_t g = 0; g < n_groups; ++g) {
      const std::uint8_t* group = columns + g * kColumnBlock * kCodeGroup;
      for (int c = 0; c < kColumnBlock; ++c) {
        for (int f = 0; f < kCodeGroup; ++f) totals[c] += row[g * kCodeGroup + f] * group[c * kCodeGroup + f];
      }
    }
    std::memcpy(products[r][0].lanes, totals, sizeof totals);
  }
}

inline BlockNorms load_norms(const float* norms) { return load<BlockNorms>(norms); }

inline BlockValues block_values(const BlockProducts& products, const BlockNorms& norms, float gain) {
  BlockValues values;
  for (int c = 0; c < kColumnBlock; ++c) {
    values.lanes[c] = norms.lanes[c] + gain * static_cast<float>(products.lanes[c]);
  }
  return values;
}

inline bool any_below(const BlockValues& values, float threshold) {
  int found = 0;
  for (int c = 0; c < kColumnBlock; ++c) found |= values.lanes[c] < threshold;
  return found != 0;
}

inline std::int32_t append_passing(const BlockValues& values, float threshold, float offset, std::int32_t column,
                                   float* to, std::int32_t* points, std::int32_t count) {
  for (int c = 0; c < kColumnBlock; ++c) {
    to[count] = values.lanes[c] + offset;
    points[count] = column + c;
    count += values.lanes[c] < threshold;
  }
  return count;
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
