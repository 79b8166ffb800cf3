#include "cells/partition.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cells/centres.hpp"
#include "cells/random.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kBranches = 32;        // children of a node, at most
constexpr std::int64_t kSamplePerBranch = 96;  // points that place a child's centre
constexpr int kRounds = 5;                     // of Lloyd's iteration
constexpr std::int64_t kBlock = 1024;          // points assigned at a time
constexpr int kDeepest = 8;                    // levels of the tree, where duplicates keep a node from falling apart

using Members = std::vector<std::int32_t>;

// The children that a node of `count` points gets, so that all levels branch alike.
std::int64_t branches(std::int64_t count, std::int64_t cell_size) {
  const double cells = static_cast<double>(count) / static_cast<double>(cell_size);
  const double levels = std::max(1.0, std::ceil(std::log(cells) / std::log(static_cast<double>(kBranches))));
  return std::max<std::int64_t>(2, std::llround(std::pow(cells, 1.0 / levels)));
}

class Splitter {
 public:
  Splitter(const PointsView& points, std::int64_t cell_size, std::uint64_t seed, const Kernels& kernels)
      : points_(points), cell_size_(cell_size), seed_(seed), kernels_(kernels) {}

  // Centres of the children of a node, (count, n_features), by Lloyd's iteration on a sample.
  std::vector<float> place(const Members& members, std::uint64_t node) const;

  // Writes the nearest of `centres` for members [first, last).
  void assign(const Members& members, std::int64_t first, std::int64_t last, const Centres& centres,
              std::int32_t* labels) const;

  // Cuts `members` down to cells, which are appended.
  void split(const Members& members, std::uint64_t node, int depth, std::vector<Members>& cells) const;

  bool is_small(std::int64_t count) const { return 2 * count <= 3 * cell_size_; }

 private:
  Members sample(const Members& members, std::int64_t count, std::uint64_t node) const;

  PointsView points_;
  std::int64_t cell_size_;
  std::uint64_t seed_;
  const Kernels& kernels_;
};

// One member from each of `count` equal stretches.
Members Splitter::sample(const Members& members, std::int64_t count, std::uint64_t node) const {
  const auto n = static_cast<std::int64_t>(members.size());
  if (n <= count) return members;
  Members chosen(count);
  for (std::int64_t s = 0; s < count; ++s) {
    const std::int64_t begin = s * n / count;
    chosen[s] = members[begin + random_below((s + 1) * n / count - begin, seed_, node, s)];
  }
  return chosen;
}

std::vector<float> Splitter::place(const Members& members, std::uint64_t node) const {
  const std::int64_t d = points_.n_features;
  const std::int64_t count = branches(static_cast<std::int64_t>(members.size()), cell_size_);
  Members chosen = sample(members, count * kSamplePerBranch, node);
  const auto size = static_cast<std::int64_t>(chosen.size());
  std::vector<float> centres(count * d);
  for (std::int64_t c = 0; c < count; ++c) {
    std::swap(chosen[c], chosen[c + random_below(size - c, seed_, ~node, c)]);
    std::copy_n(points_.row(chosen[c]), d, centres.data() + c * d);
  }
  std::vector<std::int32_t> labels(size);
  for (int round = 0; round < kRounds; ++round) {
    assign(chosen, 0, size, Centres(centres.data(), count, d, kernels_), labels.data());
    std::vector<double> sums(count * d);
    std::vector<std::int64_t> counts(count);
    for (std::int64_t s = 0; s < size; ++s) {
      const float* row = points_.row(chosen[s]);
      double* sum = sums.data() + labels[s] * d;
      for (std::int64_t f = 0; f < d; ++f) sum[f] += row[f];
      ++counts[labels[s]];
    }
    for (std::int64_t c = 0; c < count; ++c) {
      for (std::int64_t f = 0; f < d && counts[c] > 0; ++f) {
        centres[c * d + f] = static_cast<float>(sums[c * d + f] / static_cast<double>(counts[c]));
      }
    }
  }
  return centres;
}

void Splitter::assign(const Members& members, std::int64_t first, std::int64_t last, const Centres& centres,
                      std::int32_t* labels) const {
  constexpr std::int64_t kStrip = 48;
  std::vector<float> distances(kStrip * centres.stride());
  const float* rows[kStrip];
  for (std::int64_t m = first; m < last; m += kStrip) {
    const std::int64_t count = std::min(kStrip, last - m);
    for (std::int64_t r = 0; r < count; ++r) rows[r] = points_.row(members[m + r]);
    centres.distances(rows, count, distances.data());
    for (std::int64_t r = 0; r < count; ++r) {
      const float* row = distances.data() + r * centres.stride();
      labels[m + r] = static_cast<std::int32_t>(std::min_element(row, row + centres.count()) - row);
    }
  }
}

std::vector<Members> by_label(const Members& members, const std::vector<std::int32_t>& labels, std::int64_t count) {
  std::vector<Members> children(count);
  for (std::size_t m = 0; m < members.size(); ++m) children[labels[m]].push_back(members[m]);
  children.erase(std::remove_if(children.begin(), children.end(), [](const Members& c) { return c.empty(); }),
                 children.end());
  return children;
}

void Splitter::split(const Members& members, std::uint64_t node, int depth, std::vector<Members>& cells) const {
  const auto n = static_cast<std::int64_t>(members.size());
  if (is_small(n)) {
    cells.push_back(members);
    return;
  }
  const std::vector<float> placed = place(members, node);
  const Centres centres(placed.data(), static_cast<std::int64_t>(placed.size()) / points_.n_features,
                        points_.n_features, kernels_);
  std::vector<std::int32_t> labels(n);
  assign(members, 0, n, centres, labels.data());
  const std::vector<Members> children = by_label(members, labels, centres.count());
  if (children.size() == 1 || depth == kDeepest) {  // all alike, or nearly: any cut is as good
    for (std::int64_t first = 0; first < n; first += cell_size_) {
      cells.emplace_back(members.begin() + first, members.begin() + std::min(first + cell_size_, n));
    }
    return;
  }
  for (std::size_t c = 0; c < children.size(); ++c) split(children[c], random_bits(seed_, node, c), depth + 1, cells);
}

Partition gather(const std::vector<std::vector<Members>>& parts) {
  Partition result;
  result.starts.push_back(0);
  for (const std::vector<Members>& cells : parts) {
    for (const Members& cell : cells) {
      result.order.insert(result.order.end(), cell.begin(), cell.end());
      result.starts.push_back(static_cast<std::int64_t>(result.order.size()));
    }
  }
  return result;
}

}  // namespace

Partition partition(const PointsView& points, std::int64_t cell_size, std::uint64_t seed, const Kernels& kernels,
                    ThreadPool& pool, Monitor* monitor) {
  const Splitter splitter(points, cell_size, seed, kernels);
  Members all(points.n);
  std::iota(all.begin(), all.end(), 0);
  if (splitter.is_small(points.n)) return gather({{all}});
  const std::vector<float> placed = splitter.place(all, 0);
  const Centres centres(placed.data(), static_cast<std::int64_t>(placed.size()) / points.n_features,
                        points.n_features, kernels);
  std::vector<std::int32_t> labels(points.n);
  pool.run((points.n + kBlock - 1) / kBlock, [&](std::int64_t b) {
    splitter.assign(all, b * kBlock, std::min((b + 1) * kBlock, points.n), centres, labels.data());
  }, monitor);
  const std::vector<Members> children = by_label(all, labels, centres.count());
  const auto n_children = static_cast<std::int64_t>(children.size());
  std::vector<std::vector<Members>> parts(n_children);
  pool.run(n_children, [&](std::int64_t c) {
    splitter.split(children[c], random_bits(seed, 0, c), 1, parts[c]);
  }, monitor);
  return gather(parts);
}

}  // namespace terrella
