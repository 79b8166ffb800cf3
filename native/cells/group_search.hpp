// The search for the points of a few neighbouring cells, on one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "cells/index.hpp"
#include "cells/measure.hpp"
#include "cells/search.hpp"

namespace terrella {

class GroupSearch {
 public:
  struct Query {
    std::int32_t point;
    std::int64_t home;  // its cell
  };

  // queries: those of one cell side by side.
  GroupSearch(const CellIndex& index, const Breadth& breadth, std::vector<Query> queries);

  // Gathers what may be near each query.
  void run();

  // Calls take(query, found, count) with up to k of each query's candidates, the nearest, in the order of
  // (distance, number).
  void measure(std::int64_t k, const std::function<void(std::int64_t, const Found*, std::int64_t)>& take) const;

  // For tuning: the candidates' columns in the order of their coded distances.
  std::vector<std::int32_t> coded_order(std::int64_t query) const;

 private:
  void choose_cells();
  void choose_probes();
  void look_into(std::int64_t cell, const std::vector<std::int32_t>& queries);
  void look(std::int64_t cell, const std::int32_t* queries, std::int32_t count);
  void thin(std::int32_t query);

  const CellIndex& index_;
  Breadth breadth_;
  std::vector<Query> queries_;
  std::vector<std::int64_t> homes_;                   // the queries' cells
  std::vector<std::int64_t> cells_;                   // cells within reach, nearest first
  std::vector<std::vector<std::int32_t>> visitors_;   // queries that look into each of cells_, not their home
  std::vector<std::vector<std::int32_t>> residents_;  // queries of each of homes_
  std::int64_t capacity_;                             // candidates that a list holds before it is thinned
  std::int64_t stride_;
  std::vector<float> thresholds_;                     // squared distance below which a candidate matters
  std::vector<float> values_;                         // (n_queries, stride)
  std::vector<std::int32_t> columns_;                 // (n_queries, stride)
  std::vector<std::int32_t> counts_;                  // (n_queries,)
};

}  // namespace terrella
