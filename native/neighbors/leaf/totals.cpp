// What a metric adds up for one pair of vectors, in double precision.
//
// Entry f goes to the partial sum f mod 16, whatever the registers' width, and products are rounded before they
// are added (CMake compiles this file with -ffp-contract=off): every instruction set returns the same bits. Equal
// rows are exactly 0 apart.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kSums = 16;
constexpr int kDoubles = kLanes / 2;          // in a register
constexpr int kParts = kSums / kDoubles;      // registers of partial sums

using Wide = std::int64_t __attribute__((vector_size(4 * kLanes)));

inline Double widen(const float* from) { return __builtin_convertvector(load<HalfFloat>(from), Double); }

template <typename Term>
inline void add_step(const float* x, const float* y, Double* sums, Term term) {
#pragma GCC unroll 8
  for (int p = 0; p < kParts; ++p) sums[p] += term(widen(x + p * kDoubles), widen(y + p * kDoubles));
}

template <typename Term>
inline double total(const float* x, const float* y, std::int64_t n_features, Term term) {
  Double sums[kParts] = {};
  std::int64_t f = 0;
  for (; f + kSums <= n_features; f += kSums) add_step(x + f, y + f, sums, term);
  if (f < n_features) {
    float last_x[kSums] = {};  // what lies past the end is equal, and 0: it adds nothing
    float last_y[kSums] = {};
    for (std::int64_t left = 0; f + left < n_features; ++left) {
      last_x[left] = x[f + left];
      last_y[left] = y[f + left];
    }
    add_step(last_x, last_y, sums, term);
  }
  double flat[kSums];
  std::memcpy(flat, sums, sizeof flat);
  for (int half = kSums / 2; half > 0; half /= 2) {
    for (int s = 0; s < half; ++s) flat[s] += flat[s + half];
  }
  return flat[0];
}

}  // namespace

double squares_total(const float* x, const float* y, std::int64_t n_features) {
  return total(x, y, n_features, [](Double a, Double b) { return (a - b) * (a - b); });
}

double products_total(const float* x, const float* y, std::int64_t n_features) {
  return total(x, y, n_features, [](Double a, Double b) { return a * b; });
}

double manhattan_total(const float* x, const float* y, std::int64_t n_features) {
  return total(x, y, n_features, [](Double a, Double b) {
    const Double d = a - b;
    return d < 0.0 ? -d : d;
  });
}

double hamming_total(const float* x, const float* y, std::int64_t n_features) {
  return total(x, y, n_features, [](Double a, Double b) { return __builtin_convertvector(-(Wide)(a != b), Double); });
}

}  // namespace terrella::TERRELLA_ISA
