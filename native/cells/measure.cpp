#include "cells/measure.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace terrella {
namespace {

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kAhead = 3;  // candidates whose vectors are fetched in advance

void prefetch(const float* row, std::int64_t n_features) {
  constexpr std::int64_t kLine = 16;
  for (std::int64_t f = 0; f < n_features; f += kLine) __builtin_prefetch(row + f);
}

}  // namespace

void Measurement::clear() {
  queries_.clear();
  ends_.clear();
  pairs_.clear();
}

void Measurement::add(std::int32_t query, const std::int32_t* columns, std::int64_t count) {
  const auto place = static_cast<std::int32_t>(queries_.size());
  queries_.push_back(query);
  for (std::int64_t i = 0; i < count; ++i) {
    if (index_.point(columns[i]) != query) pairs_.push_back({columns[i], place});
  }
  ends_.push_back(static_cast<std::int64_t>(pairs_.size()));
}

void Measurement::run() {
  sort_pairs();
  measure_roughly();
  const auto n = static_cast<std::int64_t>(queries_.size());
  found_.resize(n * k_);
  counts_.resize(n);
  for (std::int64_t q = 0; q < n; ++q) measure_nearest(q);
}

// By column, digit by digit from the last: equal columns keep the order of their queries.
void Measurement::sort_pairs() {
  sorted_.resize(pairs_.size());
  std::size_t next[kDigits + 1];
  for (int shift = 0; (index_.n_columns() - 1) >> shift > 0; shift += kDigitBits) {
    std::fill(std::begin(next), std::end(next), 0);
    for (const Pair& pair : pairs_) ++next[(pair.column >> shift & (kDigits - 1)) + 1];
    for (std::size_t d = 1; d < kDigits; ++d) next[d] += next[d - 1];
    for (const Pair& pair : pairs_) sorted_[next[pair.column >> shift & (kDigits - 1)]++] = pair;
    pairs_.swap(sorted_);
  }
}

void Measurement::measure_roughly() {
  const PointsView& vectors = index_.vectors();
  const auto rough_squares = index_.kernels().cells.rough_squares;
  std::vector<std::int64_t> next(queries_.size());
  for (std::size_t q = 1; q < queries_.size(); ++q) next[q] = ends_[q - 1];
  rough_.resize(pairs_.size());
  columns_.resize(pairs_.size());
  std::size_t fetched = 0;    // pairs up to here have been fetched,
  std::size_t different = 0;  // of which this many different candidates lie from here on
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    const Pair pair = pairs_[p];
    if (p > 0 && pair.column != pairs_[p - 1].column) --different;
    for (; fetched < pairs_.size() && different < kAhead; ++fetched) {
      if (fetched > 0 && pairs_[fetched].column == pairs_[fetched - 1].column) continue;
      prefetch(vectors.row(index_.point(pairs_[fetched].column)), vectors.n_features);
      ++different;
    }
    const float* candidate = vectors.row(index_.point(pair.column));
    const float squared = rough_squares(vectors.row(queries_[pair.query]), candidate, vectors.n_features);
    const std::int64_t at = next[pair.query]++;
    rough_[at] = squared;
    columns_[at] = pair.column;
  }
}

void Measurement::measure_nearest(std::int64_t q) {
  const std::int64_t first = q > 0 ? ends_[q - 1] : 0;
  const std::int64_t candidates = ends_[q] - first;
  counts_[q] = std::min(k_, candidates);
  if (candidates == 0) return;
  const CellKernels& kernels = index_.kernels().cells;
  const PointsView& vectors = index_.vectors();
  // What rounding may have put on the wrong side of the k-th is measured too.
  const double rounding = (static_cast<double>(vectors.n_features) / 16.0 + 32.0) * 0x1p-22;
  const double worst = kernels.rank_bound(rough_.data() + first, candidates, counts_[q]);
  const float limit = std::nextafter(static_cast<float>(worst * (1.0 + rounding)), INFINITY);
  nearest_.resize(candidates + kColumnBlock);
  const std::int32_t n_nearest =
      kernels.list_below(rough_.data() + first, static_cast<std::int32_t>(candidates), limit, nearest_.data());
  measured_.clear();
  for (std::int32_t i = 0; i < n_nearest; ++i) {
    const std::int32_t column = columns_[first + nearest_[i]];
    const std::int32_t point = index_.point(column);
    measured_.push_back({index_.distance()(vectors.row(queries_[q]), vectors.row(point)), point, column});
  }
  std::sort(measured_.begin(), measured_.end(), [](const Found& a, const Found& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.point < b.point);
  });
  std::copy_n(measured_.begin(), counts_[q], found_.begin() + q * k_);
}

}  // namespace terrella
