#include "cells/query.hpp"

#include <algorithm>
#include <limits>

namespace terrella {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int64_t kAhead = 4;  // candidates whose vectors are fetched in advance

void prefetch(const float* row, std::int64_t n_features) {
  constexpr std::int64_t kLine = 16;
  for (std::int64_t f = 0; f < n_features; f += kLine) __builtin_prefetch(row + f);
}

}  // namespace

// What was found so far, by the codes: at most capacity_, of which `keep` matter.
struct QuerySearch::Candidates {
  std::int64_t keep;
  std::int64_t capacity;
  float threshold = kInfinity;        // squared distance below which a candidate matters
  std::int32_t count = 0;
  std::vector<float> values;          // (stride,) squared distances
  std::vector<std::int32_t> columns;  // (stride,)
  std::vector<std::int8_t> codes;     // (kRowBlock, n_groups, kCodeGroup) the query as a cell sees it, and padding

  Candidates(std::int64_t kept, std::int64_t largest_cell, std::int64_t row_bytes)
      : keep(kept), capacity(2 * kept + kColumnBlock), values(capacity + largest_cell + kColumnBlock),
        columns(values.size()), codes(kRowBlock * row_bytes) {}
};

QuerySearch::QuerySearch(const PointsView& vectors, const CodedCells& cells, const Kernels& kernels)
    : vectors_(vectors), cells_(cells), kernels_(kernels),
      distance_(Metric::euclidean, vectors.n_features, kernels.neighbors), largest_(0) {
  for (std::int64_t c = 0; c < cells.n_cells; ++c) {
    largest_ = std::max<std::int64_t>(largest_, cells.first[c + 1] - cells.first[c]);
  }
}

std::vector<Found> QuerySearch::run(const CellQuery& query, std::int64_t k, std::int64_t probes,
                                    std::int64_t keep) const {
  while (true) {
    Candidates candidates(keep, largest_, cells_.row_bytes());
    for (const std::int32_t cell : nearest_cells(query.coordinates, probes)) look(query, cell, candidates);
    if (candidates.count >= std::min(k, vectors_.n) || probes >= cells_.n_cells) {
      return measure(query, k, candidates);
    }
    probes = std::min(2 * probes, cells_.n_cells);
  }
}

// Nearest first, the first of equals, so that what falls below the threshold falls soon.
std::vector<std::int32_t> QuerySearch::nearest_cells(const float* coordinates, std::int64_t probes) const {
  const std::int64_t n = cells_.n_cells;
  std::vector<float> distances(n);
  for (std::int64_t c = 0; c < n; ++c) {
    distances[c] = kernels_.cells.rough_squares(coordinates, cells_.centre(c), cells_.n_axes);
  }
  const float bound = kernels_.cells.rank_bound(distances.data(), n, std::min(probes, n));
  std::vector<std::int32_t> nearest(n + kColumnBlock);
  nearest.resize(kernels_.cells.list_below(distances.data(), static_cast<std::int32_t>(n), bound, nearest.data()));
  std::stable_sort(nearest.begin(), nearest.end(),
                   [&](std::int32_t a, std::int32_t b) { return distances[a] < distances[b]; });
  return nearest;
}

void QuerySearch::look(const CellQuery& query, std::int64_t cell, Candidates& candidates) const {
  float squared = 0.0f;
  std::int32_t total = 0;
  const float step = kernels_.cells.encode_row(query.coordinates, cells_.centre(cell), cells_.n_axes,
                                               candidates.codes.data(), &squared, &total);
  float gains[kRowBlock] = {-2.0f * step * cells_.steps[cell]};
  float offsets[kRowBlock] = {squared - kCodeOffset * gains[0] * static_cast<float>(total)};
  float thresholds[kRowBlock];
  std::fill(std::begin(thresholds), std::end(thresholds), -kInfinity);
  thresholds[0] = candidates.threshold - offsets[0];
  const std::int32_t lists[kRowBlock] = {};
  kernels_.cells.scan_cell(cells_.columns(cell), {candidates.codes.data(), gains, thresholds, offsets, lists, kRowBlock},
                           {candidates.values.data(), candidates.columns.data(), &candidates.count,
                            static_cast<std::int64_t>(candidates.values.size())});
  thin(candidates);
}

// Leaves a full list its best candidates, and lets in only what is better than their worst.
void QuerySearch::thin(Candidates& candidates) const {
  const bool settled = candidates.threshold < kInfinity;
  if (candidates.count < candidates.keep || (settled && candidates.count <= candidates.capacity)) return;
  float* values = candidates.values.data();
  const float bound = kernels_.cells.rank_bound(values, candidates.count, candidates.keep);
  candidates.count = kernels_.cells.keep_below(values, candidates.columns.data(), candidates.count, bound);
  // Many as far away as each other: the first are as good as any.
  candidates.count = std::min(candidates.count, static_cast<std::int32_t>(candidates.capacity));
  candidates.threshold = bound;
}

std::vector<Found> QuerySearch::measure(const CellQuery& query, std::int64_t k, Candidates& candidates) const {
  float* values = candidates.values.data();
  if (candidates.count > candidates.keep) {
    const float bound = kernels_.cells.rank_bound(values, candidates.count, candidates.keep);
    candidates.count = kernels_.cells.keep_below(values, candidates.columns.data(), candidates.count, bound);
  }
  const std::int32_t* columns = candidates.columns.data();
  std::vector<Found> found;
  for (std::int32_t i = 0; i < candidates.count; ++i) {
    if (i + kAhead < candidates.count) {
      prefetch(vectors_.row(cells_.points[columns[i + kAhead]]), vectors_.n_features);
    }
    const std::int32_t point = cells_.points[columns[i]];
    found.push_back({distance_(query.vector, vectors_.row(point)), point, columns[i]});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.point < b.point);
  });
  found.resize(std::min<std::size_t>(found.size(), k));
  return found;
}

}  // namespace terrella
