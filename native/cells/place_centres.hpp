// Centres of a few branches among many points: k-means (Lloyd 1982) on a sample.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "neighbors/points.hpp"

namespace terrella {

// Returns `count` centres of points[members], (count, n_features); the same seed gives the same.
std::vector<float> place_centres(const PointsView& points, const std::vector<std::int32_t>& members,
                                 std::int64_t count, std::uint64_t seed, const Kernels& kernels);

}  // namespace terrella
