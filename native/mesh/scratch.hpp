// The buffer that a thread's transforms work in.
#pragma once

#include "mesh/kernels.hpp"
#include "mesh/lines.hpp"

namespace terrella {

// Kept by the thread for its next transform: 256 KiB at most.
inline float* fft_scratch(const FftView& fft, const MeshKernels& leaves) {
  thread_local Lines buffer;
  return buffer.reserve(4 * static_cast<std::size_t>(fft.size) * leaves.lanes);
}

}  // namespace terrella
