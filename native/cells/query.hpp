// The nearest points of vectors that need not be points themselves, through cells that were made before.
#pragma once

#include <cstdint>
#include <vector>

#include "cells/coded.hpp"
#include "cells/measure.hpp"
#include "core/isa.hpp"
#include "neighbors/metric.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// A vector and its coordinates in the space of the cells.
struct CellQuery {
  const float* vector;       // (n_features,)
  const float* coordinates;  // (n_axes,)
};

class QuerySearch {
 public:
  // vectors: what distances are measured on.
  QuerySearch(const PointsView& vectors, const CodedCells& cells, const Kernels& kernels);

  // Returns up to k points in the order of (distance, number): the best of the `keep` that the codes of the `probes`
  // nearest cells find; of more cells where those hold fewer than k.
  std::vector<Found> run(const CellQuery& query, std::int64_t k, std::int64_t probes, std::int64_t keep) const;

 private:
  struct Candidates;

  std::vector<std::int32_t> nearest_cells(const float* coordinates, std::int64_t probes) const;
  void look(const CellQuery& query, std::int64_t cell, Candidates& candidates) const;
  void thin(Candidates& candidates) const;
  std::vector<Found> measure(const CellQuery& query, std::int64_t k, Candidates& candidates) const;

  PointsView vectors_;
  CodedCells cells_;
  const Kernels& kernels_;
  Distance distance_;
  std::int64_t largest_;  // columns of the largest cell
};

}  // namespace terrella
