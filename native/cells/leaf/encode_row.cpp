// A query as a cell sees it: its offset from the cell's centre in 8 bits.
#include "leaves.hpp"

namespace terrella::TERRELLA_ISA {

float encode_row(const float* x, const float* centre, std::int64_t n_features, std::int8_t* codes, float* squared,
                 std::int32_t* total) {
  Float squares{};
  Float extent{};
  std::int64_t f = 0;
  for (; f + kLanes <= n_features; f += kLanes) {
    const Float offset = load<Float>(x + f) - load<Float>(centre + f);
    squares += offset * offset;
    extent = max(extent, max(offset, -offset));
  }
  float norm = sum(squares);
  float limit = largest(extent);
  for (std::int64_t tail = f; tail < n_features; ++tail) {
    const float offset = x[tail] - centre[tail];
    const float size = offset < 0.0f ? -offset : offset;
    norm += offset * offset;
    limit = size > limit ? size : limit;
  }
  const float scale = limit > 0.0f ? kRowLimit / limit : 0.0f;
  using Bytes = std::int8_t __attribute__((vector_size(kLanes)));
  const Float magic = broadcast(12582912.0f);  // 1.5 · 2^23: adding and taking it away rounds to the nearest integer
  Int sums{};
  for (f = 0; f + kLanes <= n_features; f += kLanes) {
    const Float steps = (load<Float>(x + f) - load<Float>(centre + f)) * scale;
    const Int code = __builtin_convertvector((steps + magic) - magic, Int);
    sums += code;
    const Bytes bytes = __builtin_convertvector(code, Bytes);
    std::memcpy(codes + f, &bytes, sizeof bytes);
  }
  std::int32_t codes_sum = sum(sums);
  for (; f < n_features; ++f) {
    const float steps = (x[f] - centre[f]) * scale;
    const auto code = static_cast<std::int32_t>((steps + 12582912.0f) - 12582912.0f);
    codes_sum += code;
    codes[f] = static_cast<std::int8_t>(code);
  }
  for (; f % kCodeGroup != 0; ++f) codes[f] = 0;
  *squared = norm;
  *total = codes_sum;
  return limit / kRowLimit;
}

}  // namespace terrella::TERRELLA_ISA
