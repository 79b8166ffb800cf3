#include "cells/place_centres.hpp"

#include <algorithm>
#include <utility>

#include "cells/centres.hpp"
#include "cells/random.hpp"

namespace terrella {
namespace {

using Members = std::vector<std::int32_t>;

constexpr std::int64_t kSamplePerCentre = 96;
constexpr int kRounds = 5;

// One member from each of `count` equal stretches.
Members sample(const Members& members, std::int64_t count, std::uint64_t seed) {
  const auto n = static_cast<std::int64_t>(members.size());
  if (n <= count) return members;
  Members chosen(count);
  for (std::int64_t s = 0; s < count; ++s) {
    const std::int64_t begin = s * n / count;
    chosen[s] = members[begin + random_below((s + 1) * n / count - begin, seed, 0, s)];
  }
  return chosen;
}

// Moves each centre to the mean of the chosen points that are nearest to it.
void improve(const PointsView& points, const Members& chosen, const Kernels& kernels, std::vector<float>& values,
             std::vector<Nearest>& nearest) {
  const std::int64_t d = points.n_features;
  const std::int64_t count = static_cast<std::int64_t>(values.size()) / d;
  Centres(values.data(), count, d, kernels).nearest(points, chosen.data(), nearest.size(), nearest.data());
  std::vector<double> sums(count * d);
  std::vector<std::int64_t> counts(count);
  for (std::size_t s = 0; s < chosen.size(); ++s) {
    const float* row = points.row(chosen[s]);
    double* sum = sums.data() + nearest[s].first * d;
    for (std::int64_t f = 0; f < d; ++f) sum[f] += row[f];
    ++counts[nearest[s].first];
  }
  for (std::int64_t c = 0; c < count; ++c) {
    for (std::int64_t f = 0; f < d && counts[c] > 0; ++f) {
      values[c * d + f] = static_cast<float>(sums[c * d + f] / static_cast<double>(counts[c]));
    }
  }
}

}  // namespace

std::vector<float> place_centres(const PointsView& points, const Members& members, std::int64_t count,
                                 std::uint64_t seed, const Kernels& kernels) {
  const std::int64_t d = points.n_features;
  Members chosen = sample(members, count * kSamplePerCentre, seed);
  const auto size = static_cast<std::int64_t>(chosen.size());
  std::vector<float> values(count * d);
  for (std::int64_t c = 0; c < count; ++c) {
    std::swap(chosen[c], chosen[c + random_below(size - c, seed, 1, c)]);
    std::copy_n(points.row(chosen[c]), d, values.data() + c * d);
  }
  std::vector<Nearest> nearest(size);
  for (int round = 0; round < kRounds; ++round) improve(points, chosen, kernels, values, nearest);
  return values;
}

}  // namespace terrella
