// Products by AMX tiles: 32 rows with 32 columns at a time, 64 features to a step.
//
// Tiles 0 … 3 hold the products, 4 and 5 the rows, 6 and 7 the columns. A block of columns is laid out as the
// instruction wants it: tile row g holds group g's four features of each of its sixteen columns. The products come
// back through memory; features beyond a multiple of 64 are added by VNNI.
#pragma once

#if defined(TERRELLA_AMX_EMULATED)
#include "tests/amx_emulation.hpp"
#endif

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTileGroups = 16;  // groups that a tile holds
constexpr int kTileBytes = 64;   // of a tile's row

// What LDTILECFG reads, byte for byte: palette 1, eight whole tiles.
struct alignas(64) TileShapes {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

// Holds the tiles' shapes while a cell is scanned; a machine keeps them for each thread.
class ProductUnit {
 public:
  ProductUnit() {
    static constexpr TileShapes shapes;  // static: GCC's _tile_loadconfig tells of reading the first bytes only
    _tile_loadconfig(&shapes);
  }
  ~ProductUnit() { _tile_release(); }
};

inline void add_tiles(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* left,
                      const std::uint8_t* right) {
  _tile_loadd(4, rows, row_bytes);
  _tile_loadd(5, rows + 16 * row_bytes, row_bytes);
  _tile_loadd(6, left, kTileBytes);
  _tile_loadd(7, right, kTileBytes);
  _tile_dpbsud(0, 4, 6);
  _tile_dpbsud(1, 4, 7);
  _tile_dpbsud(2, 5, 6);
  _tile_dpbsud(3, 5, 7);
}

template <>
inline void multiply<32>(const std::int8_t* rows, std::int64_t row_bytes, const std::uint8_t* columns,
                         std::int64_t block_bytes, std::int32_t n_groups, BlockProducts (&products)[32][kTileBlocks]) {
  constexpr int kStep = kTileGroups * kTileBytes;  // of a block of columns
  constexpr int kProductBytes = kTileBlocks * kTileBytes;
  const std::int32_t steps = n_groups / kTileGroups;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (std::int32_t s = 0; s < steps; ++s) {
    const std::uint8_t* left = columns + s * kStep;
    add_tiles(rows + s * kTileBytes, row_bytes, left, left + block_bytes);
  }
  _tile_stored(0, &products[0][0], kProductBytes);
  _tile_stored(1, &products[0][1], kProductBytes);
  _tile_stored(2, &products[16][0], kProductBytes);
  _tile_stored(3, &products[16][1], kProductBytes);
  if (n_groups % kTileGroups == 0) return;
  for (int r = 0; r < 32; r += kRowBlock) {
    BlockProducts rest[kRowBlock][kTileBlocks];
    multiply<kRowBlock>(rows + r * row_bytes + steps * kTileBytes, row_bytes, columns + steps * kStep, block_bytes,
                        n_groups % kTileGroups, rest);
    for (int i = 0; i < kRowBlock; ++i) {
      for (int b = 0; b < kTileBlocks; ++b) products[r + i][b] = _mm512_add_epi32(products[r + i][b], rest[i][b]);
    }
  }
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
