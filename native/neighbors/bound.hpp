// A lower bound of the distance that can be had from float32 totals of many pairs at once.
//
// A query x and a point y are scaled (and, for the Euclidean distance, moved) first. A tile's total t then passes
//
//     point_term(y) + factor · t < outer_limit(x, d)      if the exact distance is at most d, and
//     point_term(y) + factor · t < inner_limit(x, d)      only if it is less than d:
//
// everything that rounding can do is allowed for, and what lies between is measured again exactly.
//
//   euclidean      |x − y|² = |x|² + |y|² − 2 x·y     both squares shrunk by 1 − ε, which covers all rounding
//   inner_product  −2 x·y − ε (|x|² + |y|²)           for |x·y − t| ≤ ε |x| |y| ≤ ½ ε (|x|² + |y|²)
//   manhattan      Σ |x − y|                          ε of it too much at most
//   hamming        the number of differing entries    exact
#pragma once

#include <cstdint>
#include <vector>

#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

class Bound {
 public:
  // Chooses the scale that brings the largest coordinate to [1, 2).
  Bound(const PointsView& points, const QueriesView& queries, Metric metric);

  // Where to move points to, (n_features,) scaled: 0, or under the Euclidean distance the medians of a sample of the
  // `count` points `numbers` (null: of the first `count`), which one far outlier does not move.
  std::vector<float> center(const PointsView& points, const std::int32_t* numbers, std::int64_t count) const;

  // The power of two to scale a query by: the points' own, or under inner_product what brings its largest
  // coordinate to [1, 2).
  float query_scale(const float* query) const;
  float point_scale() const { return scale_; }

  // Writes scaled and centred coordinates `stride` apart and returns the sum of their squares.
  double place(const float* row, float scale, const std::vector<float>& center, float* out, std::int64_t stride) const;

  float factor() const;
  float point_term(double squares) const;

  // squares, scale: the query's, from place and query_scale.
  float outer_limit(double distance, double squares, float scale) const;
  float inner_limit(double distance, double squares, float scale) const;

 private:
  Metric metric_;
  std::int64_t n_features_;
  float scale_ = 1.0f;
  double rounding_;  // ε
  double underflow_;
};

}  // namespace terrella
