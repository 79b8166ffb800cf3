#include "tsne/tsne.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "mesh/box.hpp"
#include "mesh/mesh.hpp"
#include "tsne/kernels.hpp"

namespace terrella {
namespace {

constexpr double kLn2 = 0.69314718055994531;

double cauchy(double squared) { return 1.0 / (1.0 + squared); }

template <typename Body>
void for_chunks(std::int64_t n, ThreadPool& pool, Body body) {
  pool.run((n + kTsneRows - 1) / kTsneRows, [&](std::int64_t chunk) {
    body(chunk, chunk * kTsneRows, std::min(n, (chunk + 1) * kTsneRows));
  });
}

// Σ_k≠l q_kl after mesh.sum of n points.
double partition(const Mesh& mesh, std::int64_t n) {
  return std::max(mesh.total() - static_cast<double>(n), 1e-30);
}

}  // namespace

void optimize_tsne(const GraphView& affinities, const TsneSettings& settings, const Kernels& kernels, ThreadPool& pool,
                   Monitor* monitor, float* layout) {
  const std::int64_t n = affinities.n;
  Mesh mesh(cauchy, settings.step, kernels, pool);
  const std::int64_t padded = (n + kTsneRows - 1) / kTsneRows * kTsneRows;
  std::vector<float> before(2 * padded, 0.0f);
  std::copy(layout, layout + 2 * n, before.begin());
  std::vector<float> after(2 * padded);
  std::vector<float> velocities(2 * padded, 0.0f);
  std::vector<float> gains(2 * padded, 1.0f);
  for (std::int64_t iteration = 0; iteration < settings.max_iter; ++iteration) {
    mesh.sum(before.data(), n, bounding_box(before.data(), n));
    const TsneIteration now{static_cast<float>(settings.exaggeration), static_cast<float>(settings.learning_rate),
                            static_cast<float>(settings.momentum), static_cast<float>(1.0 / partition(mesh, n))};
    const TsneState state{before.data(), after.data(), velocities.data(), gains.data()};
    const FieldView field = mesh.field();
    for_chunks(n, pool, [&](std::int64_t, std::int64_t first, std::int64_t last) {
      kernels.tsne.move_rows(affinities, field, now, state, first, last);
    });
    std::swap(before, after);
    if (monitor) monitor->report(iteration + 1, settings.max_iter);
  }
  std::copy(before.begin(), before.begin() + 2 * n, layout);
}

double tsne_divergence(const GraphView& affinities, const float* layout, double step, const Kernels& kernels,
                       ThreadPool& pool) {
  const std::int64_t n = affinities.n;
  Mesh mesh(cauchy, step, kernels, pool);
  mesh.sum(layout, n, bounding_box(layout, n));
  std::vector<double> costs((n + kTsneRows - 1) / kTsneRows);
  for_chunks(n, pool, [&](std::int64_t chunk, std::int64_t first, std::int64_t last) {
    double cost = kLn2 * kernels.tsne.edge_costs(affinities, layout, first, last);
    for (std::int64_t e = affinities.indptr[first]; e < affinities.indptr[last]; ++e) {
      const double p = affinities.weights[e];
      if (p > 0.0) cost += p * std::log(p);
    }
    costs[chunk] = cost;
  });
  double total = std::log(partition(mesh, n));
  for (const double cost : costs) total += cost;
  return total;
}

}  // namespace terrella
