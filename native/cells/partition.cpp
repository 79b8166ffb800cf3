// A tree of k-means assigns greedily: a row that lies between two branches goes down the one whose centre is a
// little nearer, and may end among strangers while its company lies under the other, where no search would find
// it. So every row also goes down each second-nearest branch it passes, as a visitor, which has no say in where
// the centres lie; in the end it settles in the nearest of the cells that it has seen.
#include "cells/partition.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "cells/centres.hpp"
#include "cells/place_centres.hpp"
#include "cells/random.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kBranches = 32;  // children of a node, at most
constexpr std::int64_t kBlock = 1024;   // points assigned at a time
constexpr int kDeepest = 8;             // levels of the tree, where duplicates keep a node from falling apart

// Points of a branch and their squared distances to its centre.
struct Branch {
  std::vector<std::int32_t> members;
  std::vector<float> distances;
  std::vector<std::int32_t> visitors;
  std::vector<float> visitor_distances;

  std::int64_t size() const { return static_cast<std::int64_t>(members.size()); }
};


// The children that a node of `count` points gets, so that all levels branch alike.
std::int64_t branches(std::int64_t count, std::int64_t cell_size) {
  const double cells = static_cast<double>(count) / static_cast<double>(cell_size);
  const double levels = std::max(1.0, std::ceil(std::log(cells) / std::log(static_cast<double>(kBranches))));
  return std::max<std::int64_t>(2, std::llround(std::pow(cells, 1.0 / levels)));
}

// Hands each child its members, and the members it was second to as visitors.
std::vector<Branch> deal(const std::vector<std::int32_t>& members, const std::vector<Nearest>& nearest,
                         std::int64_t count) {
  std::vector<Branch> children(count);
  for (std::size_t m = 0; m < members.size(); ++m) {
    Branch& first = children[nearest[m].first];
    first.members.push_back(members[m]);
    first.distances.push_back(nearest[m].first_distance);
    Branch& second = children[nearest[m].second];
    second.visitors.push_back(members[m]);
    second.visitor_distances.push_back(nearest[m].second_distance);
  }
  return children;
}

void deal_visitors(const std::vector<std::int32_t>& visitors, const std::vector<Nearest>& nearest,
                   std::vector<Branch>& children) {
  for (std::size_t v = 0; v < visitors.size(); ++v) {
    children[nearest[v].first].visitors.push_back(visitors[v]);
    children[nearest[v].first].visitor_distances.push_back(nearest[v].first_distance);
  }
}

class Splitter {
 public:
  Splitter(const PointsView& points, std::int64_t cell_size, std::uint64_t seed, const Kernels& kernels)
      : points_(points), cell_size_(cell_size), seed_(seed), kernels_(kernels) {}

  bool is_small(std::int64_t count) const { return 2 * count <= 3 * cell_size_; }

  std::vector<float> place(const std::vector<std::int32_t>& members, std::uint64_t node) const {
    return place_centres(points_, members, branches(static_cast<std::int64_t>(members.size()), cell_size_),
                         random_bits(seed_, node), kernels_);
  }

  // Appends the cells of a branch.
  void split(Branch branch, std::uint64_t node, int depth, std::vector<Branch>& cells) const {
    if (is_small(branch.size())) {
      cells.push_back(std::move(branch));
      return;
    }
    std::vector<Branch> children = divide(branch, node);
    const auto is_whole = [&](const Branch& child) { return child.size() == branch.size(); };
    if (depth == kDeepest || std::any_of(children.begin(), children.end(), is_whole)) {
      cut(branch, cells);
      return;
    }
    branch = {};
    for (std::size_t c = 0; c < children.size(); ++c) {
      if (children[c].size() > 0) split(std::move(children[c]), random_bits(seed_, node, c), depth + 1, cells);
    }
  }

 private:
  std::vector<Branch> divide(const Branch& branch, std::uint64_t node) const {
    const std::vector<float> values = place(branch.members, node);
    const auto count = static_cast<std::int64_t>(values.size()) / points_.n_features;
    const Centres centres(values.data(), count, points_.n_features, kernels_);
    std::vector<Nearest> nearest(branch.members.size());
    centres.nearest(points_, branch.members.data(), branch.size(), nearest.data());
    std::vector<Branch> children = deal(branch.members, nearest, count);
    nearest.resize(branch.visitors.size());
    centres.nearest(points_, branch.visitors.data(), static_cast<std::int64_t>(nearest.size()), nearest.data());
    deal_visitors(branch.visitors, nearest, children);
    return children;
  }

  // All alike, or nearly: any cut is as good. Nobody visits, since the cells have no centres to compare.
  void cut(const Branch& branch, std::vector<Branch>& cells) const {
    for (std::int64_t first = 0; first < branch.size(); first += cell_size_) {
      const std::int64_t last = std::min(first + cell_size_, branch.size());
      cells.emplace_back();
      cells.back().members.assign(branch.members.begin() + first, branch.members.begin() + last);
      cells.back().distances.assign(branch.distances.begin() + first, branch.distances.begin() + last);
    }
  }

  PointsView points_;
  std::int64_t cell_size_;
  std::uint64_t seed_;
  const Kernels& kernels_;
};

// For each point the cell that is nearest of those it has seen, and not full.
std::vector<std::int32_t> settle(const std::vector<Branch>& cells, std::int64_t n) {
  std::vector<std::int32_t> homes(n);
  std::vector<float> distances(n);
  std::vector<std::int64_t> sizes(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    sizes[c] = cells[c].size();
    for (std::size_t m = 0; m < cells[c].members.size(); ++m) {
      homes[cells[c].members[m]] = static_cast<std::int32_t>(c);
      distances[cells[c].members[m]] = cells[c].distances[m];
    }
  }
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::size_t v = 0; v < cells[c].visitors.size(); ++v) {
      const std::int32_t point = cells[c].visitors[v];
      if (!(cells[c].visitor_distances[v] < distances[point]) || sizes[c] == kLargestCell) continue;
      --sizes[homes[point]];
      ++sizes[c];
      homes[point] = static_cast<std::int32_t>(c);
      distances[point] = cells[c].visitor_distances[v];
    }
  }
  return homes;
}

// Sorts the points by their cells; cells that all have left vanish.
Partition gather(const std::vector<std::int32_t>& homes, std::int64_t n_cells) {
  std::vector<std::int64_t> ends(n_cells + 1);
  for (const std::int32_t home : homes) ++ends[home + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  Partition result;
  result.starts.assign(ends.begin(), ends.end());
  result.starts.erase(std::unique(result.starts.begin(), result.starts.end()), result.starts.end());
  result.order.resize(homes.size());
  for (std::size_t i = 0; i < homes.size(); ++i) result.order[ends[homes[i]]++] = static_cast<std::int32_t>(i);
  return result;
}

}  // namespace

Partition partition(const PointsView& points, std::int64_t cell_size, std::uint64_t seed, const Kernels& kernels,
                    ThreadPool& pool, Monitor* monitor) {
  const Splitter splitter(points, cell_size, seed, kernels);
  std::vector<std::int32_t> all(points.n);
  std::iota(all.begin(), all.end(), 0);
  if (splitter.is_small(points.n)) return gather(std::vector<std::int32_t>(points.n), 1);
  const std::vector<float> placed = splitter.place(all, 0);
  const auto count = static_cast<std::int64_t>(placed.size()) / points.n_features;
  const Centres centres(placed.data(), count, points.n_features, kernels);
  std::vector<Nearest> nearest(points.n);
  pool.run((points.n + kBlock - 1) / kBlock, [&](std::int64_t b) {
    const std::int64_t first = b * kBlock;
    centres.nearest(points, all.data() + first, std::min(kBlock, points.n - first), nearest.data() + first);
  }, monitor);
  std::vector<Branch> children = deal(all, nearest, count);
  std::vector<std::vector<Branch>> parts(count);
  pool.run(count, [&](std::int64_t c) {
    if (children[c].size() > 0) splitter.split(std::move(children[c]), random_bits(seed, 0, c), 1, parts[c]);
  }, monitor);
  std::vector<Branch> cells;
  for (std::vector<Branch>& part : parts) std::move(part.begin(), part.end(), std::back_inserter(cells));
  return gather(settle(cells, points.n), static_cast<std::int64_t>(cells.size()));
}

}  // namespace terrella
