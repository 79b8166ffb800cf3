// How long native work reports what it has done and learns that it should stop.
#pragma once

#include <cstdint>

namespace terrella {

class Monitor {
 public:
  virtual ~Monitor() = default;

  // Called on the thread that called the kernel, while no lock is held. Throws to stop the work.
  virtual void report(std::int64_t done, std::int64_t total) = 0;
};

}  // namespace terrella
