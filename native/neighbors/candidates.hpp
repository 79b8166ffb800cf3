// The points that a few tiles of queries have to measure exactly, gathered until it is worth a look.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "neighbors/kernels.hpp"

namespace terrella {

class Candidates {
 public:
  static constexpr int kCapacity = 32;  // a leaf reports a row that holds as many: empty it

  Candidates(std::int64_t n_rows, const NeighborKernels& kernels)
      : tile_rows_(kernels.tile_rows), stride_(kCapacity + kernels.panel_columns + 1),
        limits_((n_rows + tile_rows_ - 1) / tile_rows_ * tile_rows_, -std::numeric_limits<float>::infinity()),
        counts_(limits_.size()), columns_(limits_.size() * stride_) {}

  // Below which a bound makes a row's candidate; −∞, for padding rows too: none.
  float& limit(std::int64_t row) { return limits_[row]; }

  CandidateRows tile(std::int64_t tile) {
    const std::int64_t row = tile * tile_rows_;
    return {limits_.data() + row, columns_.data() + row * stride_, counts_.data() + row, stride_};
  }

  // Calls measure(row, columns, count) for each row of a tile that holds at least `least` candidates, and empties it.
  template <typename Measure>
  void empty(std::int64_t tile, int least, Measure measure) {
    for (std::int64_t row = tile * tile_rows_; row < (tile + 1) * tile_rows_; ++row) {
      if (counts_[row] < least) continue;
      measure(row, columns_.data() + row * stride_, counts_[row]);
      counts_[row] = 0;
    }
  }

 private:
  std::int64_t tile_rows_;
  std::int64_t stride_;
  std::vector<float> limits_;
  std::vector<std::int32_t> counts_;
  std::vector<std::int32_t> columns_;  // (rows, stride)
};

}  // namespace terrella
