// Σ_f |x_f − y_f| of a tile of rows with a panel of columns.
#include "tile.hpp"

namespace terrella::TERRELLA_ISA {

void manhattan_tile(const float* rows, const float* panel, std::int64_t n_features, float* tile) {
  add_tile(rows, panel, n_features, tile, [](Float sum, Float x, Float y) {
    return sum + as_float(as_int(x - y) & 0x7fffffff);  // without the sign bit
  });
}

}  // namespace terrella::TERRELLA_ISA
