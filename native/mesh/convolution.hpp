// The sum of a radial kernel over a grid's charges, by a real FFT of the grid padded to twice its sides.
#pragma once

#include <optional>

#include "core/isa.hpp"
#include "core/thread_pool.hpp"
#include "mesh/fft_plan.hpp"
#include "mesh/kernel_spectrum.hpp"
#include "mesh/kernels.hpp"
#include "mesh/lines.hpp"

namespace terrella {

// Columns of a grid, padded to what the leaves work on.
inline std::int32_t mesh_stride(std::int32_t columns) {
  return (columns + kMeshColumns - 1) / kMeshColumns * kMeshColumns;
}

class Convolution {
 public:
  Convolution(RadialKernel kernel, const Kernels& kernels, ThreadPool& pool);

  // Prepares for grids of rows × columns nodes, `step` apart; nothing to do where they are as before.
  // Throws std::invalid_argument unless both are products of 2, 3 and 5.
  void prepare(std::int32_t rows, std::int32_t columns, double step);

  // potential_i = Σ_j (φ(|x_i − x_j|²) − base) charge_j less the splines' smoothing, for grids (rows, mesh_stride),
  // the padding of `charges` 0. Returns Σ charge · potential.
  double run(const float* charges, float* potential);

  // The kernel at the grid's far corner, which is taken away from it: so the potential of charges that lie close
  // together keeps its small differences in single precision.
  double base() const { return kernel_spectrum_.base(); }

 private:
  RadialKernel kernel_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  std::int32_t rows_ = 0;
  std::int32_t columns_ = 0;
  double step_ = 0.0;
  std::optional<FftPlan> plan_x_;
  std::optional<FftPlan> plan_y_;
  KernelSpectrum kernel_spectrum_;
  Lines spectrum_;  // (blocks, stride, 2, lanes)
};

}  // namespace terrella
