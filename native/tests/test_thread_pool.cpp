#include <stdexcept>
#include <vector>

#include "tests/check.hpp"
#include "tests/suites.hpp"

namespace terrella::tests {
namespace {

// Stops at the first report; how many there are depends on which thread does the work, but there is always a last.
class Stop final : public Monitor {
 public:
  void report(std::int64_t, std::int64_t) override { throw std::runtime_error("stopped"); }
};

template <typename Work>
bool throws(const Work& work) {
  try {
    work();
  } catch (const std::runtime_error&) {
    return true;
  }
  return false;
}

}  // namespace

void test_thread_pool() {
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    for (const std::int64_t count : {0, 1, 4, 1000}) {
      std::vector<int> done(static_cast<std::size_t>(count), 0);
      pool.run(count, [&](std::int64_t i) { ++done[static_cast<std::size_t>(i)]; });
      for (const int times : done) CHECK(times == 1);
    }
    CHECK(throws([&] { pool.run(100, [](std::int64_t i) { if (i == 57) throw std::runtime_error("task"); }); }));
    Stop monitor;
    CHECK(throws([&] { pool.run(100, [](std::int64_t) {}, &monitor); }));
    int after = 0;
    pool.run(1, [&](std::int64_t) { ++after; });  // the pool outlives what it threw
    CHECK(after == 1);
  }
}

}  // namespace terrella::tests
