#include "cells/measure.hpp"

#include <algorithm>
#include <cmath>

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

void Measurement::add(std::int32_t query, const std::int32_t* columns, std::int64_t count) {
  const auto place = static_cast<std::int32_t>(queries_.size());
  queries_.push_back(query);
  for (std::int64_t i = 0; i < count; ++i) {
    if (index_.point(columns[i]) != query) pairs_.push_back({columns[i], place});
  }
}

// By column, digit by digit from the last: equal columns keep the order of their queries.
void Measurement::sort_pairs() {
  std::vector<Pair> sorted(pairs_.size());
  for (int shift = 0; (index_.n_columns() - 1) >> shift > 0; shift += kDigitBits) {
    std::vector<std::size_t> next(kDigits + 1);
    for (const Pair& pair : pairs_) ++next[(pair.column >> shift & (kDigits - 1)) + 1];
    for (std::size_t d = 1; d < kDigits; ++d) next[d] += next[d - 1];
    for (const Pair& pair : pairs_) sorted[next[pair.column >> shift & (kDigits - 1)]++] = pair;
    pairs_.swap(sorted);
  }
}

std::vector<std::vector<Found>> Measurement::run() {
  sort_pairs();
  const PointsView& vectors = index_.vectors();
  const auto rough_squares = index_.kernels().cells.rough_squares;
  std::vector<std::vector<Rough>> rough(queries_.size());
  std::size_t fetched = 0;  // pairs up to here have been fetched
  std::size_t ahead = 0;    // of which this many different candidates lie before us
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    const std::int32_t point = index_.point(pairs_[p].column);
    if (p > 0 && pairs_[p].column != pairs_[p - 1].column) --ahead;
    while (fetched < pairs_.size() && ahead < kAhead) {
      if (fetched == 0 || pairs_[fetched].column != pairs_[fetched - 1].column) {
        prefetch(vectors.row(index_.point(pairs_[fetched].column)), vectors.n_features);
        ++ahead;
      }
      ++fetched;
    }
    const float* query = vectors.row(queries_[pairs_[p].query]);
    const float squared = rough_squares(query, vectors.row(point), vectors.n_features);
    rough[pairs_[p].query].push_back({squared, point, pairs_[p].column});
  }
  std::vector<std::vector<Found>> found(queries_.size());
  for (std::size_t q = 0; q < queries_.size(); ++q) found[q] = nearest(queries_[q], rough[q]);
  return found;
}

std::vector<Found> Measurement::nearest(std::int32_t query, std::vector<Rough>& candidates) const {
  const PointsView& vectors = index_.vectors();
  const std::size_t k = std::min<std::size_t>(k_, candidates.size());
  if (k == 0) return {};
  std::nth_element(candidates.begin(), candidates.begin() + (k - 1), candidates.end(),
                   [](const Rough& a, const Rough& b) { return a.squared < b.squared; });
  // What rounding may have put on the wrong side of the k-th is measured too.
  const double rounding = (static_cast<double>(vectors.n_features) / 16.0 + 32.0) * 0x1p-22;
  const float limit = std::nextafter(static_cast<float>(candidates[k - 1].squared * (1.0 + rounding)), INFINITY);
  std::vector<Found> found;
  for (const Rough& one : candidates) {
    if (!(one.squared <= limit)) continue;
    found.push_back({index_.distance()(vectors.row(query), vectors.row(one.point)), one.point, one.column});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.point < b.point);
  });
  found.resize(k);
  return found;
}

}  // namespace terrella
