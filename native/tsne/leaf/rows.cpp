// One iteration of t-SNE's gradient descent for the vertices first … last − 1: reads the layout `before`, writes
// `after`.
//
// With q_ij = 1 / (1 + |y_i − y_j|²), Z = Σ_k≠l q_kl and the field Φ(y) = Σ_j 1 / (1 + |y − y_j|²), whose gradient is
// −2 Σ_j q_ij² (y_i − y_j), van der Maaten's (2014) gradient is
//
//   g_i = 4 (exaggeration · Σ_j p_ij q_ij (y_i − y_j)  −  Σ_j q_ij² (y_i − y_j) / Z)
//       = 4 (exaggeration · Σ_j p_ij q_ij (y_i − y_j)  +  ∇Φ(y_i) / 2Z).
//
// Each coordinate has a gain, which grows by 0.2 while gradient and velocity part and shrinks to 0.8 of itself while
// they agree (Jacobs 1988);  v_i ← momentum · v_i − learning_rate · gain_i · g_i,  no longer than kLongestStep.
#include "core/pairs.hpp"
#include "mesh/leaf/field.hpp"
#include "tsne/leaf/leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr float kLeastGain = 0.01f;
constexpr float kLongestStep = 5.0f;

struct Force {
  float x, y;
};

// Σ_j p_ij q_ij (y_i − y_j)
inline Force attraction(const GraphView& affinities, const float* layout, std::int64_t i) {
  const float x = layout[2 * i];
  const float y = layout[2 * i + 1];
  Float fx{}, fy{};
  const std::int64_t end = affinities.indptr[i + 1];
  for (std::int64_t e = affinities.indptr[i]; e < end; e += kLanes) {
    const int width = end - e < kLanes ? static_cast<int>(end - e) : kLanes;
    const Pairs others = gather_pairs(layout, affinities.indices + e, width);
    const Float dx = x - others.x;
    const Float dy = y - others.y;
    const Float pull = load_some(affinities.weights + e, width) / (1.0f + dx * dx + dy * dy);
    fx += pull * dx;
    fy += pull * dy;
  }
  return {sum(fx), sum(fy)};
}

// −∇ of the cost at kLanes vertices from `first` on, as far as there are any, (kLanes, 2).
inline void gradients(const GraphView& affinities, const FieldView& field, const TsneIteration& iteration,
                      const float* layout, std::int64_t first, int count, float* gradient) {
  const float repulsion = 0.5f * iteration.inverse_z * field.geometry.inverse_step;
  for (int v = 0; v < count; ++v) {
    const Force pull = attraction(affinities, layout, first + v);
    const FieldAt push = read_field(field, layout[2 * (first + v)], layout[2 * (first + v) + 1]);
    gradient[2 * v] = 4.0f * (iteration.exaggeration * pull.x + repulsion * push.slope_x);
    gradient[2 * v + 1] = 4.0f * (iteration.exaggeration * pull.y + repulsion * push.slope_y);
  }
}

// x and y of each pair exchanged.
inline Float swap_pairs(Float v) {
#if defined(__AVX512F__)
  return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
#elif defined(__AVX2__)
  return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
#else
  return __builtin_shufflevector(v, v, 1, 0, 3, 2);
#endif
}

// Half a vector of vertices, x and y in turn.
inline void move(const TsneIteration& iteration, Float gradient, const float* before, float* after, float* velocities,
                 float* gains) {
  const Float zero{};
  const Float velocity = load<Float>(velocities);
  const Float gain = load<Float>(gains);
  const Float grown = max((gradient > zero) != (velocity > zero) ? gain + 0.2f : 0.8f * gain, broadcast(kLeastGain));
  Float step = iteration.momentum * velocity - iteration.learning_rate * grown * gradient;
  const Float squares = step * step;
  const Float length2 = squares + swap_pairs(squares);
  if (any(length2 > broadcast(kLongestStep * kLongestStep))) {
    for (int lane = 0; lane < kLanes; ++lane) {
      if (length2[lane] > kLongestStep * kLongestStep) step[lane] *= kLongestStep / __builtin_sqrtf(length2[lane]);
    }
  }
  store(gains, grown);
  store(velocities, step);
  store(after, load<Float>(before) + step);
}

}  // namespace

void move_rows(const GraphView& affinities, const FieldView& field, const TsneIteration& iteration,
               const TsneState& state, std::int64_t first, std::int64_t last) {
  constexpr int kHalf = kLanes / 2;
  for (std::int64_t i = first; i < last; i += kHalf) {
    const int count = last - i < kHalf ? static_cast<int>(last - i) : kHalf;
    alignas(Float) float gradient[kLanes] = {};
    gradients(affinities, field, iteration, state.before, i, count, gradient);
    move(iteration, load<Float>(gradient), state.before + 2 * i, state.after + 2 * i, state.velocities + 2 * i,
         state.gains + 2 * i);
  }
}

double edge_costs(const GraphView& affinities, const float* layout, std::int64_t first, std::int64_t last) {
  double total = 0.0;
  for (std::int64_t i = first; i < last; ++i) {
    Float costs{};
    const std::int64_t end = affinities.indptr[i + 1];
    for (std::int64_t e = affinities.indptr[i]; e < end; e += kLanes) {
      const int width = end - e < kLanes ? static_cast<int>(end - e) : kLanes;
      const Pairs others = gather_pairs(layout, affinities.indices + e, width);
      const Float dx = layout[2 * i] - others.x;
      const Float dy = layout[2 * i + 1] - others.y;
      costs += load_some(affinities.weights + e, width) * log2(1.0f + dx * dx + dy * dy);
    }
    total += static_cast<double>(sum(costs));
  }
  return total;
}

}  // namespace terrella::TERRELLA_ISA
