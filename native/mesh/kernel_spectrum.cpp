#include "mesh/kernel_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mesh/kernels.hpp"
#include "mesh/scratch.hpp"

namespace terrella {
namespace {

constexpr double kPi = 3.14159265358979323846;

// 1 / (splines' transform² · length) at the frequencies 0 … size, zero-padded to whole blocks.
std::vector<float> gains(std::int64_t size, std::int64_t lanes) {
  std::vector<float> gain((size / lanes + 1) * lanes, 0.0f);
  for (std::int64_t k = 0; k <= size; ++k) {
    const double spline = (2.0 + std::cos(kPi * static_cast<double>(k) / static_cast<double>(size))) / 3.0;
    gain[k] = static_cast<float>(1.0 / (spline * spline * 2.0 * static_cast<double>(size)));
  }
  return gain;
}

}  // namespace

void KernelSpectrum::compute(const RadialKernel& kernel, double step, const FftView& plan_x, const FftView& plan_y,
                             const Kernels& kernels, ThreadPool& pool) {
  const MeshKernels& leaves = kernels.mesh;
  const std::int64_t lanes = leaves.lanes;
  const std::int64_t size_x = plan_x.size;
  const std::int64_t size_y = plan_y.size;
  const std::int64_t stride = (size_y / kMeshColumns + 1) * kMeshColumns;
  const std::int64_t blocks = size_x / lanes + 1;
  const auto squared = [step](std::int64_t nodes) { return std::pow(step * static_cast<double>(nodes), 2.0); };
  base_ = kernel(squared(size_x) + squared(size_y));

  Lines samples;
  Lines half_done;
  samples.reserve((size_x + 1) * stride);
  half_done.reserve(blocks * stride * lanes);
  values_.reserve(blocks * (size_y + 1) * lanes);
  pool.run(size_x + 1, [&](std::int64_t i) {
    float* row = samples.data() + i * stride;
    for (std::int64_t j = 0; j <= size_y; ++j) row[j] = static_cast<float>(kernel(squared(i) + squared(j)) - base_);
    std::fill(row + size_y + 1, row + stride, 0.0f);
  });
  pool.run(stride / (2 * lanes), [&](std::int64_t pair) {
    leaves.kernel_columns(samples.data(), static_cast<std::int32_t>(stride), plan_x,
                          static_cast<std::int32_t>(2 * lanes * pair), fft_scratch(plan_x, leaves), half_done.data());
  });
  const std::vector<float> gain_x = gains(size_x, lanes);
  std::vector<float> gain_y = gains(size_y, lanes);
  for (float& gain : gain_y) gain *= 0.5f;  // the halves that forward_columns leaves out
  pool.run(blocks, [&](std::int64_t block) {
    leaves.kernel_block(half_done.data() + block * stride * lanes, gain_x.data() + block * lanes, gain_y.data(), plan_y,
                        fft_scratch(plan_y, leaves), values_.data() + block * (size_y + 1) * lanes);
  });
}

}  // namespace terrella
