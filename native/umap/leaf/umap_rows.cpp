// One epoch of UMAP's optimisation for the vertices first … last − 1: reads the layout `before`, writes `after`.
//
// With d² = |y_i − y_j|² and the low-dimensional similarity 1 / (1 + a d^2b), McInnes et al. (2018) pull the ends
// of an edge together and push a vertex from random others. umap-learn samples the edges; here each vertex takes
// the expectation over its row of the graph, and an edge counts twice, as there, since sampling it moves both ends:
//
//   c_ij = 4ab w_ij d^2b / (d² (1 + a d^2b))       pull  F += Σ_j c_ij (y_j − y_i)
//   g_ik = 2b / ((0.001 + d²) (1 + a d^2b))        push  F += rate · Σ_j w_ij · mean_k clip(g_ik (y_i − y_k))
//   y_i += clip(α F / (1 + damping · α · Σ_j c_ij))             both clips at ±4
//
// The division makes the step semi-implicit: however strong the pull, it goes at most 1 / damping times as far as
// the neighbours' weighted mean. The negatives k are kNegatives consecutive entries of a table of kTable vertices
// drawn for the chunk, from a random offset, so that they are read in order; both draws depend on seed, epoch and
// vertex alone.
#include "core/simd.hpp"
#include "umap/kernels.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kTable = 2048;
constexpr int kNegatives = 32;
constexpr float kClip = 4.0f;
constexpr float kTiny = 1e-12f;

// The finaliser of SplitMix64 (Steele et al. 2014).
inline std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

inline std::uint64_t draw(std::uint64_t stream, std::uint64_t counter, std::uint64_t below) {
  return ((mix(stream + 0x9e3779b97f4a7c15u * (counter + 1)) >> 32) * below) >> 32;
}

struct Negatives {
  float x[kTable + kNegatives];
  float y[kTable + kNegatives];
};

void sample(const float* layout, std::int64_t n, std::uint64_t stream, std::int64_t first, Negatives& table) {
  for (int t = 0; t < kTable; ++t) {
    const std::int64_t k = draw(stream, static_cast<std::uint64_t>(first / kUmapChunk * kTable + t), n);
    table.x[t] = layout[2 * k];
    table.y[t] = layout[2 * k + 1];
  }
  std::memcpy(table.x + kTable, table.x, sizeof(float) * kNegatives);
  std::memcpy(table.y + kTable, table.y, sizeof(float) * kNegatives);
}

inline float clip(float v) { return v > kClip ? kClip : (v < -kClip ? -kClip : v); }
inline Float clip(Float v) { return max(min(v, broadcast(kClip)), broadcast(-kClip)); }
inline Float power(Float d2, float b) { return exp2(b * log2(d2)); }

struct Pull {
  float x, y, stiffness, weight;
};

Pull attract(const GraphView& graph, const UmapEpoch& epoch, const float* layout, std::int64_t i) {
  const float x = layout[2 * i];
  const float y = layout[2 * i + 1];
  Float fx{}, fy{}, stiffness{}, weight{};
  for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; e += kLanes) {
    const std::int64_t left = graph.indptr[i + 1] - e;
    const int width = left < kLanes ? static_cast<int>(left) : kLanes;
    Float nx = broadcast(x), ny = broadcast(y), w{};
    for (int lane = 0; lane < width; ++lane) {
      const std::int64_t j = graph.indices[e + lane];
      nx[lane] = layout[2 * j];
      ny[lane] = layout[2 * j + 1];
      w[lane] = graph.weights[e + lane];
    }
    const Float dx = nx - x;
    const Float dy = ny - y;
    const Float d2 = max(dx * dx + dy * dy, broadcast(kTiny));
    const Float t = power(d2, epoch.b);
    const Float c = (4.0f * epoch.a * epoch.b) * w * t / (d2 * (1.0f + epoch.a * t));
    fx += c * dx;
    fy += c * dy;
    stiffness += c;
    weight += w;
  }
  return {sum(fx), sum(fy), sum(stiffness), sum(weight)};
}

struct Push {
  float x, y;
};

Push repel(const UmapEpoch& epoch, const Negatives& table, std::uint64_t offset, float x, float y) {
  Float fx{}, fy{};
  for (int k = 0; k < kNegatives; k += kLanes) {
    const Float dx = x - load<Float>(table.x + offset + k);
    const Float dy = y - load<Float>(table.y + offset + k);
    const Float d2 = max(dx * dx + dy * dy, broadcast(kTiny));
    const Float g = (2.0f * epoch.b) / ((0.001f + d2) * (1.0f + epoch.a * power(d2, epoch.b)));
    fx += clip(g * dx);
    fy += clip(g * dy);
  }
  return {sum(fx) / kNegatives, sum(fy) / kNegatives};
}

void umap_rows(const GraphView& graph, const UmapEpoch& epoch, const float* before, float* after, std::int64_t first,
               std::int64_t last) {
  const std::uint64_t stream = mix(epoch.seed + 0x9e3779b97f4a7c15u * static_cast<std::uint64_t>(epoch.epoch + 1));
  Negatives table;
  sample(before, graph.n, stream, first, table);
  for (std::int64_t i = first; i < last; ++i) {
    const float x = before[2 * i];
    const float y = before[2 * i + 1];
    const Pull pull = attract(graph, epoch, before, i);
    const Push push = repel(epoch, table, draw(~stream, i, kTable), x, y);
    const float rate = epoch.negative_rate * pull.weight;
    const float step = epoch.learning_rate / (1.0f + epoch.damping * epoch.learning_rate * pull.stiffness);
    after[2 * i] = x + clip(step * (pull.x + rate * push.x));
    after[2 * i + 1] = y + clip(step * (pull.y + rate * push.y));
  }
}

}  // namespace

const UmapKernels& umap_kernels() {
  static constexpr UmapKernels table{umap_rows};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
