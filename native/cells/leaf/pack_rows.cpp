// Rows turned feature by feature, as tiles of products want them.
//
// Four rows at a time are transposed in squares of four features; what is left over goes one by one.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

using Quad = float __attribute__((vector_size(16)));

inline void pack_four(const float* const* rows, const float* origin, std::int64_t n_features, std::int64_t tile_rows,
                      float* packed) {
  std::int64_t f = 0;
  for (; f + 4 <= n_features; f += 4) {
    const Quad o = load<Quad>(origin + f);
    const Quad a = load<Quad>(rows[0] + f) - o;
    const Quad b = load<Quad>(rows[1] + f) - o;
    const Quad c = load<Quad>(rows[2] + f) - o;
    const Quad d = load<Quad>(rows[3] + f) - o;
    const Quad ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const Quad ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Quad cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const Quad cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    float* to = packed + f * tile_rows;
    store(to, __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5));
    store(to + tile_rows, __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7));
    store(to + 2 * tile_rows, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
    store(to + 3 * tile_rows, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
  }
  for (; f < n_features; ++f) {
    for (int r = 0; r < 4; ++r) packed[f * tile_rows + r] = rows[r][f] - origin[f];
  }
}

}  // namespace

void pack_rows(const float* const* rows, std::int64_t n_rows, const float* origin, std::int64_t n_features,
               std::int64_t tile_rows, float* packed) {
  std::int64_t r = 0;
  for (; r + 4 <= n_rows; r += 4) pack_four(rows + r, origin, n_features, tile_rows, packed + r);
  for (; r < n_rows; ++r) {
    for (std::int64_t f = 0; f < n_features; ++f) packed[f * tile_rows + r] = rows[r][f] - origin[f];
  }
}

}  // namespace terrella::TERRELLA_ISA
