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
    rough_[next[pair.query]++] = {squared, pair.column};
  }
}

void Measurement::measure_nearest(std::int64_t q) {
  Rough* const first = rough_.data() + (q > 0 ? ends_[q - 1] : 0);
  Rough* const last = rough_.data() + ends_[q];
  counts_[q] = std::min<std::int64_t>(k_, last - first);
  if (first == last) return;
  Rough* const worst = first + counts_[q] - 1;
  std::nth_element(first, worst, last, [](const Rough& a, const Rough& b) { return a.squared < b.squared; });
  const PointsView& vectors = index_.vectors();
  // What rounding may have put on the wrong side of the k-th is measured too.
  const double rounding = (static_cast<double>(vectors.n_features) / 16.0 + 32.0) * 0x1p-22;
  const float limit = std::nextafter(static_cast<float>(worst->squared * (1.0 + rounding)), INFINITY);
  measured_.clear();
  for (const Rough* one = first; one < last; ++one) {
    if (!(one->squared <= limit)) continue;
    const std::int32_t point = index_.point(one->column);
    measured_.push_back({index_.distance()(vectors.row(queries_[q]), vectors.row(point)), point, one->column});
  }
  std::sort(measured_.begin(), measured_.end(), [](const Found& a, const Found& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.point < b.point);
  });
  std::copy_n(measured_.begin(), counts_[q], found_.begin() + q * k_);
}

}  // namespace terrella
