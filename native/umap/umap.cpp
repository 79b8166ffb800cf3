#include "umap/umap.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "umap/kernels.hpp"
#include "umap/repulsion.hpp"

namespace terrella {
namespace {

constexpr double kFirstRepulsion = 0.05;
constexpr double kRise = 0.7;
constexpr float kMargin = 2.0f;  // by which new items may leave the map's box

template <typename Body>
void for_chunks(std::int64_t n, ThreadPool& pool, Body body) {
  pool.run((n + kUmapRows - 1) / kUmapRows,
           [&](std::int64_t chunk) { body(chunk * kUmapRows, std::min(n, (chunk + 1) * kUmapRows)); });
}

std::vector<float> weighted_degrees(const GraphView& graph, ThreadPool& pool) {
  std::vector<float> degrees(graph.n);
  for_chunks(graph.n, pool, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i < last; ++i) {
      double degree = 0.0;
      for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; ++e) degree += graph.weights[e];
      degrees[i] = static_cast<float>(degree);
    }
  });
  return degrees;
}

// The learning rate falls as 1 − t; repulsion rises from a little at first to its whole at t = kRise, so that
// what belongs together finds together before the rest bars its way.
UmapEpoch schedule(const UmapSettings& settings, std::int64_t epoch, std::int64_t n_repelling) {
  const double t = static_cast<double>(epoch) / static_cast<double>(settings.n_epochs);
  const double risen = kFirstRepulsion + (1.0 - kFirstRepulsion) * std::min(1.0, t / kRise);
  return {static_cast<float>(settings.a), static_cast<float>(settings.b),
          static_cast<float>(settings.repulsion * risen / static_cast<double>(n_repelling)),
          static_cast<float>(1.0 - t)};
}

// The vertices of a graph on the move.
struct Motion {
  Motion(const GraphView& graph, const float* places, ThreadPool& pool)
      : degrees(weighted_degrees(graph, pool)),
        before(places, places + 2 * graph.n),
        after(2 * graph.n),
        slopes(2 * graph.n),
        velocities(2 * graph.n, 0.0f) {}

  // Moves all by one epoch; the graph's edges lead to `others`.
  void step(const GraphView& graph, const UmapEpoch& epoch, const Repulsion& repulsion, const float* others,
            const Kernels& kernels, ThreadPool& pool) {
    const UmapState state{others, before.data(), slopes.data(), degrees.data(), after.data(), velocities.data()};
    for_chunks(graph.n, pool, [&](std::int64_t first, std::int64_t last) {
      repulsion.read(before.data() + 2 * first, last - first, slopes.data() + 2 * first);
      kernels.umap.move_rows(graph, epoch, state, first, last);
    });
    std::swap(before, after);
  }

  std::vector<float> degrees;
  std::vector<float> before;
  std::vector<float> after;
  std::vector<float> slopes;
  std::vector<float> velocities;
};

void confine(const Box& box, std::vector<float>& places) {
  for (std::size_t i = 0; i < places.size(); i += 2) {
    places[i] = std::clamp(places[i], box.low_x, box.high_x);
    places[i + 1] = std::clamp(places[i + 1], box.low_y, box.high_y);
  }
}

}  // namespace

void optimize_umap(const GraphView& graph, const UmapSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout) {
  Repulsion repulsion(settings.a, settings.b, kernels, pool);
  Motion motion(graph, layout, pool);
  for (std::int64_t epoch = 0; epoch < settings.n_epochs; ++epoch) {
    const float* places = motion.before.data();
    repulsion.sum(places, graph.n, bounding_box(places, graph.n));
    motion.step(graph, schedule(settings, epoch, graph.n), repulsion, places, kernels, pool);
    if (monitor) monitor->report(epoch + 1, settings.n_epochs);
  }
  std::copy(motion.before.begin(), motion.before.end(), layout);
}

void place_umap(const GraphView& graph, const float* layout, std::int64_t n, const UmapSettings& settings,
                const Kernels& kernels, ThreadPool& pool, Monitor* monitor, float* places) {
  const Box inner = bounding_box(layout, n);
  const Box box{inner.low_x - kMargin, inner.low_y - kMargin, inner.high_x + kMargin, inner.high_y + kMargin};
  Repulsion repulsion(settings.a, settings.b, kernels, pool);
  repulsion.sum(layout, n, box);
  Motion motion(graph, places, pool);
  confine(box, motion.before);
  for (std::int64_t epoch = 0; epoch < settings.n_epochs; ++epoch) {
    motion.step(graph, schedule(settings, epoch, n), repulsion, layout, kernels, pool);
    confine(box, motion.before);
    if (monitor) monitor->report(epoch + 1, settings.n_epochs);
  }
  std::copy(motion.before.begin(), motion.before.end(), places);
}

}  // namespace terrella
