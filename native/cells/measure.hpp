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

  // Begins with the queries of another cell.
  void clear();

  // Adds the next query's candidates, columns of the index; the query itself is left out.
  void add(std::int32_t query, const std::int32_t* columns, std::int64_t count);

  void run();

  // After run(): the nearest candidates of the q-th query in the order of (distance, number), and how many they are.
  const Found* found(std::int64_t q) const { return found_.data() + q * k_; }
  std::int64_t count(std::int64_t q) const { return counts_[q]; }

 private:
  struct Pair {
    std::int32_t column;
    std::int32_t query;  // its place
  };

  void sort_pairs();
  void measure_roughly();
  void measure_nearest(std::int64_t q);

  const CellIndex& index_;
  std::int64_t k_;
  std::vector<std::int32_t> queries_;
  std::vector<std::int64_t> ends_;    // (n_queries,) where a query's candidates end among all
  std::vector<Pair> pairs_;
  std::vector<Pair> sorted_;
  std::vector<float> rough_;          // squared distances, query after query
  std::vector<std::int32_t> columns_;
  std::vector<std::int32_t> nearest_;
  std::vector<Found> measured_;
  std::vector<Found> found_;          // (n_queries, k)
  std::vector<std::int64_t> counts_;  // (n_queries,)
};

}  // namespace terrella
