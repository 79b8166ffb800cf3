// The leaves of the particle mesh: points → grid, convolution by FFT, grid → points.
#pragma once

#include <cstdint>

namespace terrella {

// Rows of cells whose points one task spreads; a point writes three rows more, which are the next band's.
constexpr int kMeshBandRows = 8;

// Columns to which a row of the grid is padded: two vectors of the widest instruction set.
constexpr int kMeshColumns = 32;

// Where the grid lies. A point at u = (x − origin) · inverse_step touches the nodes ⌊u⌋ … ⌊u⌋ + 3 along each axis
// and lies between the middle two.
struct MeshGeometry {
  float origin_x;
  float origin_y;
  float inverse_step;
  std::int32_t rows;     // nodes along x
  std::int32_t columns;  // nodes along y
  std::int32_t stride;   // columns, padded
};

// Values on the nodes of a grid, coefficients of cubic B-splines: (rows, stride), y contiguous.
struct FieldView {
  MeshGeometry geometry;
  const float* values;
};

// An FFT of 2 · size numbers of which the last half is zero: two of `size`, for even and odd frequencies.
struct FftView {
  std::int32_t size;
  std::int32_t n_stages;
  const std::int32_t* radices;  // (n_stages,)
  const float* twiddles;        // a stage after the other: (length / radix, radix − 1, 2), e^(−2πi jr / length)
  const float* half_turns;      // (size, 2), e^(−πi n / size)
  const std::int32_t* places;   // (2 · size,) where frequency k lies
  const std::int32_t* folded;   // (2 · size,) the frequency at each place, or 2 · size less it, whichever is less
};

// A grid's transform along x: a block of `lanes` frequencies after the other, (blocks, stride, 2, lanes), real and
// imaginary parts, for the frequencies 0 … rows. The kernel's spectrum: (blocks, columns + 1, lanes).
struct MeshKernels {
  int lanes;

  // Points' bands, and how many points fall into each; counts are added to.
  void (*find_bands)(const float* points, std::int64_t count, const MeshGeometry& geometry, std::uint16_t* bands,
                     std::int64_t* counts);
  // Adds the points to the grid.
  void (*spread)(const float* points, std::int64_t count, const MeshGeometry& geometry, float* grid);
  // Along x, forth and back, for 2 · lanes columns from `column` on; back returns Σ charges · potential.
  void (*forward_columns)(const float* charges, std::int32_t stride, const FftView& fft, std::int32_t column,
                          float* scratch, float* spectrum);
  double (*inverse_columns)(const float* spectrum, std::int32_t stride, const FftView& fft, std::int32_t column,
                            const float* charges, float* scratch, float* potential);
  // Along y, forth, times the kernel, and back, for one block of frequencies.
  void (*convolve_block)(const float* kernel, const FftView& fft, float* scratch, float* spectrum);
  // The transform of a kernel that is even in x and y, given at 0 … rows, 0 … columns, (rows + 1, stride); along x
  // for 2 · lanes columns, then along y for one block of frequencies, times gain_x · gain_y.
  void (*kernel_columns)(const float* samples, std::int32_t stride, const FftView& fft, std::int32_t column, float* scratch,
                         float* half_done);
  void (*kernel_block)(const float* half_done, const float* gain_x, const float* gain_y, const FftView& fft,
                       float* scratch, float* kernel);
  // The field and its gradient at points (count, 2): values (count,), gradients (count, 2).
  void (*gather)(const FieldView& field, const float* points, std::int64_t count, float* values, float* gradients);
};

}  // namespace terrella
