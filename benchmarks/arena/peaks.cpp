// What this machine can do at most: fused multiply-adds in float32, int8 products, and reads from memory, on as many
// threads as the first argument says. Prints one JSON object of operations (a product and a sum are two) and bytes a
// second. Compiled by arena/peaks.py for this very machine.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace {

#if defined(__AVX512F__)
constexpr int kBytes = 64;
#elif defined(__AVX2__)
constexpr int kBytes = 32;
#else
constexpr int kBytes = 16;
#endif
constexpr int kLanes = kBytes / 4;
constexpr int kChains = 12;  // independent sums: more than latency × units needs, as many as registers hold
constexpr int kRepeats = 5;

using Float = float __attribute__((vector_size(kBytes)));
using Int = std::int64_t __attribute__((vector_size(kBytes)));

volatile double sink;  // what is stored here can't be optimised away

// Hides a value's origin from the compiler, which would else compute the sums beforehand.
template <typename Vector>
inline void hide(Vector& v) {
#if defined(__x86_64__)
  asm volatile("" : "+x"(v));
#else
  asm volatile("" : "+w"(v));
#endif
}

// As a number to store; any will do.
template <typename Vector>
inline double first_of(const Vector& v) {
  std::int32_t first;
  std::memcpy(&first, &v, sizeof first);
  return first;
}

double float_operations() {
  constexpr std::int64_t rounds = 20'000'000;
  Float sums[kChains] = {};
  Float x = Float{} + 1.0f, y = Float{} + 1e-9f;
  hide(x);
  hide(y);
  for (std::int64_t i = 0; i < rounds; ++i) {
    for (Float& sum : sums) sum = sum * x + y;
  }
  for (const Float& sum : sums) sink = first_of(sum);
  return 2.0 * kLanes * kChains * rounds;
}

// Products of unsigned and signed bytes, four to an int32: VNNI's one instruction, else AVX2's three. 0 elsewhere.
double byte_operations() {
#if defined(__AVX512VNNI__)
  constexpr std::int64_t rounds = 20'000'000;
  __m512i sums[kChains] = {};
  __m512i x = _mm512_set1_epi8(1), y = _mm512_set1_epi8(2);
  hide(x);
  hide(y);
  for (std::int64_t i = 0; i < rounds; ++i) {
    for (__m512i& sum : sums) sum = _mm512_dpbusd_epi32(sum, x, y);
  }
  for (const __m512i& sum : sums) sink = first_of(sum);
  return 2.0 * 64 * kChains * rounds;
#elif defined(__AVX2__)
  constexpr std::int64_t rounds = 10'000'000;
  __m256i sums[kChains] = {};
  __m256i x = _mm256_set1_epi8(1), y = _mm256_set1_epi8(2);
  const __m256i ones = _mm256_set1_epi16(1);
  for (std::int64_t i = 0; i < rounds; ++i) {
    for (__m256i& sum : sums) {
      hide(x);
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, y), ones));
    }
  }
  for (const __m256i& sum : sums) sink = first_of(sum);
  return 2.0 * 32 * kChains * rounds;
#else
  return 0.0;
#endif
}

// Reads a buffer that no cache holds.
double bytes_read() {
  thread_local const std::vector<std::int64_t> buffer(1 << 25, 1);  // 256 MiB
  constexpr std::size_t step = 8 * kBytes / sizeof(std::int64_t);
  Int sums[8] = {};
  for (std::size_t i = 0; i < buffer.size(); i += step) {
    const Int* at = reinterpret_cast<const Int*>(buffer.data() + i);
    for (int j = 0; j < 8; ++j) {
      Int v;
      std::memcpy(&v, at + j, sizeof v);
      sums[j] += v;
    }
  }
  for (const Int& sum : sums) sink = first_of(sum);
  return static_cast<double>(buffer.size() * sizeof(std::int64_t));
}

// The best of some repeats of `work` on all threads at once, in units a second.
double rate(int threads, double (*work)()) {
  std::vector<double> fastest(static_cast<std::size_t>(threads), 0.0);
  std::vector<std::thread> pool;
  for (double& best : fastest) {
    pool.emplace_back([&best, work] {
      work();  // warm: the clock has risen, the buffer is there
      for (int repeat = 0; repeat < kRepeats; ++repeat) {
        const auto begun = std::chrono::steady_clock::now();
        const double done = work();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
        best = std::max(best, done / seconds.count());
      }
    });
  }
  for (std::thread& thread : pool) thread.join();
  double total = 0.0;
  for (const double best : fastest) total += best;
  return total;
}

}  // namespace

int main(int count, char** arguments) {
  const int threads = count > 1 ? std::atoi(arguments[1]) : 1;
  std::printf("{\"float32\": %.4g, \"int8\": %.4g, \"read\": %.4g}\n", rate(threads, float_operations),
              rate(threads, byte_operations), rate(threads, bytes_read));
  return 0;
}
