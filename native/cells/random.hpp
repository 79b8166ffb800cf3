// Numbers that depend on a seed and a place alone, so that no order of work can change them.
#pragma once

#include <cstdint>

namespace terrella {

// SplitMix64 (Steele et al. 2014) of the seed and up to two counters.
inline std::uint64_t random_bits(std::uint64_t seed, std::uint64_t stream, std::uint64_t index = 0) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15u * (stream + 1) + 0xd1b54a32d192ed03u * (index + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// A number in [0, count).
inline std::int64_t random_below(std::int64_t count, std::uint64_t seed, std::uint64_t stream, std::uint64_t index = 0) {
  const double unit = static_cast<double>(random_bits(seed, stream, index) >> 11) * 0x1p-53;
  return static_cast<std::int64_t>(unit * static_cast<double>(count));
}

}  // namespace terrella
