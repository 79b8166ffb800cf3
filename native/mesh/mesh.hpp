// Sums of a radial kernel over points of the plane, by a particle mesh: cubic B-splines spread the points on a grid,
// an FFT convolves it with the kernel, and the same splines read the sum and its gradient anywhere.
//
// Hockney and Eastwood (1988), "Computer simulation using particles". One forward and one inverse real transform: the
// gradient is the interpolant's own, so that it is that of one potential.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "core/thread_pool.hpp"
#include "mesh/box.hpp"
#include "mesh/convolution.hpp"
#include "mesh/kernels.hpp"
#include "mesh/lines.hpp"

namespace terrella {

class Mesh {
 public:
  // `kernel` must be smooth on the scale of `step`, the greatest distance between nodes; they lie further apart only
  // where kGreatestMesh of them would not span the points, and nearer where the points lie close together.
  Mesh(RadialKernel kernel, double step, const Kernels& kernels, ThreadPool& pool);

  // Sums over `points` (count, 2); `box` must hold them and all places where the field will be read.
  // Throws std::invalid_argument for a box that is not finite.
  void sum(const float* points, std::int64_t count, const Box& box);

  // Σ_j φ(|y − y_j|²) less `base()`, as coefficients of splines; valid until the next sum.
  FieldView field() const { return {geometry_, potential_.data()}; }
  double base() const { return base_; }

  // Σ_ij φ(|y_i − y_j|²) over all pairs of points, each with itself too.
  double total() const { return total_; }

 private:
  void place_grid(const Box& box);
  void sort(const float* points, std::int64_t count);
  void spread();

  double greatest_step_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  Convolution convolution_;
  MeshGeometry geometry_{};
  std::vector<std::uint16_t> bands_;       // (count,)
  std::vector<std::int64_t> band_starts_;  // (bands + 1,) in sorted_
  std::vector<float> sorted_;              // (count, 2), band after band, in each in their own order
  Lines charges_;                          // (rows, stride)
  Lines potential_;                        // (rows, stride)
  double base_ = 0.0;
  double total_ = 0.0;
};

}  // namespace terrella
