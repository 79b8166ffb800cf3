#include "graph/fuzzy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace terrella {
namespace {

constexpr std::int64_t kRows = 1024;
constexpr int kSteps = 64;
constexpr double kTolerance = 1e-7;
constexpr double kLeastSlope = 1e-100;
constexpr double kFloor = 1e-3;  // least sigma, in mean distances: keeps weights finite among duplicates

double mean(const float* values, std::int64_t count) {
  return std::accumulate(values, values + count, 0.0) / static_cast<double>(count);
}

double first_positive(const float* distances, std::int64_t k) {
  const float* found = std::upper_bound(distances, distances + k, 0.0f);
  return found == distances + k ? 0.0 : *found;
}

// Newton's method for u = 1 / sigma in Σ_j exp(−x_j u) = log2 k: the sum is convex and falls, so that from u = 0 each
// step stops short of the root. umap-learn bisects. Where so many are as near as the nearest that no sigma will do, u
// grows without end, and the caller's least sigma holds.
double solve_sigma(const float* distances, std::int64_t k, double rho) {
  const double target = std::log2(static_cast<double>(k));
  double u = 0.0;
  for (int step = 0; step < kSteps; ++step) {
    double total = 0.0;
    double slope = 0.0;
    for (std::int64_t j = 0; j < k; ++j) {
      const double beyond = std::max(0.0, distances[j] - rho);
      const double weight = std::exp(-beyond * u);
      total += weight;
      slope += beyond * weight;
    }
    if (total - target < kTolerance || slope < kLeastSlope) break;
    u += (total - target) / slope;
  }
  return u > 0.0 ? 1.0 / u : 1.0;
}

template <typename Body>
void for_rows(std::int64_t n, ThreadPool& pool, Body body) {
  pool.run((n + kRows - 1) / kRows, [&](std::int64_t chunk) {
    for (std::int64_t i = chunk * kRows; i < std::min(n, (chunk + 1) * kRows); ++i) body(i);
  });
}

struct Edge {
  std::int32_t to;
  float weight;
};

// Directed edges by the vertex they start from or end in, ascending by the other end.
struct Edges {
  std::vector<std::int64_t> indptr;
  std::vector<Edge> edges;

  const Edge* begin(std::int64_t i) const { return edges.data() + indptr[i]; }
  const Edge* end(std::int64_t i) const { return edges.data() + indptr[i + 1]; }
};

Edges outgoing(const std::int32_t* indices, const float* distances, const float* rho, const float* sigma,
               std::int64_t n, std::int64_t k, ThreadPool& pool) {
  Edges out{std::vector<std::int64_t>(n + 1), std::vector<Edge>(n * k)};
  for (std::int64_t i = 0; i <= n; ++i) out.indptr[i] = i * k;
  for_rows(n, pool, [&](std::int64_t i) {
    Edge* row = out.edges.data() + i * k;
    for (std::int64_t j = 0; j < k; ++j) {
      const double beyond = std::max(0.0, static_cast<double>(distances[i * k + j]) - rho[i]);
      row[j] = {indices[i * k + j], static_cast<float>(beyond > 0.0 ? std::exp(-beyond / sigma[i]) : 1.0)};
    }
    std::sort(row, row + k, [](const Edge& x, const Edge& y) { return x.to < y.to; });
  });
  return out;
}

Edges transposed(const Edges& edges, std::int64_t n) {
  Edges in{std::vector<std::int64_t>(n + 1), std::vector<Edge>(edges.edges.size())};
  for (const Edge& edge : edges.edges) ++in.indptr[edge.to + 1];
  std::partial_sum(in.indptr.begin(), in.indptr.end(), in.indptr.begin());
  std::vector<std::int64_t> next(in.indptr.begin(), in.indptr.end() - 1);
  for (std::int64_t i = 0; i < n; ++i) {
    for (const Edge* e = edges.begin(i); e != edges.end(i); ++e) {
      in.edges[next[e->to]++] = {static_cast<std::int32_t>(i), e->weight};
    }
  }
  return in;
}

// Calls emit(neighbour, weight) for the union of vertex i's outgoing and incoming edges, ascending.
template <typename Emit>
void merge(const Edges& out, const Edges& in, std::int64_t i, Emit emit) {
  const Edge* a = out.begin(i);
  const Edge* b = in.begin(i);
  while (a != out.end(i) || b != in.end(i)) {
    if (b == in.end(i) || (a != out.end(i) && a->to < b->to)) {
      emit(a->to, a->weight);
      ++a;
    } else if (a == out.end(i) || b->to < a->to) {
      emit(b->to, b->weight);
      ++b;
    } else {
      // The smaller weight first, so that both directions round alike.
      const float low = std::min(a->weight, b->weight);
      const float high = std::max(a->weight, b->weight);
      emit(a->to, low + high * (1.0f - low));
      ++a;
      ++b;
    }
  }
}

}  // namespace

void smooth_distances(const float* distances, std::int64_t n, std::int64_t k, ThreadPool& pool, float* rho,
                      float* sigma) {
  const double overall = mean(distances, n * k);
  for_rows(n, pool, [&](std::int64_t i) {
    const float* row = distances + i * k;
    const double nearest = first_positive(row, k);
    const double least = kFloor * (nearest > 0.0 ? mean(row, k) : overall);
    rho[i] = static_cast<float>(nearest);
    sigma[i] = static_cast<float>(std::max(solve_sigma(row, k, nearest), least));
  });
}

Graph fuzzy_union(const std::int32_t* indices, const float* distances, const float* rho, const float* sigma,
                  std::int64_t n, std::int64_t k, ThreadPool& pool) {
  const Edges out = outgoing(indices, distances, rho, sigma, n, k, pool);
  const Edges in = transposed(out, n);
  Graph graph;
  graph.indptr.assign(n + 1, 0);
  for_rows(n, pool, [&](std::int64_t i) {
    merge(out, in, i, [&](std::int32_t, float) { ++graph.indptr[i + 1]; });
  });
  std::partial_sum(graph.indptr.begin(), graph.indptr.end(), graph.indptr.begin());
  graph.indices.resize(graph.indptr[n]);
  graph.weights.resize(graph.indptr[n]);
  for_rows(n, pool, [&](std::int64_t i) {
    std::int64_t e = graph.indptr[i];
    merge(out, in, i, [&](std::int32_t to, float weight) {
      graph.indices[e] = to;
      graph.weights[e++] = weight;
    });
  });
  return graph;
}

}  // namespace terrella
