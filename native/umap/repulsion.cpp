#include "umap/repulsion.hpp"

#include <cmath>

#include "umap/kernels.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kFew = 1024;
constexpr double kStep = 0.2;       // between the mesh's nodes, in units of the curve's width
constexpr double kSoftening = 0.15;  // √ε, in the same units

// The distance at which the low-dimensional similarity is ½: the map's natural unit.
double width(double a, double b) { return std::pow(a, -0.5 / b); }

}  // namespace

Repulsion::Repulsion(double a, double b, const Kernels& kernels, ThreadPool& pool)
    : a_(a),
      b_(b),
      epsilon_(std::pow(kSoftening * width(a, b), 2.0)),
      kernels_(kernels),
      mesh_([a, b, epsilon = epsilon_](double squared) { return std::log1p(std::pow(squared + epsilon, -b) / a); },
            kStep * width(a, b), kernels, pool) {}

void Repulsion::sum(const float* points, std::int64_t count, const Box& box) {
  x_.clear();
  y_.clear();
  if (count > kFew) {
    mesh_.sum(points, count, box);
    return;
  }
  const std::int64_t padded = (count + kUmapPadding - 1) / kUmapPadding * kUmapPadding;
  x_.assign(padded, kUmapFarAway);
  y_.assign(padded, kUmapFarAway);
  for (std::int64_t k = 0; k < count; ++k) {
    x_[k] = points[2 * k];
    y_[k] = points[2 * k + 1];
  }
}

void Repulsion::read(const float* places, std::int64_t count, float* slopes) const {
  if (!x_.empty()) {
    const UmapPoints points{x_.data(), y_.data(), static_cast<std::int64_t>(x_.size())};
    kernels_.umap.sum_slopes(points, static_cast<float>(a_), static_cast<float>(b_), static_cast<float>(epsilon_),
                             places, count, slopes);
    return;
  }
  float values[kUmapRows];
  kernels_.mesh.gather(mesh_.field(), places, count, values, slopes);
}

}  // namespace terrella
