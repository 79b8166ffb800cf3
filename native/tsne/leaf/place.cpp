// A new point among old ones that stay.
//
// Its cost is  L(y) = exaggeration · Σ_j p_j ln(1 + |y − y_j|²) + ln Φ(y)  for the affinities p_j to its old neighbours,
// Σ p_j = 1, and the field Φ(y) = Σ_j 1 / (1 + |y − y_j|²) of all old points: its row of t-SNE's divergence. With
// a_j = p_j / (1 + |y − y_j|²) the first term lies below a parabola of curvature 2 Σ a_j that touches it at y, so that
//
//   y ← y − kDamping · (Σ_j a_j (y − y_j) + ∇Φ(y) / (2 · exaggeration · Φ(y))) / Σ_j a_j
//
// needs no learning rate.
#include "core/pairs.hpp"
#include "mesh/leaf/field.hpp"
#include "tsne/leaf/leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr float kDamping = 0.7f;
constexpr float kLongest = 5.0f;

inline float clamp(float v, float low, float high) { return v < low ? low : (v > high ? high : v); }

}  // namespace

void place_point(const TsnePlace& among, const std::int32_t* indices, const float* weights, std::int64_t k,
                 float* place) {
  const float slope = among.field.geometry.inverse_step / (2.0f * among.exaggeration);
  for (std::int64_t iteration = 0; iteration < among.max_iter; ++iteration) {
    Float fx{}, fy{}, stiffness{};
    for (std::int64_t e = 0; e < k; e += kLanes) {
      const int width = k - e < kLanes ? static_cast<int>(k - e) : kLanes;
      const Pairs others = gather_pairs(among.layout, indices + e, width);
      const Float dx = place[0] - others.x;
      const Float dy = place[1] - others.y;
      const Float pull = load_some(weights + e, width) / (1.0f + dx * dx + dy * dy);
      fx += pull * dx;
      fy += pull * dy;
      stiffness += pull;
    }
    const FieldAt field = read_field(among.field, place[0], place[1]);
    const float push = slope / (field.value + among.base);
    const float ease = kDamping / sum(stiffness);
    const float step_x = clamp(ease * (sum(fx) + push * field.slope_x), -kLongest, kLongest);
    const float step_y = clamp(ease * (sum(fy) + push * field.slope_y), -kLongest, kLongest);
    place[0] = clamp(place[0] - step_x, among.low[0], among.high[0]);
    place[1] = clamp(place[1] - step_y, among.low[1], among.high[1]);
  }
}

}  // namespace terrella::TERRELLA_ISA
