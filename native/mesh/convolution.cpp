#include "mesh/convolution.hpp"

#include <utility>
#include <vector>

#include "mesh/scratch.hpp"

namespace terrella {

Convolution::Convolution(RadialKernel kernel, const Kernels& kernels, ThreadPool& pool)
    : kernel_(std::move(kernel)), kernels_(kernels), pool_(pool) {}

void Convolution::prepare(std::int32_t rows, std::int32_t columns, double step) {
  if (rows == rows_ && columns == columns_ && step == step_) return;
  plan_x_.emplace(rows);
  plan_y_.emplace(columns);
  kernel_spectrum_.compute(kernel_, step, plan_x_->view(), plan_y_->view(), kernels_, pool_);
  rows_ = rows;
  columns_ = columns;
  step_ = step;
}

double Convolution::run(const float* charges, float* potential) {
  const MeshKernels& leaves = kernels_.mesh;
  const FftView fft_x = plan_x_->view();
  const FftView fft_y = plan_y_->view();
  const std::int32_t stride = mesh_stride(columns_);
  const std::int64_t pairs = stride / (2 * leaves.lanes);
  const std::int64_t blocks = rows_ / leaves.lanes + 1;
  const std::int64_t block_floats = std::int64_t{2} * stride * leaves.lanes;
  const auto first_column = [&](std::int64_t pair) { return static_cast<std::int32_t>(2 * leaves.lanes * pair); };
  float* spectrum = spectrum_.reserve(blocks * block_floats);
  pool_.run(pairs, [&](std::int64_t pair) {
    leaves.forward_columns(charges, stride, fft_x, first_column(pair), fft_scratch(fft_x, leaves), spectrum);
  });
  pool_.run(blocks, [&](std::int64_t block) {
    leaves.convolve_block(kernel_spectrum_.data() + block * (columns_ + 1) * leaves.lanes, fft_y,
                          fft_scratch(fft_y, leaves), spectrum + block * block_floats);
  });
  std::vector<double> totals(pairs);
  pool_.run(pairs, [&](std::int64_t pair) {
    totals[pair] = leaves.inverse_columns(spectrum, stride, fft_x, first_column(pair), charges,
                                          fft_scratch(fft_x, leaves), potential);
  });
  double total = 0.0;
  for (const double part : totals) total += part;
  return total;
}

}  // namespace terrella
