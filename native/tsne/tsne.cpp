#include "tsne/tsne.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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

// Σ p_ij ln(1 + |y_i − y_j|²)
double attraction_cost(const GraphView& affinities, const float* layout, const Kernels& kernels, ThreadPool& pool) {
  std::vector<double> costs((affinities.n + kTsneRows - 1) / kTsneRows);
  for_chunks(affinities.n, pool, [&](std::int64_t chunk, std::int64_t first, std::int64_t last) {
    costs[chunk] = kernels.tsne.edge_costs(affinities, layout, first, last);
  });
  return kLn2 * std::accumulate(costs.begin(), costs.end(), 0.0);
}

// Σ p_ij ln p_ij
double negative_entropy(const GraphView& affinities, ThreadPool& pool) {
  std::vector<double> sums((affinities.n + kTsneRows - 1) / kTsneRows);
  for_chunks(affinities.n, pool, [&](std::int64_t chunk, std::int64_t first, std::int64_t last) {
    for (std::int64_t e = affinities.indptr[first]; e < affinities.indptr[last]; ++e) {
      const double p = affinities.weights[e];
      if (p > 0.0) sums[chunk] += p * std::log(p);
    }
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

// The layout and its motion, each (n, 2) and padded to whole tasks.
struct Motion {
  Motion(const float* layout, std::int64_t n)
      : before(2 * ((n + kTsneRows - 1) / kTsneRows * kTsneRows), 0.0f),
        after(before.size()),
        velocities(before.size(), 0.0f),
        gains(before.size(), 1.0f) {
    std::copy(layout, layout + 2 * n, before.begin());
  }
  TsneState state() { return {before.data(), after.data(), velocities.data(), gains.data()}; }

  std::vector<float> before;
  std::vector<float> after;
  std::vector<float> velocities;
  std::vector<float> gains;
};

// The weighted mean of a new point's neighbours.
void start_place(const Placement& placement, std::int64_t i, const float* layout, float* place) {
  double x = 0.0;
  double y = 0.0;
  for (std::int64_t e = i * placement.k; e < (i + 1) * placement.k; ++e) {
    const std::int64_t j = placement.indices[e];
    x += static_cast<double>(placement.weights[e]) * layout[2 * j];
    y += static_cast<double>(placement.weights[e]) * layout[2 * j + 1];
  }
  place[0] = static_cast<float>(x);
  place[1] = static_cast<float>(y);
}

}  // namespace

std::int64_t optimize_tsne(const GraphView& affinities, const TsneSettings& settings, const Kernels& kernels,
                           ThreadPool& pool, Monitor* monitor, float* layout) {
  const std::int64_t n = affinities.n;
  Mesh mesh(cauchy, settings.step, kernels, pool);
  Motion motion(layout, n);
  double last_cost = std::numeric_limits<double>::infinity();
  std::int64_t iteration = 0;
  while (iteration < settings.max_iter) {
    mesh.sum(motion.before.data(), n, bounding_box(motion.before.data(), n));
    const double z = partition(mesh, n);
    if (settings.tolerance > 0.0 && iteration > 0 && iteration % kTsneStride == 0) {
      const double pull = attraction_cost(affinities, motion.before.data(), kernels, pool);
      const double cost = settings.exaggeration * pull + std::log(z);
      if (last_cost - cost < settings.tolerance) break;
      last_cost = cost;
    }
    const TsneIteration now{static_cast<float>(settings.exaggeration), static_cast<float>(settings.learning_rate),
                            static_cast<float>(settings.momentum), static_cast<float>(1.0 / z)};
    const FieldView field = mesh.field();
    for_chunks(n, pool, [&](std::int64_t, std::int64_t first, std::int64_t last) {
      kernels.tsne.move_rows(affinities, field, now, motion.state(), first, last);
    });
    std::swap(motion.before, motion.after);
    ++iteration;
    if (monitor) monitor->report(iteration, settings.max_iter);
  }
  std::copy(motion.before.begin(), motion.before.begin() + 2 * n, layout);
  return iteration;
}

double tsne_divergence(const GraphView& affinities, const float* layout, double step, const Kernels& kernels,
                       ThreadPool& pool) {
  const std::int64_t n = affinities.n;
  Mesh mesh(cauchy, step, kernels, pool);
  mesh.sum(layout, n, bounding_box(layout, n));
  return negative_entropy(affinities, pool) + attraction_cost(affinities, layout, kernels, pool) +
         std::log(partition(mesh, n));
}

void place_tsne(const float* layout, std::int64_t n, const Placement& placement, const Kernels& kernels,
                ThreadPool& pool, float* places) {
  Mesh mesh(cauchy, placement.step, kernels, pool);
  const Box box = bounding_box(layout, n);
  mesh.sum(layout, n, box);
  const TsnePlace among{mesh.field(),
                        static_cast<float>(mesh.base()),
                        {box.low_x, box.low_y},
                        {box.high_x, box.high_y},
                        layout,
                        static_cast<float>(placement.exaggeration),
                        placement.max_iter};
  for_chunks(placement.count, pool, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i < last; ++i) {
      start_place(placement, i, layout, places + 2 * i);
      kernels.tsne.place_point(among, placement.indices + i * placement.k, placement.weights + i * placement.k,
                               placement.k, places + 2 * i);
    }
  });
}

}  // namespace terrella
