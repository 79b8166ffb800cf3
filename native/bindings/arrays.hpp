// What the bindings share: array types, checks, and a monitor that speaks Python.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/isa.hpp"
#include "core/monitor.hpp"
#include "core/thread_pool.hpp"
#include "graph/graph.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace terrella::bindings {

using Matrix = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using Vector = nb::ndarray<const float, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using IndexMatrix = nb::ndarray<const std::int32_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using IndexVector = nb::ndarray<const std::int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Offsets = nb::ndarray<const std::int64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Reports to a Python callable and stops on Ctrl-C; both need the interpreter lock, which the kernels run without.
class PythonMonitor final : public Monitor {
 public:
  explicit PythonMonitor(std::optional<nb::callable> callback) : callback_(std::move(callback)) {}

  void report(std::int64_t done, std::int64_t total) override {
    const auto now = std::chrono::steady_clock::now();
    if (!callback_ && now - asked_ < std::chrono::milliseconds(50)) return;
    asked_ = now;
    nb::gil_scoped_acquire lock;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (callback_) (*callback_)(done, total);
  }

 private:
  std::optional<nb::callable> callback_;
  std::chrono::steady_clock::time_point asked_{};
};

// Hands `values` to numpy, which frees them.
template <typename T>
nb::ndarray<nb::numpy, T> to_numpy(std::unique_ptr<T[]> values, std::initializer_list<std::size_t> shape) {
  T* data = values.release();
  nb::capsule owner(data, [](void* p) noexcept { delete[] static_cast<T*>(p); });
  return nb::ndarray<nb::numpy, T>(data, shape, owner);
}

template <typename T>
nb::ndarray<nb::numpy, T> to_numpy(std::vector<T>&& values) {
  auto held = std::make_unique<std::vector<T>>(std::move(values));
  nb::capsule owner(held.get(), [](void* p) noexcept { delete static_cast<std::vector<T>*>(p); });
  std::vector<T>* kept = held.release();
  return nb::ndarray<nb::numpy, T>(kept->data(), {kept->size()}, owner);
}

inline void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

inline bool within(const std::int32_t* values, std::size_t count, std::int64_t n) {
  return std::all_of(values, values + count, [n](std::int32_t v) { return v >= 0 && v < n; });
}

// Positions that no grid could hold would be read from beyond it.
inline bool finite(const float* values, std::size_t count) {
  return std::all_of(values, values + count, [](float v) { return std::isfinite(v); });
}

// n rows whose indices lie in [0, n_columns).
inline GraphView view(const Offsets& indptr, const IndexVector& indices, const Vector& weights, std::int64_t n,
                      std::int64_t n_columns) {
  require(static_cast<std::int64_t>(indptr.shape(0)) == n + 1, "indptr must have n + 1 entries");
  const std::int64_t* p = indptr.data();
  require(p[0] == 0 && std::is_sorted(p, p + n + 1), "indptr must ascend from 0");
  require(p[n] == static_cast<std::int64_t>(indices.shape(0)) && indices.shape(0) == weights.shape(0),
          "indices and weights must have indptr[n] entries");
  require(within(indices.data(), indices.shape(0), n_columns), "indices must lie in [0, n)");
  return {n, p, indices.data(), weights.data()};
}

inline GraphView view(const Offsets& indptr, const IndexVector& indices, const Vector& weights, std::int64_t n) {
  return view(indptr, indices, weights, n, n);
}

}  // namespace terrella::bindings
