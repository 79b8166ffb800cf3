// One epoch of UMAP's optimisation for the vertices first … last − 1: reads the layout `before`, writes `after`.
//
// With d² = |y_i − y_j|² and the low-dimensional similarity q = 1 / (1 + a d^2b), McInnes et al. (2018) pull the ends
// of an edge together by the gradient of −log q, and push a vertex from all others by that of −log(1 − q). umap-learn
// samples both; here each vertex takes the expectation. An edge counts twice, as there, since sampling it moves both
// ends; all others' push is the slope of the field Φ(y) = Σ_k log(1 + 1 / (a (|y − y_k|² + ε)^b)):
//
//   c_ij = 4ab w_ij d^2b / (d² (1 + a d^2b))       F  = Σ_j c_ij (y_j − y_i) − repulsion · D_i ∇Φ(y_i)
//   C_i  = Σ_j c_ij,  D_i = Σ_j w_ij               v ← momentum · v + α F / (1 + drag · D_i + damping · α C_i)
//                                                  y ← y + v, |v| ≤ kLongest along each axis
//
// The division makes the step semi-implicit: however strong the pull, it goes at most 1 / damping times as far as the
// neighbours' weighted mean, and however many pull or push, vertices of large degree move no faster than others.
#include "core/pairs.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr float kMomentum = 0.8f;
constexpr float kDamping = 0.35f;
constexpr float kDrag = 0.3f;
constexpr float kLongest = 4.0f;
constexpr float kTiny = 1e-12f;

struct Pull {
  float x, y, stiffness;
};

inline Pull attract(const GraphView& graph, const UmapEpoch& epoch, const UmapState& state, std::int64_t i) {
  const float x = state.before[2 * i];
  const float y = state.before[2 * i + 1];
  const float strength = 4.0f * epoch.a * epoch.b;
  Float fx{}, fy{}, stiffness{};
  const std::int64_t end = graph.indptr[i + 1];
  for (std::int64_t e = graph.indptr[i]; e < end; e += kLanes) {
    const int width = end - e < kLanes ? static_cast<int>(end - e) : kLanes;
    const Pairs others = gather_pairs(state.others, graph.indices + e, width);
    const Float dx = others.x - x;
    const Float dy = others.y - y;
    const Float d2 = max(dx * dx + dy * dy, broadcast(kTiny));
    const Float power = exp2(epoch.b * log2(d2));
    const Float c = strength * load_some(graph.weights + e, width) * power / (d2 * (1.0f + epoch.a * power));
    fx += c * dx;
    fy += c * dy;
    stiffness += c;
  }
  return {sum(fx), sum(fy), sum(stiffness)};
}

inline float clip(float v) { return v > kLongest ? kLongest : (v < -kLongest ? -kLongest : v); }

}  // namespace

void move_rows(const GraphView& graph, const UmapEpoch& epoch, const UmapState& state, std::int64_t first,
               std::int64_t last) {
  for (std::int64_t i = first; i < last; ++i) {
    const Pull pull = attract(graph, epoch, state, i);
    const float degree = state.degrees[i];
    const float push = epoch.repulsion * degree;
    const float step = epoch.learning_rate / (1.0f + kDrag * degree + kDamping * epoch.learning_rate * pull.stiffness);
    const float fx = pull.x - push * state.slopes[2 * i];
    const float fy = pull.y - push * state.slopes[2 * i + 1];
    const float vx = clip(kMomentum * state.velocities[2 * i] + step * fx);
    const float vy = clip(kMomentum * state.velocities[2 * i + 1] + step * fy);
    state.velocities[2 * i] = vx;
    state.velocities[2 * i + 1] = vy;
    state.after[2 * i] = state.before[2 * i] + vx;
    state.after[2 * i + 1] = state.before[2 * i + 1] + vy;
  }
}

}  // namespace terrella::TERRELLA_ISA
