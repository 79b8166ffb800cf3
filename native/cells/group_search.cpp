#include "cells/group_search.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>


namespace terrella {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int32_t kRowsAtOnce = 96;   // coded queries that fit the first cache beside a cell
constexpr std::int64_t kQueryStrip = 48;   // queries whose distances to centres are held at a time

}  // namespace

GroupSearch::GroupSearch(const CellIndex& index, const Breadth& breadth, std::vector<Query> queries)
    : index_(index), breadth_(breadth), queries_(std::move(queries)) {
  const auto n = static_cast<std::int64_t>(queries_.size());
  for (std::int64_t q = 0; q < n; ++q) {
    if (homes_.empty() || homes_.back() != queries_[q].home) {
      homes_.push_back(queries_[q].home);
      residents_.emplace_back();
    }
    residents_.back().push_back(static_cast<std::int32_t>(q));
  }
  capacity_ = 2 * breadth.keep + kColumnBlock;
  stride_ = capacity_ + index.largest_cell() + kColumnBlock;
  thresholds_.assign(n, kInfinity);
  values_.resize(n * stride_);
  columns_.resize(n * stride_);
  counts_.assign(n, 0);
}

void GroupSearch::run() {
  choose_cells();
  choose_probes();
  for (std::size_t h = 0; h < homes_.size(); ++h) look_into(homes_[h], residents_[h]);
  for (std::size_t c = 0; c < cells_.size(); ++c) look_into(cells_[c], visitors_[c]);
}

// The union of what is within reach of each home, by the distance to the nearest home.
void GroupSearch::choose_cells() {
  const Centres& centres = index_.centres();
  const std::int64_t n_cells = centres.count();
  const std::int64_t reach = std::min(breadth_.reach, n_cells);
  std::vector<const float*> rows;
  for (const std::int64_t home : homes_) rows.push_back(index_.centre(home));
  std::vector<float> distances(homes_.size() * centres.stride());
  centres.distances(rows.data(), static_cast<std::int64_t>(rows.size()), distances.data());
  std::vector<float> nearest(n_cells, kInfinity);
  for (std::size_t h = 0; h < homes_.size(); ++h) {
    const float* from_home = distances.data() + h * centres.stride();
    const float bound = index_.kernels().cells.rank_bound(from_home, n_cells, reach);
    for (std::int64_t c = 0; c < n_cells; ++c) {
      nearest[c] = std::min(nearest[c], from_home[c] <= bound ? from_home[c] : kInfinity);
    }
  }
  for (std::int64_t c = 0; c < n_cells; ++c) {
    if (nearest[c] < kInfinity) cells_.push_back(c);
  }
  std::stable_sort(cells_.begin(), cells_.end(),
                   [&](std::int64_t a, std::int64_t b) { return nearest[a] < nearest[b]; });
}

void GroupSearch::choose_probes() {
  const std::int64_t d = index_.coordinates().n_features;
  const auto n_cells = static_cast<std::int64_t>(cells_.size());
  std::vector<float> values(n_cells * d);
  for (std::int64_t c = 0; c < n_cells; ++c) std::copy_n(index_.centre(cells_[c]), d, values.data() + c * d);
  const Centres centres(values.data(), n_cells, d, index_.kernels());
  visitors_.resize(n_cells);
  std::vector<float> distances(kQueryStrip * centres.stride());
  std::vector<std::int32_t> probed(n_cells + kColumnBlock);
  const float* rows[kQueryStrip];
  const auto n = static_cast<std::int64_t>(queries_.size());
  for (std::int64_t first = 0; first < n; first += kQueryStrip) {
    const std::int64_t count = std::min(kQueryStrip, n - first);
    for (std::int64_t r = 0; r < count; ++r) rows[r] = index_.coordinates().row(queries_[first + r].point);
    centres.distances(rows, count, distances.data());
    for (std::int64_t r = 0; r < count; ++r) {
      const float* row = distances.data() + r * centres.stride();
      const float bound =
          index_.kernels().cells.rank_bound(row, n_cells, std::min(breadth_.probes, n_cells));
      const std::int32_t n_probed =
          index_.kernels().cells.list_below(row, static_cast<std::int32_t>(n_cells), bound, probed.data());
      for (std::int32_t p = 0; p < n_probed; ++p) {
        const std::int32_t c = probed[p];
        if (cells_[c] != queries_[first + r].home) visitors_[c].push_back(static_cast<std::int32_t>(first + r));
      }
    }
  }
}

void GroupSearch::look_into(std::int64_t cell, const std::vector<std::int32_t>& queries) {
  const auto count = static_cast<std::int32_t>(queries.size());
  for (std::int32_t first = 0; first < count; first += kRowsAtOnce) {
    look(cell, queries.data() + first, std::min(kRowsAtOnce, count - first));
  }
}

void GroupSearch::look(std::int64_t cell, const std::int32_t* queries, std::int32_t count) {
  const CellColumns columns = index_.columns(cell);
  const std::int64_t row_bytes = std::int64_t{columns.n_groups} * kCodeGroup;
  std::vector<std::int8_t> codes((count + kRowBlock) * row_bytes);
  float gains[kRowsAtOnce + kRowBlock] = {};
  float thresholds[kRowsAtOnce + kRowBlock];
  float offsets[kRowsAtOnce + kRowBlock] = {};
  std::int32_t lists[kRowsAtOnce + kRowBlock] = {};
  std::fill(std::begin(thresholds), std::end(thresholds), -kInfinity);
  const PointsView& coordinates = index_.coordinates();
  for (std::int32_t r = 0; r < count; ++r) {
    float squared = 0.0f;
    std::int32_t total = 0;
    const float step =
        index_.kernels().cells.encode_row(coordinates.row(queries_[queries[r]].point), index_.centre(cell),
                                          coordinates.n_features, codes.data() + r * row_bytes, &squared, &total);
    gains[r] = -2.0f * step * index_.step(cell);
    offsets[r] = squared - kCodeOffset * gains[r] * static_cast<float>(total);
    thresholds[r] = thresholds_[queries[r]] - offsets[r];
    lists[r] = queries[r];
  }
  const std::int32_t padded = (count + kRowBlock - 1) / kRowBlock * kRowBlock;
  const CellRows rows{codes.data(), gains, thresholds, offsets, lists, padded};
  index_.kernels().cells.scan_cell(columns, rows, {values_.data(), columns_.data(), counts_.data(), stride_});
  for (std::int32_t r = 0; r < count; ++r) thin(queries[r]);
}

// Leaves a full list its best candidates, and lets in only what is better than their worst.
void GroupSearch::thin(std::int32_t query) {
  std::int32_t& count = counts_[query];
  const bool settled = thresholds_[query] < kInfinity;
  if (count < breadth_.keep || (settled && count <= capacity_)) return;
  float* values = values_.data() + query * stride_;
  const float bound = index_.kernels().cells.rank_bound(values, count, breadth_.keep);
  count = index_.kernels().cells.keep_below(values, columns_.data() + query * stride_, count, bound);
  // Many as far away as each other: the first are as good as any.
  count = std::min(count, static_cast<std::int32_t>(capacity_));
  thresholds_[query] = bound;
}

std::vector<std::int32_t> GroupSearch::coded_order(std::int64_t query) const {
  const float* values = values_.data() + query * stride_;
  std::vector<std::int32_t> order(counts_[query]);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return values[a] < values[b]; });
  for (std::int32_t& entry : order) entry = columns_[query * stride_ + entry];
  return order;
}

void GroupSearch::measure(std::int64_t k,
                          const std::function<void(std::int64_t, const Found*, std::int64_t)>& take) const {
  Measurement measurement(index_, k);
  std::vector<std::int32_t> kept;
  for (const std::vector<std::int32_t>& residents : residents_) {
    measurement.clear();
    for (const std::int32_t query : residents) {
      const std::int64_t count = counts_[query];
      const float* values = values_.data() + query * stride_;
      const std::int32_t* columns = columns_.data() + query * stride_;
      kept.clear();
      const float bound =
          count > breadth_.keep ? index_.kernels().cells.rank_bound(values, count, breadth_.keep) : kInfinity;
      for (std::int64_t i = 0; i < count; ++i) {
        if (values[i] <= bound) kept.push_back(columns[i]);
      }
      measurement.add(queries_[query].point, kept.data(), static_cast<std::int64_t>(kept.size()));
    }
    measurement.run();
    for (std::size_t r = 0; r < residents.size(); ++r) take(residents[r], measurement.found(r), measurement.count(r));
  }
}

}  // namespace terrella
