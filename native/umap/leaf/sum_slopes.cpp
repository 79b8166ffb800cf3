// The field by which UMAP's points repel, summed over all of them: exact, for so few that a mesh does not pay.
//
//   ∇Φ(y) = −Σ_k 2b (y − y_k) / (D (1 + a D^b)),  D = |y − y_k|² + ε
#include "core/simd.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

void sum_slopes(const UmapPoints& points, float a, float b, float epsilon, const float* places, std::int64_t count,
                float* slopes) {
  for (std::int64_t i = 0; i < count; ++i) {
    Float sx{}, sy{};
    for (std::int64_t k = 0; k < points.count; k += kLanes) {
      const Float dx = places[2 * i] - load<Float>(points.x + k);
      const Float dy = places[2 * i + 1] - load<Float>(points.y + k);
      const Float d2 = dx * dx + dy * dy + epsilon;
      const Float push = (-2.0f * b) / (d2 * (1.0f + a * exp2(b * log2(d2))));
      sx += push * dx;
      sy += push * dy;
    }
    slopes[2 * i] = sum(sx);
    slopes[2 * i + 1] = sum(sy);
  }
}

}  // namespace terrella::TERRELLA_ISA
