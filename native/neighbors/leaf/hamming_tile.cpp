// How many entries of a tile's rows and a panel's columns differ: counts below 2^24, exact in float32.
#include "tile.hpp"

namespace terrella::TERRELLA_ISA {

void hamming_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile) {
  const Int one = as_int(broadcast(1.0f));
  add_tile(rows, panel, n_features, tile, [one](Float sum, Float x, Float y) {
    return sum + as_float((x != y) & one);
  });
}

}  // namespace terrella::TERRELLA_ISA
