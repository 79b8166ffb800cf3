// The points that are searched and the queries that search them.
#pragma once

#include <cstdint>

namespace terrella {

// Rows of float32, C-contiguous.
struct PointsView {
  const float* values;  // (n, n_features)
  std::int64_t n;
  std::int64_t n_features;

  const float* row(std::int64_t i) const { return values + i * n_features; }
};

// Rows among which or for which neighbours are sought: some of the points themselves, or others.
struct QueriesView {
  PointsView rows;
  const std::int32_t* numbers;  // (n,) which of `rows` each query is, or null: rows 0 … n − 1, which are no points
  std::int64_t n;

  const float* row(std::int64_t query) const { return rows.row(numbers ? numbers[query] : query); }

  // The point that a query is itself, which is no neighbour of its own, or −1.
  std::int32_t self(std::int64_t query) const { return numbers ? numbers[query] : -1; }
};

}  // namespace terrella
