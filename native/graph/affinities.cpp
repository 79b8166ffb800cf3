#include "graph/affinities.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace terrella {
namespace {

constexpr std::int64_t kRows = 1024;
constexpr int kSteps = 64;
constexpr double kTolerance = 1e-5;

template <typename Body>
void for_rows(std::int64_t n, ThreadPool& pool, Body body) {
  pool.run((n + kRows - 1) / kRows, [&](std::int64_t chunk) {
    for (std::int64_t i = chunk * kRows; i < std::min(n, (chunk + 1) * kRows); ++i) body(i);
  });
}

struct Weights {
  double total;
  double entropy;
};

// exp(−β (d² − d_0²)): the nearest neighbour's weight is 1, so that none of a far row's vanish together.
Weights weigh(const float* distances, std::int64_t k, double beta, float* weights) {
  const double nearest = static_cast<double>(distances[0]) * distances[0];
  double total = 0.0;
  double energy = 0.0;
  for (std::int64_t j = 0; j < k; ++j) {
    const double beyond = static_cast<double>(distances[j]) * distances[j] - nearest;
    const double weight = std::exp(-beta * beyond);
    weights[j] = static_cast<float>(weight);
    total += weight;
    energy += weight * beyond;
  }
  return {total, std::log(total) + beta * energy / total};
}

void calibrate(const float* distances, std::int64_t k, double target, float* weights) {
  double mean = 0.0;
  for (std::int64_t j = 0; j < k; ++j) {
    mean += (static_cast<double>(distances[j]) * distances[j] - static_cast<double>(distances[0]) * distances[0]) / k;
  }
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
  double beta = mean > 0.0 ? 1.0 / mean : 1.0;
  Weights found{};
  for (int step = 0; step < kSteps; ++step) {
    found = weigh(distances, k, beta, weights);
    if (std::abs(found.entropy - target) < kTolerance) break;
    (found.entropy > target ? low : high) = beta;
    beta = std::isinf(high) ? 2.0 * beta : 0.5 * (low + high);
  }
  for (std::int64_t j = 0; j < k; ++j) weights[j] = static_cast<float>(weights[j] / found.total);
}

struct Edge {
  std::int32_t to;
  float weight;
};

}  // namespace

void gaussian_weights(const float* distances, std::int64_t n, std::int64_t k, double perplexity, ThreadPool& pool,
                      float* weights) {
  const double target = std::log(perplexity);
  for_rows(n, pool, [&](std::int64_t i) { calibrate(distances + i * k, k, target, weights + i * k); });
}

Graph symmetric_mean(const std::int32_t* indices, const float* weights, std::int64_t n, std::int64_t k,
                     ThreadPool& pool) {
  // Every edge at both its ends, those that start at a vertex and those that end there together.
  std::vector<std::int64_t> starts(n + 1, 0);
  for (std::int64_t e = 0; e < n * k; ++e) ++starts[indices[e] + 1];
  for (std::int64_t i = 0; i < n; ++i) starts[i + 1] += starts[i] + k;
  std::vector<Edge> edges(2 * n * k);
  std::vector<std::int64_t> next(starts.begin(), starts.end() - 1);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t e = i * k; e < (i + 1) * k; ++e) {
      edges[next[i]++] = {indices[e], weights[e]};
      edges[next[indices[e]]++] = {static_cast<std::int32_t>(i), weights[e]};
    }
  }
  Graph graph;
  graph.indptr.assign(n + 1, 0);
  const float share = static_cast<float>(0.5 / static_cast<double>(n));
  for_rows(n, pool, [&](std::int64_t i) {
    Edge* first = edges.data() + starts[i];
    Edge* last = edges.data() + starts[i + 1];
    // At most two of a row name the same vertex; the order in which they are added changes nothing.
    std::sort(first, last, [](const Edge& x, const Edge& y) { return x.to < y.to; });
    Edge* out = first;
    for (const Edge* edge = first; edge != last; ++edge) {
      if (out != first && out[-1].to == edge->to) {
        out[-1].weight += share * edge->weight;
      } else {
        *out++ = {edge->to, share * edge->weight};
      }
    }
    graph.indptr[i + 1] = out - first;
  });
  std::partial_sum(graph.indptr.begin(), graph.indptr.end(), graph.indptr.begin());
  graph.indices.resize(graph.indptr[n]);
  graph.weights.resize(graph.indptr[n]);
  for_rows(n, pool, [&](std::int64_t i) {
    const Edge* edge = edges.data() + starts[i];
    for (std::int64_t e = graph.indptr[i]; e < graph.indptr[i + 1]; ++e, ++edge) {
      graph.indices[e] = edge->to;
      graph.weights[e] = edge->weight;
    }
  });
  return graph;
}

}  // namespace terrella
