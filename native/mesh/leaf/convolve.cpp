// The convolution's three steps: columns forth, along the rows forth and back, columns back.
//
// Two real columns a and b make one complex signal z = a + ib, whose transform holds both, since a real signal's is
// A_−k = conj A_k:  A_k = (Z_k + conj Z_−k) / 2,  B_k = (Z_k − conj Z_−k) / 2i.  The halves are left to the kernel's
// spectrum. Between the steps lanes change from columns to frequencies.
#include "core/transpose.hpp"
#include "fft.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

// Where the spectrum of `column` begins in a block of frequencies.
inline std::int64_t place_of(std::int32_t stride, std::int64_t block, std::int64_t column) {
  return 2 * kLanes * (block * stride + column);
}

inline void store_columns(Float (&frequencies)[kLanes], float* to) {
  transpose(frequencies);
  for (int column = 0; column < kLanes; ++column) store(to + 2 * kLanes * column, frequencies[column]);
}

inline void load_columns(const float* from, Float (&frequencies)[kLanes]) {
  for (int column = 0; column < kLanes; ++column) frequencies[column] = load<Float>(from + 2 * kLanes * column);
  transpose(frequencies);
}

}  // namespace

void forward_columns(const float* charges, std::int32_t stride, const FftView& fft, std::int32_t column, float* scratch,
                     float* spectrum) {
  for (std::int64_t n = 0; n < fft.size; ++n) {
    const float* at = charges + n * stride + column;
    enter(fft, n, {load<Float>(at), load<Float>(at + kLanes)}, scratch);
  }
  forward_fft(fft, scratch);
  for (std::int64_t first = 0; first <= fft.size; first += kLanes) {
    Float a_re[kLanes], a_im[kLanes], b_re[kLanes], b_im[kLanes];
    for (int lane = 0; lane < kLanes; ++lane) {
      const std::int64_t k = first + lane;
      const std::int64_t known = k <= fft.size ? k : 0;
      const Complex z = load_complex(scratch, fft.places[known]);
      const Complex back = load_complex(scratch, fft.places[known ? 2 * fft.size - known : 0]);
      a_re[lane] = z.re + back.re;
      a_im[lane] = z.im - back.im;
      b_re[lane] = z.im + back.im;
      b_im[lane] = back.re - z.re;
    }
    float* to = spectrum + place_of(stride, first / kLanes, column);
    store_columns(a_re, to);
    store_columns(a_im, to + kLanes);
    store_columns(b_re, to + 2 * kLanes * kLanes);
    store_columns(b_im, to + 2 * kLanes * kLanes + kLanes);
  }
}

void convolve_block(const float* kernel, const FftView& fft, float* scratch, float* spectrum) {
  for (std::int64_t n = 0; n < fft.size; ++n) enter(fft, n, load_complex(spectrum, n), scratch);
  forward_fft(fft, scratch);
  for (std::int64_t place = 0; place < 2 * fft.size; ++place) {
    const Float gain = load<Float>(kernel + kLanes * static_cast<std::int64_t>(fft.folded[place]));
    const Complex x = load_complex(scratch, place);
    store_complex(scratch, place, {gain * x.re, gain * x.im});
  }
  inverse_fft(fft, scratch);
  for (std::int64_t n = 0; n < fft.size; ++n) store_complex(spectrum, n, leave(fft, n, scratch));
}

double inverse_columns(const float* spectrum, std::int32_t stride, const FftView& fft, std::int32_t column,
                       const float* charges, float* scratch, float* potential) {
  for (std::int64_t first = 0; first <= fft.size; first += kLanes) {
    Float a_re[kLanes], a_im[kLanes], b_re[kLanes], b_im[kLanes];
    const float* from = spectrum + place_of(stride, first / kLanes, column);
    load_columns(from, a_re);
    load_columns(from + kLanes, a_im);
    load_columns(from + 2 * kLanes * kLanes, b_re);
    load_columns(from + 2 * kLanes * kLanes + kLanes, b_im);
    for (int lane = 0; lane < kLanes && first + lane <= fft.size; ++lane) {
      const std::int64_t k = first + lane;
      const Complex a{a_re[lane], a_im[lane]};
      const Complex b{b_re[lane], b_im[lane]};
      if (k > 0) store_complex(scratch, fft.places[2 * fft.size - k], {a.re + b.im, b.re - a.im});
      store_complex(scratch, fft.places[k], {a.re - b.im, a.im + b.re});
    }
  }
  inverse_fft(fft, scratch);
  Double total{};
  for (std::int64_t n = 0; n < fft.size; ++n) {
    const std::int64_t at = n * stride + column;
    const Complex x = leave(fft, n, scratch);
    store(potential + at, x.re);
    store(potential + at + kLanes, x.im);
    for (int part = 0; part < 2 * kLanes; part += kLanes / 2) {
      const auto charge = __builtin_convertvector(load<HalfFloat>(charges + at + part), Double);
      total += charge * __builtin_convertvector(load<HalfFloat>(potential + at + part), Double);
    }
  }
  return sum(total);
}

}  // namespace terrella::TERRELLA_ISA
