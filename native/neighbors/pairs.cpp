#include "neighbors/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace terrella {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr double kNone = -std::numeric_limits<double>::infinity();  // a point that wants no more neighbours
constexpr double kMostBlock = 1280.0;              // points in a block, at most
constexpr double kMeetingProducts = 4e9;          // products of a meeting, about: it cannot be interrupted
constexpr std::int64_t kBlockBytes = 256 * 1024;  // columns seen by one tile after another: half a level-2 cache
constexpr std::int64_t kPairs = 128;              // pairs gathered before they are measured
constexpr double kFar = 1e-5;                     // what rounding may do to a distance from a centre

int levels_for(const PointsView& points) {
  const double features = static_cast<double>(points.n_features);
  const double size = std::clamp(std::sqrt(kMeetingProducts / features), 64.0, kMostBlock);
  int levels = 0;
  while (static_cast<double>(points.n >> levels) > size) ++levels;
  return levels;
}

}  // namespace

// The points of one block as one side of its meeting with another.
struct Side {
  const std::int32_t* numbers = nullptr;  // (count,)
  std::int64_t count = 0;
  std::int64_t tiles = 0;          // or panels, of `width` points each
  std::vector<const float*> rows;  // (tiles · width and a register more,) the last one again for padding
  std::vector<float> packed;       // (tiles, n_features, width)
  std::vector<double> squares;     // of the distance from the centre, scaled
  std::vector<float> terms;        // +∞ for padding
  std::vector<float> limits;       // −∞ for padding
  std::vector<double> wishes;      // the distance up to which each point wants neighbours; −∞: none
  double wish = 0.0;               // the largest of them
  double reach = 0.0;              // the largest distance from the centre, scaled

  PairSide at(std::int64_t first) const { return {terms.data() + first, limits.data() + first}; }
};

// Two blocks of points, or one block and itself, that look at each other.
class PairScan::Meeting {
 public:
  Meeting(PairScan& scan, NearestSearch& search)
      : scan_(scan), search_(search), pairs_(2 * (kPairs + scan.kernels_.tile_rows * scan.kernels_.panel_columns)) {}

  void hold(std::int64_t a, std::int64_t b);

 private:
  void enter(Side& side, std::int64_t block, std::int64_t other, std::int64_t width);
  void place(Side& side, const std::vector<float>& center, std::int64_t width);
  void set_wish(Side& side, std::int64_t i, std::int32_t least);
  void set_limit(Side& side, std::int64_t i);
  bool apart(std::int64_t a, std::int64_t b) const;
  bool far(std::int64_t first_row) const;
  void compare();
  void measure();

  PairScan& scan_;
  NearestSearch& search_;
  Side rows_;
  Side columns_;
  std::int32_t least_row_ = 0;     // the lowest number of a row
  std::int32_t least_column_ = 0;
  bool same_ = false;              // a block meets itself
  std::vector<std::int32_t> pairs_;  // (n_pairs, 2) of a row and a column
  std::int64_t n_pairs_ = 0;
};

void PairScan::Meeting::hold(std::int64_t a, std::int64_t b) {
  same_ = a == b;
  least_row_ = scan_.least_[a];
  least_column_ = scan_.least_[b];
  enter(rows_, a, b, scan_.kernels_.tile_rows);
  enter(columns_, b, a, scan_.kernels_.panel_columns);
  if (rows_.wish == kNone && columns_.wish == kNone) return;
  if (!same_ && apart(a, b)) return;
  place(rows_, scan_.centers_[b], scan_.kernels_.tile_rows);
  place(columns_, scan_.centers_[b], scan_.kernels_.panel_columns);
  if (same_) scan_.reach_[a] = columns_.reach;
  compare();
}

// Takes the places of a block's points and asks what each wants of the other block.
void PairScan::Meeting::enter(Side& side, std::int64_t block, std::int64_t other, std::int64_t width) {
  side.numbers = scan_.blocks_.order.data() + scan_.blocks_.first[block];
  side.count = scan_.blocks_.first[block + 1] - scan_.blocks_.first[block];
  side.tiles = (side.count + width - 1) / width;
  const std::int64_t padded = side.tiles * width;
  side.rows.resize(padded + scan_.kernels_.lanes);
  side.squares.resize(padded + scan_.kernels_.lanes);
  side.terms.assign(padded, kInfinity);
  side.limits.assign(padded, -kInfinity);
  side.wishes.resize(side.count);
  side.packed.resize(padded * scan_.points_.n_features + scan_.kernels_.lanes);
  side.wish = kNone;
  for (std::int64_t i = 0; i < side.count; ++i) {
    side.wishes[i] = search_.wish(side.numbers[i], scan_.least_[other]);
    side.wish = std::max(side.wish, side.wishes[i]);
  }
}

void PairScan::Meeting::place(Side& side, const std::vector<float>& center, std::int64_t width) {
  const std::int64_t d = scan_.points_.n_features;
  for (std::size_t i = 0; i < side.rows.size(); ++i) {
    side.rows[i] = scan_.points_.row(side.numbers[std::min<std::int64_t>(i, side.count - 1)]);
  }
  for (std::int64_t t = 0; t < side.tiles; ++t) {
    scan_.kernels_.pack(side.rows.data() + t * width, width, center.data(), scan_.bound_.point_scale(), d,
                        side.packed.data() + t * width * d, side.squares.data() + t * width);
  }
  side.reach = 0.0;
  for (std::int64_t i = 0; i < side.count; ++i) {
    side.terms[i] = scan_.bound_.point_term(side.squares[i]);
    side.reach = std::max(side.reach, std::sqrt(side.squares[i]));
    set_limit(side, i);
  }
}

void PairScan::Meeting::set_limit(Side& side, std::int64_t i) {
  side.limits[i] = scan_.bound_.outer_limit(side.wishes[i], side.squares[i], scan_.bound_.point_scale());
}

// Whether the balls around two blocks' centres lie too far apart for any wish.
bool PairScan::Meeting::apart(std::int64_t a, std::int64_t b) const {
  if (scan_.metric_ != Metric::euclidean) return false;
  const auto squares = scan_.kernels_.metrics[static_cast<int>(Metric::euclidean)].total;
  const double distance =
      std::sqrt(squares(scan_.centers_[a].data(), scan_.centers_[b].data(), scan_.points_.n_features));
  const double wish = std::max(rows_.wish, columns_.wish) * scan_.bound_.point_scale();
  return distance * (1.0 - kFar) > (scan_.reach_[a] + scan_.reach_[b] + wish) * (1.0 + kFar);
}

// Whether all rows of a tile lie too far from the columns' ball.
bool PairScan::Meeting::far(std::int64_t first_row) const {
  if (scan_.metric_ != Metric::euclidean) return false;
  const double scale = scan_.bound_.point_scale();
  for (std::int64_t r = first_row; r < std::min(first_row + scan_.kernels_.tile_rows, rows_.count); ++r) {
    const double wish = std::max(rows_.wishes[r], columns_.wish) * scale;
    if (!(std::sqrt(rows_.squares[r]) * (1.0 - kFar) > (columns_.reach + wish) * (1.0 + kFar))) return false;
  }
  return true;
}

void PairScan::Meeting::compare() {
  const NeighborKernels& kernels = scan_.kernels_;
  const auto tile_of = kernels.metrics[static_cast<int>(scan_.metric_)].tile;
  const std::int64_t d = scan_.points_.n_features;
  const std::int64_t width = kernels.panel_columns;
  const std::int64_t panel_bytes = d * width * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t block = std::max<std::int64_t>(1, kBlockBytes / panel_bytes);
  alignas(64) float totals[12 * 32];
  for (std::int64_t begin = 0; begin < columns_.tiles; begin += block) {
    const std::int64_t end = std::min(begin + block, columns_.tiles);
    for (std::int64_t tile = 0; tile < rows_.tiles; ++tile) {
      const std::int64_t row = tile * kernels.tile_rows;
      if (far(row)) continue;
      // A block that meets itself: columns after the rows are enough.
      for (std::int64_t p = same_ ? std::max(begin, row / width) : begin; p < end; ++p) {
        tile_of(rows_.packed.data() + row * d, columns_.packed.data() + p * width * d, d, totals);
        n_pairs_ = kernels.collect_pairs(totals, rows_.at(row), columns_.at(p * width), scan_.bound_.factor(),
                                         static_cast<std::int32_t>(row), static_cast<std::int32_t>(p * width),
                                         pairs_.data(), n_pairs_);
        if (n_pairs_ >= kPairs) measure();
      }
    }
  }
  measure();
}

void PairScan::Meeting::measure() {
  for (std::int64_t p = 0; p < n_pairs_; ++p) {
    const std::int32_t i = pairs_[2 * p];
    const std::int32_t j = pairs_[2 * p + 1];
    if (same_ && i >= j) continue;
    const std::int32_t row = rows_.numbers[i];
    const std::int32_t column = columns_.numbers[j];
    if (search_.wish(row, column) == kNone && search_.wish(column, row) == kNone) continue;
    const float distance = search_.distance(row, column);
    if (search_.insert(row, column, distance)) set_wish(rows_, i, least_column_);
    if (search_.insert(column, row, distance)) set_wish(columns_, j, least_row_);
  }
  n_pairs_ = 0;
}

void PairScan::Meeting::set_wish(Side& side, std::int64_t i, std::int32_t least) {
  side.wishes[i] = search_.wish(side.numbers[i], least);
  set_limit(side, i);
}

PairScan::PairScan(const PointsView& points, Metric metric, const Kernels& kernels, ThreadPool& pool)
    : points_(points), metric_(metric), kernels_(kernels.neighbors), pool_(pool),
      bound_(points, {points, nullptr, 0}, metric),
      blocks_(split_points(points, bound_.point_scale(), levels_for(points), kernels_, pool)),
      centers_(blocks_.count()), least_(blocks_.count()), reach_(blocks_.count()) {
  pool.run(blocks_.count(), [&](std::int64_t b) {
    const std::int32_t* numbers = blocks_.order.data() + blocks_.first[b];
    const std::int64_t count = blocks_.first[b + 1] - blocks_.first[b];
    centers_[b] = bound_.center(points, numbers, count);
    least_[b] = *std::min_element(numbers, numbers + count);
  });
}

PairScan::~PairScan() = default;

void PairScan::run(NearestSearch& search, Monitor* monitor) {
  const std::int64_t count = blocks_.count();
  for (std::int64_t round = 0; round < count; ++round) {
    PartMonitor part(monitor, round, count);
    int bit = 0;  // the highest of the round's number: b without it meets b with it
    while (round >> (bit + 1)) ++bit;
    pool_.run(
        std::max<std::int64_t>(1, count / 2),
        [&](std::int64_t task) {
          std::unique_ptr<Meeting> meeting = borrow(search);
          const std::int64_t low = (task >> bit << (bit + 1)) | (task & ((std::int64_t{1} << bit) - 1));
          meeting->hold(low, low ^ round);
          if (round == 0 && count > 1) meeting->hold(low + 1, low + 1);
          give_back(std::move(meeting));
        },
        &part);
  }
}

std::unique_ptr<PairScan::Meeting> PairScan::borrow(NearestSearch& search) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (meetings_.empty()) return std::make_unique<Meeting>(*this, search);
  std::unique_ptr<Meeting> meeting = std::move(meetings_.back());
  meetings_.pop_back();
  return meeting;
}

void PairScan::give_back(std::unique_ptr<Meeting> meeting) {
  std::lock_guard<std::mutex> lock(mutex_);
  meetings_.push_back(std::move(meeting));
}

}  // namespace terrella
