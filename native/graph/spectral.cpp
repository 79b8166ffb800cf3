#include "graph/spectral.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "graph/kernels.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kRows = 2048;
constexpr std::int64_t kColumns = 8;

std::vector<float> inverse_root_degrees(const GraphView& graph) {
  std::vector<float> scale(graph.n);
  for (std::int64_t i = 0; i < graph.n; ++i) {
    double degree = 0.0;
    for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; ++e) degree += graph.weights[e];
    scale[i] = degree > 0.0 ? static_cast<float>(1.0 / std::sqrt(degree)) : 0.0f;
  }
  return scale;
}

}  // namespace

void chebyshev_filter(const GraphView& graph, int degree, float low, float high, const Kernels& kernels,
                      ThreadPool& pool, Monitor* monitor, float* block) {
  const std::vector<float> scale = inverse_root_degrees(graph);
  const float shift = 0.5f * (high + low);
  const float half = 0.5f * (high - low);
  std::vector<float> previous(graph.n * kColumns);
  std::vector<float> current(block, block + graph.n * kColumns);
  std::vector<float> next(graph.n * kColumns);
  for (int step = 1; step <= degree; ++step) {
    const float gain = (step == 1 ? 1.0f : 2.0f) / half;
    pool.run((graph.n + kRows - 1) / kRows, [&](std::int64_t chunk) {
      kernels.graph.smooth_rows(graph, scale.data(), current.data(), step == 1 ? nullptr : previous.data(), gain, shift,
                          next.data(), chunk * kRows, std::min(graph.n, (chunk + 1) * kRows));
    });
    std::swap(previous, current);
    std::swap(current, next);
    if (monitor) monitor->report(step, degree);
  }
  std::copy(current.begin(), current.end(), block);
}

}  // namespace terrella
