// Cubic B-splines on the grid: the sixteen nodes that a point touches, and the field between them.
#pragma once

#include "core/simd.hpp"
#include "mesh/kernels.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

using Quad = float __attribute__((vector_size(16)));

// The weights of four nodes for a point t in [0, 1) past the second: ((1 − t)³, 3t³ − 6t² + 4, −3t³ + 3t² + 3t + 1,
// t³) / 6, and their derivatives in t.
constexpr Quad kSpline0{1.0f / 6, 4.0f / 6, 1.0f / 6, 0.0f};
constexpr Quad kSpline1{-0.5f, 0.0f, 0.5f, 0.0f};
constexpr Quad kSpline2{0.5f, -1.0f, 0.5f, 0.0f};
constexpr Quad kSpline3{-1.0f / 6, 0.5f, -0.5f, 1.0f / 6};

inline Quad spline(float t) { return kSpline0 + t * (kSpline1 + t * (kSpline2 + t * kSpline3)); }
inline Quad spline_slope(float t) { return kSpline1 + t * (2.0f * kSpline2 + t * (3.0f * kSpline3)); }

// A point's first node and its place past the second, along one axis. Differences and products do not fuse, so that
// every leaf finds the same node.
struct Cell {
  std::int32_t node;
  float t;
};

inline Cell find_cell(float x, float origin, float inverse_step, std::int32_t nodes) {
  const float u = (x - origin) * inverse_step;
  std::int32_t node = static_cast<std::int32_t>(u);
  node = node < 0 ? 0 : (node > nodes - 4 ? nodes - 4 : node);
  return {node, u - static_cast<float>(node)};
}

struct FieldAt {
  float value, slope_x, slope_y;
};

// Slopes are in units of one over the step.
inline FieldAt read_field(const FieldView& field, float x, float y) {
  const MeshGeometry& grid = field.geometry;
  const Cell row = find_cell(x, grid.origin_x, grid.inverse_step, grid.rows);
  const Cell column = find_cell(y, grid.origin_y, grid.inverse_step, grid.columns);
  const float* at = field.values + static_cast<std::int64_t>(row.node) * grid.stride + column.node;
  const Quad weights = spline(row.t);
  const Quad slopes = spline_slope(row.t);
  Quad along{}, across{};
  for (int a = 0; a < 4; ++a) {
    const Quad values = load<Quad>(at + a * grid.stride);
    along += weights[a] * values;
    across += slopes[a] * values;
  }
  const Quad columns = spline(column.t);
  return {sum(along * columns), sum(across * columns), sum(along * spline_slope(column.t))};
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
