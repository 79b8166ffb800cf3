#include "cells/search.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cells/group_search.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kGroupQueries = 1024;  // in a task: their lists fit the second cache
constexpr std::int64_t kQueriesPerSample = 4;
constexpr std::int64_t kLeastReach = 128;  // few rows lie among strangers, too few for the sample, but far from their own

struct Group {
  std::int64_t first_cell;
  std::int64_t last_cell;
};

std::vector<Group> groups_of(const CellIndex& index) {
  std::vector<Group> groups;
  std::int64_t queries = 0;
  for (std::int64_t c = 0; c < index.n_cells(); ++c) {
    if (groups.empty() || queries + index.size(c) > kGroupQueries) {
      groups.push_back({c, c});
      queries = 0;
    }
    groups.back().last_cell = c + 1;
    queries += index.size(c);
  }
  return groups;
}

// Every other point, measured, for a query that found fewer than k.
std::vector<Found> measure_all(const CellIndex& index, std::int32_t self) {
  const PointsView& vectors = index.vectors();
  std::vector<Found> found;
  for (std::int64_t i = 0; i < vectors.n; ++i) {
    if (i == self) continue;
    found.push_back({index.distance()(vectors.row(self), vectors.row(i)), static_cast<std::int32_t>(i), -1});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.point < b.point);
  });
  return found;
}

// What one sampled point would have needed for each of its k nearest others.
struct Needs {
  std::vector<std::int64_t> reach;
  std::vector<std::int64_t> probes;
  std::vector<std::int64_t> keep;
};

std::int64_t rank_of(const std::vector<float>& values, std::int64_t which) {
  return std::count_if(values.begin(), values.end(), [&](float v) { return v < values[which]; }) + 1;
}

void add_needs(const CellIndex& index, const std::vector<Found>& found, const std::vector<std::int32_t>& coded,
               GroupSearch::Query asked, Needs& needs) {
  const std::int64_t stride = index.centres().stride();
  std::vector<float> distances(2 * stride);
  const float* rows[2] = {index.centre(asked.home), index.coordinates().row(asked.point)};
  index.centres().distances(rows, 2, distances.data());
  const std::vector<float> from_home(distances.begin(), distances.begin() + index.n_cells());
  const std::vector<float> from_query(distances.begin() + stride, distances.begin() + stride + index.n_cells());
  for (const Found& one : found) {
    const std::int64_t cell = index.cell_of(one.column);
    needs.reach.push_back(rank_of(from_home, cell));
    needs.probes.push_back(cell == asked.home ? 1 : rank_of(from_query, cell));
    needs.keep.push_back(std::find(coded.begin(), coded.end(), one.column) - coded.begin() + 1);
  }
}

// The value that a share of the entries do not exceed.
std::int64_t quantile(std::vector<std::int64_t> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const std::size_t at = std::min(std::max<std::size_t>(rank, 1), values.size()) - 1;
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[at];
}

}  // namespace

Breadth tune_breadth(const CellIndex& index, std::int64_t k, double recall, std::int64_t n_queries, ThreadPool& pool,
                     Monitor* monitor) {
  const std::int64_t samples = std::min(index.n_cells(), (n_queries + kQueriesPerSample - 1) / kQueriesPerSample);
  const std::int64_t widest = std::min(4 * k + 64, index.vectors().n);
  const Breadth everywhere{index.n_cells(), index.n_cells(), widest};
  std::vector<Needs> needs(samples);
  pool.run(samples, [&](std::int64_t s) {
    const std::int64_t cell = (2 * s + 1) * index.n_cells() / (2 * samples);
    std::vector<GroupSearch::Query> queries;
    const std::int64_t count = std::min(index.size(cell), kQueriesPerSample);
    for (std::int64_t q = 0; q < count; ++q) queries.push_back({index.members(cell)[q * index.size(cell) / count], cell});
    GroupSearch search(index, everywhere, queries);
    search.run();
    search.measure(k, [&](std::int64_t q, const Found* found, std::int64_t n_found) {
      add_needs(index, {found, found + n_found}, search.coded_order(q), queries[q], needs[s]);
    });
  }, monitor);
  Needs all;
  for (const Needs& one : needs) {
    all.reach.insert(all.reach.end(), one.reach.begin(), one.reach.end());
    all.probes.insert(all.probes.end(), one.probes.begin(), one.probes.end());
    all.keep.insert(all.keep.end(), one.keep.begin(), one.keep.end());
  }
  const double missed = 1.0 - recall;
  return {std::max(quantile(all.reach, 1.0 - 0.5 * missed), std::min(kLeastReach, index.n_cells())), quantile(all.probes, 1.0 - 0.6 * missed),
          std::max(quantile(all.keep, 1.0 - 0.3 * missed), std::min(k + 2, index.vectors().n))};
}

void search_cells(const CellIndex& index, std::int64_t k, const Breadth& breadth, ThreadPool& pool, Monitor* monitor,
                  std::int32_t* indices, float* distances) {
  const std::vector<Group> groups = groups_of(index);
  pool.run(static_cast<std::int64_t>(groups.size()), [&](std::int64_t g) {
    std::vector<GroupSearch::Query> queries;
    for (std::int64_t c = groups[g].first_cell; c < groups[g].last_cell; ++c) {
      for (std::int64_t m = 0; m < index.size(c); ++m) queries.push_back({index.members(c)[m], c});
    }
    GroupSearch search(index, breadth, queries);
    search.run();
    search.measure(k, [&](std::int64_t q, const Found* found, std::int64_t count) {
      const std::int32_t point = queries[q].point;
      std::vector<Found> all;
      if (count < k) {
        all = measure_all(index, point);
        found = all.data();
      }
      for (std::int64_t j = 0; j < k; ++j) {
        indices[point * k + j] = found[j].point;
        distances[point * k + j] = found[j].distance;
      }
    });
  }, monitor);
}

}  // namespace terrella
