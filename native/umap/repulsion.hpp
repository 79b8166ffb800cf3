// The field by which UMAP's points push one another apart.
#pragma once

#include <cstdint>
#include <vector>

#include "core/isa.hpp"
#include "core/thread_pool.hpp"
#include "mesh/box.hpp"
#include "mesh/mesh.hpp"

namespace terrella {

// Φ(y) = Σ_k log(1 + 1 / (a (|y − y_k|² + ε)^b)): for low-dimensional similarities q = 1 / (1 + a d^2b) that is UMAP's
// cost of items that are no neighbours, −Σ log(1 − q), with its singularity rounded off. Summed over all points where
// there are few, else read from a mesh.
class Repulsion {
 public:
  Repulsion(double a, double b, const Kernels& kernels, ThreadPool& pool);

  // Sums over `points` (count, 2); `box` must hold them and all places where slopes will be read.
  void sum(const float* points, std::int64_t count, const Box& box);

  // ∇Φ at `places` (count, 2), at most kUmapRows, on any thread.
  void read(const float* places, std::int64_t count, float* slopes) const;

 private:
  double a_;
  double b_;
  double epsilon_;
  const Kernels& kernels_;
  Mesh mesh_;
  std::vector<float> x_;  // of few points; empty where the mesh was used
  std::vector<float> y_;
};

}  // namespace terrella
