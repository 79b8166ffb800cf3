#include "core/isa.hpp"

#include <stdexcept>

#include "core/amx.hpp"

namespace terrella {

namespace portable {
const Kernels& kernels();
}
#ifdef TERRELLA_X86
namespace avx2 {
const Kernels& kernels();
}
namespace avx512 {
const Kernels& kernels();
}
namespace vnni {
const Kernels& kernels();
}
namespace amx {
const Kernels& kernels();
}
#endif

namespace {

std::vector<const Kernels*> available() {
  std::vector<const Kernels*> found{&portable::kernels()};
#ifdef TERRELLA_X86
  // These ask the operating system too, which must save the wide registers.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    found.push_back(&avx2::kernels());
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
      found.push_back(&avx512::kernels());
      if (__builtin_cpu_supports("avx512vnni")) {
        found.push_back(&vnni::kernels());
        if (may_use_amx()) found.push_back(&amx::kernels());
      }
    }
  }
#endif
  return found;
}

}  // namespace

std::vector<std::string> available_isas() {
  std::vector<std::string> names;
  for (const Kernels* kernels : available()) names.emplace_back(kernels->name);
  return names;
}

const Kernels& kernels_for(const std::string& isa) {
  for (const Kernels* kernels : available()) {
    if (isa == kernels->name) return *kernels;
  }
  throw std::invalid_argument("no instruction set named '" + isa + "' on this machine");
}

}  // namespace terrella
