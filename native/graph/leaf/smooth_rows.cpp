// One step of Chebyshev's recurrence on the normalised adjacency A = D^-½ W D^-½, for a block of 8 columns:
//
//   next = gain · (A − shift) · current − previous        (previous may be null: the first step)
//
// current, previous and next are (n, 8); scale[i] = 1/√deg(i), 0 for an isolated vertex.
#include "core/simd.hpp"
#include "graph/kernels.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

using Block = float __attribute__((vector_size(32)));

void smooth_rows(const GraphView& graph, const float* scale, const float* current, const float* previous, float gain,
                 float shift, float* next, std::int64_t first, std::int64_t last) {
  for (std::int64_t i = first; i < last; ++i) {
    Block total{};
    for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; ++e) {
      const std::int64_t j = graph.indices[e];
      total += (graph.weights[e] * scale[j]) * load<Block>(current + 8 * j);
    }
    Block value = gain * (scale[i] * total - shift * load<Block>(current + 8 * i));
    if (previous) value -= load<Block>(previous + 8 * i);
    store(next + 8 * i, value);
  }
}

}  // namespace

const GraphKernels& graph_kernels() {
  static constexpr GraphKernels table{smooth_rows};
  return table;
}

}  // namespace terrella::TERRELLA_ISA
