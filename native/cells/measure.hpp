// The exact distances of what the codes found, for the queries of one cell at a time.
//
// Queries of a cell share most of their candidates. Taken in the order of the candidates, each candidate's vector is
// read from memory once for all of them, while the queries' own stay in the second cache. Float32 tells which may be
// among a query's k nearest; those are measured in double precision.
#pragma once

#include <cstdint>
#include <vector>

#include "cells/index.hpp"

namespace terrella {

struct Found {
  float distance;
  std::int32_t point;
  std::int32_t column;
};

class Measurement {
 public:
  // Finds up to k for each query.
  Measurement(const CellIndex& index, std::int64_t k) : index_(index), k_(k) {}

  // Adds the candidates of the next query, columns of the index; the query itself is left out.
  void add(std::int32_t query, const std::int32_t* columns, std::int64_t count);

  // Returns for each query its nearest candidates in the order of (distance, number).
  std::vector<std::vector<Found>> run();

 private:
  struct Pair {
    std::int32_t column;
    std::int32_t query;  // its place
  };

  struct Rough {
    float squared;
    std::int32_t point;
    std::int32_t column;
  };

  void sort_pairs();
  std::vector<Found> nearest(std::int32_t query, std::vector<Rough>& candidates) const;

  const CellIndex& index_;
  std::int64_t k_;
  std::vector<std::int32_t> queries_;
  std::vector<Pair> pairs_;
};

}  // namespace terrella
