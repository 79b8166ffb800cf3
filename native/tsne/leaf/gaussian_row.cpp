// Gaussian weights of one row of distances, with the perplexity asked for.
//
// With e_j = d_j² − d_0², in units of their mean, w_j = exp2(−β e_j) and p_j = w_j / Σ w, the entropy in bits is
// H(β) = log2 Σ w + β ⟨e⟩, which falls as β grows: dH / dβ = −β ln 2 · var e. Newton's method in ln β, by a factor of
// two at most and within the interval that is known to hold the root, which it halves where a step would leave it.
#include "tsne/leaf/leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kSteps = 48;
constexpr float kTolerance = 1e-4f;  // bits; single precision gives about 1e-6
constexpr float kLeast = 1e-12f;  // of β, in units of one over the mean; the greatest is its inverse
constexpr float kLn2 = 0.693147181f;

struct Moments {
  float total, mean, variance;
};

// energies, weights: padded to whole vectors; what lies beyond k weighs nothing.
inline Moments weigh(const float* energies, std::int64_t k, float beta, float* weights) {
  Int lanes{};
  for (std::int32_t lane = 0; lane < kLanes; ++lane) lanes[lane] = lane;
  Float total{}, first{}, second{};
  for (std::int64_t j = 0; j < k; j += kLanes) {
    const Float e = load<Float>(energies + j);
    const Float w = lanes < static_cast<std::int32_t>(k - j) ? exp2(-beta * e) : Float{};
    store(weights + j, w);
    total += w;
    first += w * e;
    second += w * e * e;
  }
  const float mean = sum(first) / sum(total);
  return {sum(total), mean, sum(second) / sum(total) - mean * mean};
}

}  // namespace

void gaussian_row(const float* distances, std::int64_t k, float bits, float* scratch, float* weights) {
  const double nearest = static_cast<double>(distances[0]) * distances[0];
  double mean = 0.0;
  for (std::int64_t j = 0; j < k; ++j) mean += static_cast<double>(distances[j]) * distances[j] - nearest;
  mean /= static_cast<double>(k);
  const double unit = mean > 0.0 ? 1.0 / mean : 0.0;
  const std::int64_t padded = (k + kLanes - 1) / kLanes * kLanes;
  float* energies = scratch;
  float* raw = scratch + padded;
  for (std::int64_t j = k; j < padded; ++j) energies[j] = 0.0f;
  for (std::int64_t j = 0; j < k; ++j) {
    energies[j] = static_cast<float>((static_cast<double>(distances[j]) * distances[j] - nearest) * unit);
  }
  float low = kLeast;
  float high = 1.0f / kLeast;
  float beta = 1.0f;
  Moments now{};
  for (int step = 0; step < kSteps; ++step) {
    now = weigh(energies, k, beta, raw);
    const float excess = log2(broadcast(now.total))[0] + beta * now.mean - bits;
    if (excess < kTolerance && excess > -kTolerance) break;
    (excess > 0.0f ? low : high) = beta;
    const float slope = beta * beta * kLn2 * now.variance;  // −dH / d ln β
    const float wish = slope > 0.0f ? excess / (slope * kLn2) : 2.0f * excess;
    const float newton = beta * exp2(broadcast(wish > 1.0f ? 1.0f : (wish < -1.0f ? -1.0f : wish)))[0];
    beta = newton > low && newton < high ? newton : __builtin_sqrtf(low * high);
  }
  for (std::int64_t j = 0; j < k; ++j) weights[j] = raw[j] / now.total;
}

}  // namespace terrella::TERRELLA_ISA
