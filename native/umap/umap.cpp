#include "umap/umap.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "umap/kernels.hpp"

namespace terrella {

void optimize_umap(const GraphView& graph, const UmapSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout) {
  std::vector<float> before(layout, layout + 2 * graph.n);
  std::vector<float> after(2 * graph.n);
  for (std::int64_t epoch = 0; epoch < settings.n_epochs; ++epoch) {
    const double left = 1.0 - static_cast<double>(epoch) / static_cast<double>(settings.n_epochs);
    const UmapEpoch now{static_cast<float>(settings.a),
                        static_cast<float>(settings.b),
                        static_cast<float>(settings.learning_rate * std::pow(left, settings.decay_power)),
                        static_cast<float>(settings.negative_rate),
                        static_cast<float>(settings.damping),
                        settings.seed,
                        epoch};
    pool.run((graph.n + kUmapChunk - 1) / kUmapChunk, [&](std::int64_t chunk) {
      kernels.umap.umap_rows(graph, now, before.data(), after.data(), chunk * kUmapChunk,
                        std::min(graph.n, (chunk + 1) * kUmapChunk));
    });
    std::swap(before, after);
    if (monitor) monitor->report(epoch + 1, settings.n_epochs);
  }
  std::copy(before.begin(), before.end(), layout);
}

}  // namespace terrella
