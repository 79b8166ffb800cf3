// Threads for one kernel call: started with it, joined with it, none left running.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/monitor.hpp"

namespace terrella {

class ThreadPool {
 public:
  // The calling thread is one of `threads`.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // Calls task(i) once for every i in [0, count), in any order, on any thread, and returns when all are done.
  // Results must not depend on the order. The first exception of a task or of the monitor stops the rest and
  // is thrown again here.
  void run(std::int64_t count, const std::function<void(std::int64_t)>& task, Monitor* monitor = nullptr);

 private:
  void work();
  void drain(Monitor* monitor);
  void fail(std::exception_ptr error);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable started_;
  std::condition_variable finished_;
  const std::function<void(std::int64_t)>* task_ = nullptr;
  std::atomic<std::int64_t> next_{0};
  std::atomic<std::int64_t> done_{0};
  std::int64_t count_ = 0;
  std::uint64_t round_ = 0;
  int busy_ = 0;
  bool closing_ = false;
  std::exception_ptr error_;
};

}  // namespace terrella
