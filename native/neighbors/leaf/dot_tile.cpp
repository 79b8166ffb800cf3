// Inner products of a tile of rows with a panel of columns: a matrix product held in registers.
#include "tile.hpp"

namespace terrella::TERRELLA_ISA {

void dot_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile) {
  add_tile(rows, panel, n_features, tile, [](Float sum, Float x, Float y) { return sum + x * y; });
}

}  // namespace terrella::TERRELLA_ISA
