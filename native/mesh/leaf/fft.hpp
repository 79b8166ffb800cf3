// The FFT of as many signals at once as a vector has lanes: each step works on whole vectors, none is shuffled.
//
// A buffer holds 2 · size complex numbers a lane, (2 · size, 2, lanes): the real parts of all lanes, then the
// imaginary. A signal of `size` numbers followed by as many zeros becomes two without: x_n has the even frequencies,
// x_n e^(−πi n / size) the odd. Both are transformed by decimation in frequency; the frequencies come out in the
// order of their reversed digits (FftView.places), which the way back, decimation in time, takes as they are.
#pragma once

#include "core/simd.hpp"
#include "mesh/kernels.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

struct Complex {
  Float re, im;
};

inline Complex operator+(Complex x, Complex y) { return {x.re + y.re, x.im + y.im}; }
inline Complex operator-(Complex x, Complex y) { return {x.re - y.re, x.im - y.im}; }
inline Complex operator*(float s, Complex x) { return {s * x.re, s * x.im}; }
inline Complex times(Complex x, float re, float im) { return {re * x.re - im * x.im, re * x.im + im * x.re}; }

// x · −i on the way forth, x · i on the way back.
template <bool kInverse>
inline Complex quarter_turn(Complex x) {
  return kInverse ? Complex{-x.im, x.re} : Complex{x.im, -x.re};
}

inline Complex load_complex(const float* buffer, std::int64_t place) {
  const float* at = buffer + 2 * kLanes * place;
  return {load<Float>(at), load<Float>(at + kLanes)};
}

inline void store_complex(float* buffer, std::int64_t place, Complex x) {
  float* at = buffer + 2 * kLanes * place;
  store(at, x.re);
  store(at + kLanes, x.im);
}

template <int kRadix, bool kInverse>
inline void butterfly(Complex* x) {
  if constexpr (kRadix == 2) {
    const Complex a = x[0];
    x[0] = a + x[1];
    x[1] = a - x[1];
  } else if constexpr (kRadix == 3) {
    const Complex a = x[0];
    const Complex both = x[1] + x[2];
    const Complex turned = quarter_turn<kInverse>(0.866025404f * (x[1] - x[2]));  // sin 60°
    const Complex middle = a - 0.5f * both;
    x[0] = a + both;
    x[1] = middle + turned;
    x[2] = middle - turned;
  } else if constexpr (kRadix == 4) {
    const Complex a = x[0] + x[2];
    const Complex b = x[0] - x[2];
    const Complex c = x[1] + x[3];
    const Complex d = quarter_turn<kInverse>(x[1] - x[3]);
    x[0] = a + c;
    x[1] = b + d;
    x[2] = a - c;
    x[3] = b - d;
  } else {
    static_assert(kRadix == 5, "an FFT's radices are 2, 3, 4 and 5");
    const Complex a = x[0];
    const Complex outer = x[1] + x[4];
    const Complex inner = x[2] + x[3];
    const Complex outer_gap = x[1] - x[4];
    const Complex inner_gap = x[2] - x[3];
    const Complex p = a + 0.309016994f * outer - 0.809016994f * inner;  // cos 72°, cos 144°
    const Complex q = a - 0.809016994f * outer + 0.309016994f * inner;
    const Complex u = quarter_turn<kInverse>(0.951056516f * outer_gap + 0.587785252f * inner_gap);  // sin 72°, 144°
    const Complex v = quarter_turn<kInverse>(0.587785252f * outer_gap - 0.951056516f * inner_gap);
    x[0] = a + outer + inner;
    x[1] = p + u;
    x[2] = q + v;
    x[3] = q - v;
    x[4] = p - u;
  }
}

// One stage of transforms of `length` that lie one after the other in `total` places.
template <int kRadix, bool kInverse>
void stage(float* buffer, std::int64_t total, std::int64_t length, const float* twiddles) {
  const std::int64_t part = length / kRadix;
  for (std::int64_t j = 0; j < part; ++j) {
    const float* w = twiddles + j * 2 * (kRadix - 1);
    for (std::int64_t first = j; first < total; first += length) {
      Complex x[kRadix];
      for (int r = 0; r < kRadix; ++r) x[r] = load_complex(buffer, first + r * part);
      if constexpr (kInverse) {
        for (int r = 1; r < kRadix; ++r) x[r] = times(x[r], w[2 * r - 2], -w[2 * r - 1]);
      }
      butterfly<kRadix, kInverse>(x);
      if constexpr (!kInverse) {
        for (int r = 1; r < kRadix; ++r) x[r] = times(x[r], w[2 * r - 2], w[2 * r - 1]);
      }
      for (int r = 0; r < kRadix; ++r) store_complex(buffer, first + r * part, x[r]);
    }
  }
}

template <bool kInverse>
void run_stage(std::int32_t radix, float* buffer, std::int64_t total, std::int64_t length, const float* twiddles) {
  if (radix == 4) {
    stage<4, kInverse>(buffer, total, length, twiddles);
  } else if (radix == 2) {
    stage<2, kInverse>(buffer, total, length, twiddles);
  } else if (radix == 3) {
    stage<3, kInverse>(buffer, total, length, twiddles);
  } else {
    stage<5, kInverse>(buffer, total, length, twiddles);
  }
}

// Both halves of a buffer, which for n in [0, size) hold x_n and x_n e^(−πi n / size).
inline void forward_fft(const FftView& fft, float* buffer) {
  const float* twiddles = fft.twiddles;
  std::int64_t length = fft.size;
  for (std::int32_t s = 0; s < fft.n_stages; ++s) {
    const std::int32_t radix = fft.radices[s];
    run_stage<false>(radix, buffer, 2 * fft.size, length, twiddles);
    twiddles += 2 * (radix - 1) * (length / radix);
    length /= radix;
  }
}

// The inverse of forward_fft, times `size`.
inline void inverse_fft(const FftView& fft, float* buffer) {
  const float* twiddles = fft.twiddles;
  for (std::int64_t s = 0, length = fft.size; s < fft.n_stages; length /= fft.radices[s++]) {
    twiddles += 2 * (fft.radices[s] - 1) * (length / fft.radices[s]);
  }
  std::int64_t length = 1;
  for (std::int32_t s = fft.n_stages - 1; s >= 0; --s) {
    const std::int32_t radix = fft.radices[s];
    length *= radix;
    twiddles -= 2 * (radix - 1) * (length / radix);
    run_stage<true>(radix, buffer, 2 * fft.size, length, twiddles);
  }
}

// A number of the signal, into both halves; and out of both halves, the sum over all frequencies.
inline void enter(const FftView& fft, std::int64_t n, Complex x, float* buffer) {
  store_complex(buffer, n, x);
  store_complex(buffer, n + fft.size, times(x, fft.half_turns[2 * n], fft.half_turns[2 * n + 1]));
}

inline Complex leave(const FftView& fft, std::int64_t n, const float* buffer) {
  const Complex odd = load_complex(buffer, n + fft.size);
  return load_complex(buffer, n) + times(odd, fft.half_turns[2 * n], -fft.half_turns[2 * n + 1]);
}

}  // namespace
}  // namespace terrella::TERRELLA_ISA
