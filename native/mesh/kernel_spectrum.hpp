// The transform of a radial kernel on a grid, by which a grid's transform is multiplied.
#pragma once

#include <functional>

#include "core/isa.hpp"
#include "core/thread_pool.hpp"
#include "mesh/fft_plan.hpp"
#include "mesh/lines.hpp"

namespace terrella {

// A function of the squared distance, finite at 0.
using RadialKernel = std::function<double(double)>;

class KernelSpectrum {
 public:
  // For grids of plan_x.size by plan_y.size nodes, `step` apart. Divided by the square of the splines' transform,
  // (2 + cos ω) / 3 along each axis: once for the spreading, once for the reading.
  void compute(const RadialKernel& kernel, double step, const FftView& plan_x, const FftView& plan_y,
               const Kernels& kernels, ThreadPool& pool);

  // (blocks, size_y + 1, lanes), the lanes being frequencies along x.
  const float* data() const { return values_.data(); }

  // The kernel at the far corner, which was taken away from it.
  double base() const { return base_; }

 private:
  Lines values_;
  double base_ = 0.0;
};

}  // namespace terrella
