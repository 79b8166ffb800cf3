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

// Reports one of several equal parts of some work as what it is of the whole.
class PartMonitor final : public Monitor {
 public:
  PartMonitor(Monitor* whole, std::int64_t part, std::int64_t parts) : whole_(whole), part_(part), parts_(parts) {}

  void report(std::int64_t done, std::int64_t total) override {
    if (whole_) whole_->report(part_ * total + done, parts_ * total);
  }

 private:
  Monitor* whole_;
  std::int64_t part_;
  std::int64_t parts_;
};

}  // namespace terrella
