// Brings `width` rows that lie anywhere side by side, feature by feature, scaled and centred.
//
//   rows    (width rounded up to whole registers,) where each row begins
//   out     (n_features, width): out[f, r] = rows[r][f] · scale − center[f]; up to a register past its end is written
//   squares (width rounded up,) Σ_f out[f, r]² in double precision
#include "core/transpose.hpp"
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {
namespace {

constexpr int kMostRegisters = 3;  // of rows side by side: a panel's columns, or a tile's twelve rows in registers of four
static_assert(kPanelColumns <= kMostRegisters * kLanes && kTileRows <= kMostRegisters * kLanes, "too wide to pack");

// The next kLanes features of kLanes rows, fewer at the end, feature by feature.
inline void load_square(const float* const* rows, std::int64_t f, std::int64_t n_features, Float (&square)[kLanes]) {
  const std::int64_t here = n_features - f < kLanes ? n_features - f : kLanes;
  for (int r = 0; r < kLanes; ++r) {
    square[r] = Float{};
    if (here == kLanes) {
      square[r] = load<Float>(rows[r] + f);
    } else {
      for (std::int64_t left = 0; left < here; ++left) square[r][left] = rows[r][f + left];
    }
  }
  transpose(square);
}

inline void add_squares(Float values, Double* sums) {
  HalfFloat halves[2];
  std::memcpy(halves, &values, sizeof halves);
  for (int h = 0; h < 2; ++h) {
    const Double wide = __builtin_convertvector(halves[h], Double);
    sums[h] += wide * wide;
  }
}

}  // namespace

void pack(const float* const* rows, std::int64_t width, const float* center, float scale, std::int64_t n_features,
          float* out, double* squares) {
  const int registers = static_cast<int>((width + kLanes - 1) / kLanes);
  Double sums[2 * kMostRegisters] = {};
  for (std::int64_t f = 0; f < n_features; f += kLanes) {
    const std::int64_t here = n_features - f < kLanes ? n_features - f : kLanes;
    Float square[kMostRegisters][kLanes];
    for (int v = 0; v < registers; ++v) load_square(rows + v * kLanes, f, n_features, square[v]);
    for (std::int64_t i = 0; i < here; ++i) {
      for (int v = 0; v < registers; ++v) {
        const Float values = square[v][i] * scale - center[f + i];
        store(out + (f + i) * width + v * kLanes, values);  // the next feature writes over what is too much
        add_squares(values, sums + 2 * v);
      }
    }
  }
  std::memcpy(squares, sums, static_cast<std::size_t>(registers) * kLanes * sizeof(double));
}

}  // namespace terrella::TERRELLA_ISA
