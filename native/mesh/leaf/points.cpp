// Points to grid and back.
#include "field.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

void find_bands(const float* points, std::int64_t count, const MeshGeometry& geometry, std::uint16_t* bands,
                std::int64_t* counts) {
  for (std::int64_t i = 0; i < count; ++i) {
    const Cell row = find_cell(points[2 * i], geometry.origin_x, geometry.inverse_step, geometry.rows);
    bands[i] = static_cast<std::uint16_t>(row.node / kMeshBandRows);
    ++counts[bands[i]];
  }
}

void spread(const float* points, std::int64_t count, const MeshGeometry& geometry, float* grid) {
  for (std::int64_t i = 0; i < count; ++i) {
    const Cell row = find_cell(points[2 * i], geometry.origin_x, geometry.inverse_step, geometry.rows);
    const Cell column = find_cell(points[2 * i + 1], geometry.origin_y, geometry.inverse_step, geometry.columns);
    float* at = grid + static_cast<std::int64_t>(row.node) * geometry.stride + column.node;
    const Quad rows = spline(row.t);
    const Quad columns = spline(column.t);
    for (int a = 0; a < 4; ++a) store(at + a * geometry.stride, load<Quad>(at + a * geometry.stride) + rows[a] * columns);
  }
}

void gather(const FieldView& field, const float* points, std::int64_t count, float* values, float* gradients) {
  for (std::int64_t i = 0; i < count; ++i) {
    const FieldAt at = read_field(field, points[2 * i], points[2 * i + 1]);
    values[i] = at.value;
    gradients[2 * i] = at.slope_x * field.geometry.inverse_step;
    gradients[2 * i + 1] = at.slope_y * field.geometry.inverse_step;
  }
}

}  // namespace terrella::TERRELLA_ISA
