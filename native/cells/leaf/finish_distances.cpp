// Squared distances from a tile of products: |x|² + |y|² − 2 x·y, never negative.
#include "leaves.hpp"
#include "neighbors/leaf/leaves.hpp"

namespace terrella::TERRELLA_ISA {

void finish_distances(const float* products, const float* row_squares, const float* column_squares,
                      std::int64_t n_rows, std::int64_t stride, float* distances) {
  static_assert(kPanelColumns == 2 * kLanes);
  const Float left = load<Float>(column_squares);
  const Float right = load<Float>(column_squares + kLanes);
  const Float zero{};
  for (std::int64_t r = 0; r < n_rows; ++r, products += kPanelColumns, distances += stride) {
    store(distances, max(row_squares[r] + left - 2.0f * load<Float>(products), zero));
    store(distances + kLanes, max(row_squares[r] + right - 2.0f * load<Float>(products + kLanes), zero));
  }
}

}  // namespace terrella::TERRELLA_ISA
