#include "umap/umap.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "mesh/box.hpp"
#include "mesh/mesh.hpp"
#include "umap/kernels.hpp"

namespace terrella {
namespace {

constexpr double kStep = 0.25;       // between the mesh's nodes, in units of the curve's width
constexpr double kSoftening = 0.18;  // √ε, in the same units
constexpr double kDecay = 1.5;
constexpr double kFirstRepulsion = 0.05;
constexpr double kRise = 0.7;

// The distance at which the low-dimensional similarity is ½: the map's natural unit.
double width(const UmapSettings& settings) { return std::pow(settings.a, -0.5 / settings.b); }

// UMAP's cost of two items at that squared distance that are no neighbours, −log(1 − q).
RadialKernel potential(const UmapSettings& settings) {
  const double epsilon = std::pow(kSoftening * width(settings), 2.0);
  return [a = settings.a, b = settings.b, epsilon](double squared) {
    return std::log1p(1.0 / (a * std::pow(squared + epsilon, b)));
  };
}

// The learning rate falls as (1 − t)^kDecay; repulsion rises from a little at first to its whole at t = kRise, so that
// what belongs together finds together before the rest bars its way.
UmapEpoch schedule(const UmapSettings& settings, std::int64_t epoch, std::int64_t n_repelling) {
  const double t = static_cast<double>(epoch) / static_cast<double>(settings.n_epochs);
  const double risen = kFirstRepulsion + (1.0 - kFirstRepulsion) * std::min(1.0, t / kRise);
  return {static_cast<float>(settings.a), static_cast<float>(settings.b),
          static_cast<float>(settings.repulsion * risen / static_cast<double>(n_repelling)),
          static_cast<float>(std::pow(1.0 - t, kDecay))};
}

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

}  // namespace

void optimize_umap(const GraphView& graph, const UmapSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout) {
  Mesh mesh(potential(settings), kStep * width(settings), kernels, pool);
  const std::vector<float> degrees = weighted_degrees(graph, pool);
  std::vector<float> before(layout, layout + 2 * graph.n);
  std::vector<float> after(2 * graph.n);
  std::vector<float> velocities(2 * graph.n, 0.0f);
  for (std::int64_t epoch = 0; epoch < settings.n_epochs; ++epoch) {
    mesh.sum(before.data(), graph.n, bounding_box(before.data(), graph.n));
    const FieldView field = mesh.field();
    const UmapEpoch now = schedule(settings, epoch, graph.n);
    const UmapState state{before.data(), before.data(), after.data(), velocities.data(), degrees.data()};
    for_chunks(graph.n, pool, [&](std::int64_t first, std::int64_t last) {
      kernels.umap.move_rows(graph, field, now, state, first, last);
    });
    std::swap(before, after);
    if (monitor) monitor->report(epoch + 1, settings.n_epochs);
  }
  std::copy(before.begin(), before.end(), layout);
}

}  // namespace terrella
