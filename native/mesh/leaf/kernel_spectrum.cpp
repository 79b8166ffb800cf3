// The transform of a kernel that is even along both axes, from its samples at the distances 0 … size.
//
// The even continuation k_−n = k_n has a real spectrum, so that two columns, as real and imaginary part, do not mix.
// Folded into the halves of the padded transform: x_n + x_n+size and (x_n − x_n+size) e^(−πi n / size), where
// x_n+size = k_size−n.
#include "core/transpose.hpp"
#include "fft.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

inline void enter_even(const FftView& fft, std::int64_t n, Complex near, Complex far, float* buffer) {
  store_complex(buffer, n, near + far);
  store_complex(buffer, n + fft.size, times(near - far, fft.half_turns[2 * n], fft.half_turns[2 * n + 1]));
}

}  // namespace

void kernel_columns(const float* samples, std::int32_t stride, const FftView& fft, std::int32_t column, float* scratch,
                    float* half_done) {
  const auto sample = [&](std::int64_t n) {
    const float* at = samples + n * stride + column;
    return Complex{load<Float>(at), load<Float>(at + kLanes)};
  };
  for (std::int64_t n = 0; n < fft.size; ++n) enter_even(fft, n, sample(n), sample(fft.size - n), scratch);
  forward_fft(fft, scratch);
  for (std::int64_t first = 0; first <= fft.size; first += kLanes) {
    Float a[kLanes], b[kLanes];
    for (int lane = 0; lane < kLanes; ++lane) {
      const std::int64_t k = first + lane <= fft.size ? first + lane : fft.size;
      const Complex z = load_complex(scratch, fft.places[k]);
      a[lane] = z.re;
      b[lane] = z.im;
    }
    transpose(a);
    transpose(b);
    float* to = half_done + kLanes * (first / kLanes * stride + column);
    for (int lane = 0; lane < kLanes; ++lane) {
      store(to + kLanes * lane, a[lane]);
      store(to + kLanes * (kLanes + lane), b[lane]);
    }
  }
}

void kernel_block(const float* half_done, const float* gain_x, const float* gain_y, const FftView& fft, float* scratch,
                  float* kernel) {
  const auto line = [&](std::int64_t n) { return Complex{load<Float>(half_done + kLanes * n), Float{}}; };
  for (std::int64_t n = 0; n < fft.size; ++n) enter_even(fft, n, line(n), line(fft.size - n), scratch);
  forward_fft(fft, scratch);
  const Float gain = load<Float>(gain_x);
  for (std::int64_t k = 0; k <= fft.size; ++k) {
    store(kernel + kLanes * k, gain_y[k] * gain * load_complex(scratch, fft.places[k]).re);
  }
}

}  // namespace terrella::TERRELLA_ISA
