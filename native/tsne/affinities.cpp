#include "tsne/affinities.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tsne/kernels.hpp"

namespace terrella {
namespace {

constexpr std::int64_t kRows = 1024;

// Row i's random number in [0, 1): the finaliser of SplitMix64 (Steele et al. 2014).
double draw(std::uint64_t seed, std::int64_t i) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15u * (static_cast<std::uint64_t>(i) + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

}  // namespace

void gaussian_weights(const float* distances, std::int64_t n, std::int64_t k, double perplexity, const Kernels& kernels,
                      ThreadPool& pool, float* weights) {
  const auto target = static_cast<float>(std::log2(perplexity));
  pool.run((n + kRows - 1) / kRows, [&](std::int64_t chunk) {
    std::vector<float> scratch(2 * (k + kTsnePadding));
    for (std::int64_t i = chunk * kRows; i < std::min(n, (chunk + 1) * kRows); ++i) {
      kernels.tsne.gaussian_row(distances + i * k, k, target, scratch.data(), weights + i * k);
    }
  });
}

void blended_weights(const std::int32_t* indices, const float* distances, std::int64_t n, std::int64_t k,
                     const Blend& blend, const Kernels& kernels, ThreadPool& pool, std::int32_t* out_indices,
                     float* out_weights) {
  const auto target = static_cast<float>(std::log2(blend.perplexity));
  const std::int64_t width = blend.near + blend.kept;
  const double stretch =
      blend.kept > 0 ? static_cast<double>(k - blend.near) / static_cast<double>(blend.kept) : 0.0;
  pool.run((n + kRows - 1) / kRows, [&](std::int64_t chunk) {
    std::vector<float> scratch(2 * (k + kTsnePadding));
    std::vector<float> gaussian(k);
    for (std::int64_t i = chunk * kRows; i < std::min(n, (chunk + 1) * kRows); ++i) {
      kernels.tsne.gaussian_row(distances + i * k, k, target, scratch.data(), gaussian.data());
      const double shift = draw(blend.seed, i);
      double total = 0.0;
      for (std::int64_t slot = 0; slot < width; ++slot) {
        const bool is_near = slot < blend.near;
        const double past = stretch * (static_cast<double>(slot - blend.near) + shift);
        const std::int64_t j = is_near ? slot : std::min(k - 1, blend.near + static_cast<std::int64_t>(past));
        const double weight = is_near ? gaussian[j] + 1.0 / static_cast<double>(blend.near) : stretch * gaussian[j];
        out_indices[i * width + slot] = indices[i * k + j];
        out_weights[i * width + slot] = static_cast<float>(weight);
        total += weight;
      }
      for (std::int64_t slot = 0; slot < width; ++slot) {
        out_weights[i * width + slot] = static_cast<float>(out_weights[i * width + slot] / total);
      }
    }
  });
}

}  // namespace terrella
