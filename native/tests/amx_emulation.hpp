// AMX's tile instructions in plain C++, so that the leaf that uses them is proven on machines without them.
//
// As Intel's manual defines them: a tile has a shape (rows, bytes a row); TDPBSUD adds to each 32-bit entry (m, n) of
// the first the products Σ_k Σ_4 signed a[m, 4k + i] · unsigned b[k, 4n + i].
#pragma once

#include <cstdint>
#include <cstring>

namespace terrella::tests {

struct EmulatedTile {
  int rows = 0;
  int row_bytes = 0;
  std::uint8_t bytes[16][64];
};

inline thread_local EmulatedTile emulated_tiles[8];
inline thread_local bool tiles_configured = false;

inline void emulated_loadconfig(const void* config) {
  const auto* bytes = static_cast<const std::uint8_t*>(config);
  for (int t = 0; t < 8; ++t) {
    std::uint16_t row_bytes;
    std::memcpy(&row_bytes, bytes + 16 + 2 * t, sizeof row_bytes);
    emulated_tiles[t] = EmulatedTile{};
    emulated_tiles[t].row_bytes = row_bytes;
    emulated_tiles[t].rows = bytes[48 + t];
  }
  tiles_configured = bytes[0] == 1;
}

inline void emulated_release() { tiles_configured = false; }

inline EmulatedTile& emulated_tile(int t) {
  if (!tiles_configured) __builtin_trap();  // the machine raises #UD
  return emulated_tiles[t];
}

inline void emulated_zero(int t) { std::memset(emulated_tile(t).bytes, 0, sizeof EmulatedTile{}.bytes); }

inline void emulated_load(int t, const void* from, std::int64_t stride) {
  EmulatedTile& tile = emulated_tile(t);
  for (int r = 0; r < tile.rows; ++r) {
    std::memcpy(tile.bytes[r], static_cast<const char*>(from) + r * stride, tile.row_bytes);
  }
}

inline void emulated_store(int t, void* to, std::int64_t stride) {
  const EmulatedTile& tile = emulated_tile(t);
  for (int r = 0; r < tile.rows; ++r) {
    std::memcpy(static_cast<char*>(to) + r * stride, tile.bytes[r], tile.row_bytes);
  }
}

inline void emulated_dpbsud(int sums, int left, int right) {
  EmulatedTile& c = emulated_tile(sums);
  const EmulatedTile& a = emulated_tile(left);
  const EmulatedTile& b = emulated_tile(right);
  for (int m = 0; m < c.rows; ++m) {
    for (int n = 0; n < c.row_bytes / 4; ++n) {
      std::int32_t sum;
      std::memcpy(&sum, c.bytes[m] + 4 * n, sizeof sum);
      for (int k = 0; k < a.row_bytes; ++k) {
        sum += static_cast<std::int8_t>(a.bytes[m][k]) * b.bytes[k / 4][4 * n + k % 4];
      }
      std::memcpy(c.bytes[m] + 4 * n, &sum, sizeof sum);
    }
  }
}

}  // namespace terrella::tests

#undef _tile_loadconfig
#undef _tile_release
#undef _tile_zero
#undef _tile_loadd
#undef _tile_stored
#undef _tile_dpbsud
#define _tile_loadconfig(config) ::terrella::tests::emulated_loadconfig(config)
#define _tile_release() ::terrella::tests::emulated_release()
#define _tile_zero(t) ::terrella::tests::emulated_zero(t)
#define _tile_loadd(t, from, stride) ::terrella::tests::emulated_load(t, from, stride)
#define _tile_stored(t, to, stride) ::terrella::tests::emulated_store(t, to, stride)
#define _tile_dpbsud(sums, left, right) ::terrella::tests::emulated_dpbsud(sums, left, right)
