#include "graph/symmetric.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace terrella {
namespace {

constexpr std::int64_t kRows = 1024;

struct Edge {
  std::int32_t to;
  float weight;
};

template <typename Body>
void for_rows(std::int64_t n, ThreadPool& pool, Body body) {
  pool.run((n + kRows - 1) / kRows, [&](std::int64_t chunk) {
    for (std::int64_t i = chunk * kRows; i < std::min(n, (chunk + 1) * kRows); ++i) body(i);
  });
}

}  // namespace

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
