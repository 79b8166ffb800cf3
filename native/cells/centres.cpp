#include "cells/centres.hpp"

#include <algorithm>
#include <limits>

#include "cells/kernels.hpp"
#include "neighbors/metric.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kStrip = 48;  // rows whose distances are held at a time

Nearest two_nearest(const float* distances, std::int64_t count) {
  Nearest found{0, 1, distances[0], distances[1]};
  if (found.second_distance < found.first_distance) found = {1, 0, distances[1], distances[0]};
  for (std::int64_t c = 2; c < count; ++c) {
    if (!(distances[c] < found.second_distance)) continue;
    const auto centre = static_cast<std::int32_t>(c);
    if (distances[c] < found.first_distance) {
      found = {centre, found.first, distances[c], found.first_distance};
    } else {
      found.second = centre;
      found.second_distance = distances[c];
    }
  }
  return found;
}

}  // namespace

Centres::Centres(const float* centres, std::int64_t count, std::int64_t n_features, const Kernels& kernels)
    : kernels_(kernels), count_(count), n_features_(n_features) {
  const std::int64_t width = kernels.neighbors.panel_columns;
  const std::int64_t n_panels = (count + width - 1) / width;
  origin_.assign(n_features, 0.0f);
  panels_.assign(n_panels * n_features * width, 0.0f);
  norms_.assign(n_panels * width, std::numeric_limits<float>::infinity());
  for (std::int64_t c = 0; c < count; ++c) {
    float* panel = panels_.data() + c / width * n_features * width + c % width;
    double norm = 0.0;
    for (std::int64_t f = 0; f < n_features; ++f) {
      const float value = centres[c * n_features + f];
      panel[f * width] = value;
      norm += static_cast<double>(value) * value;
    }
    norms_[c] = static_cast<float>(norm);
  }
}

void Centres::distances(const float* const* rows, std::int64_t n_rows, float* distances) const {
  const std::int64_t tile = kernels_.neighbors.tile_rows;
  std::vector<float> packed(n_features_ * tile);
  for (std::int64_t r = 0; r < n_rows; r += tile) {
    tile_distances(rows + r, std::min(tile, n_rows - r), packed.data(), distances + r * stride());
  }
}

void Centres::nearest(const PointsView& points, const std::int32_t* rows, std::int64_t n_rows, Nearest* found) const {
  std::vector<float> values(kStrip * stride());
  const float* strip[kStrip];
  for (std::int64_t first = 0; first < n_rows; first += kStrip) {
    const std::int64_t count = std::min(kStrip, n_rows - first);
    for (std::int64_t r = 0; r < count; ++r) strip[r] = points.row(rows[first + r]);
    distances(strip, count, values.data());
    for (std::int64_t r = 0; r < count; ++r) found[first + r] = two_nearest(values.data() + r * stride(), count_);
  }
}

void Centres::tile_distances(const float* const* rows, std::int64_t n_rows, float* packed, float* distances) const {
  const std::int64_t tile = kernels_.neighbors.tile_rows;
  const std::int64_t width = kernels_.neighbors.panel_columns;
  alignas(64) float products[12 * 32];
  float squared[12] = {};
  kernels_.cells.pack_rows(rows, n_rows, origin_.data(), n_features_, tile, packed);
  for (std::int64_t r = 0; r < n_rows; ++r) {
    squared[r] = kernels_.cells.rough_squares(rows[r], origin_.data(), n_features_);
  }
  for (std::int64_t column = 0; column < stride(); column += width) {
    product_tile(kernels_.neighbors)(packed, panels_.data() + column * n_features_, n_features_, products);
    kernels_.cells.finish_distances(products, squared, norms_.data() + column, n_rows, stride(), distances + column);
  }
}

}  // namespace terrella
