#include "neighbors/measure_rows.hpp"

#include <algorithm>

namespace terrella {
namespace {

constexpr std::int64_t kBlockValues = 1 << 16;  // in a task: enough to be worth a thread's while
constexpr std::int64_t kAhead = 4;              // rows that lie anywhere are fetched in advance

void prefetch(const float* row, std::int64_t n_features) {
  constexpr std::int64_t kLine = 16;
  for (std::int64_t f = 0; f < n_features; f += kLine) __builtin_prefetch(row + f);
}

}  // namespace

void measure_rows(const PointsView& points, const float* query, const std::int32_t* rows, std::int64_t count,
                  const Distance& distance, ThreadPool& pool, float* distances) {
  const std::int64_t block = std::max<std::int64_t>(1, kBlockValues / points.n_features);
  pool.run((count + block - 1) / block, [&](std::int64_t b) {
    const std::int64_t last = std::min((b + 1) * block, count);
    for (std::int64_t i = b * block; i < last; ++i) {
      if (rows && i + kAhead < last) prefetch(points.row(rows[i + kAhead]), points.n_features);
      distances[i] = distance(query, points.row(rows ? rows[i] : i));
    }
  });
}

}  // namespace terrella
