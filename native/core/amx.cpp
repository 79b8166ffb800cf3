#include "core/amx.hpp"

#if defined(TERRELLA_X86) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace terrella {

#if defined(TERRELLA_X86) && defined(__linux__)
namespace {

constexpr unsigned kTileBits = 1u << 24 | 1u << 25;      // AMX-TILE and AMX-INT8 in leaf 7's EDX
constexpr unsigned kSavedStates = 1u << 17 | 1u << 18;   // XTILECFG and XTILEDATA in XCR0: the system saves them
constexpr long kGetPermission = 0x1022;                  // ARCH_GET_XCOMP_PERM
constexpr long kRequestPermission = 0x1023;              // ARCH_REQ_XCOMP_PERM
constexpr unsigned long kTileData = 18;

bool machine_has_tiles() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & kTileBits) != kTileBits) return false;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0) return false;
  unsigned low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & kSavedStates) == kSavedStates;
}

bool kernel_grants_tiles() {
  if (syscall(SYS_arch_prctl, kRequestPermission, kTileData) != 0) return false;
  unsigned long granted = 0;
  return syscall(SYS_arch_prctl, kGetPermission, &granted) == 0 && (granted >> kTileData & 1) != 0;
}

}  // namespace

bool may_use_amx() {
  static const bool may = machine_has_tiles() && kernel_grants_tiles();
  return may;
}
#else
bool may_use_amx() { return false; }
#endif

}  // namespace terrella
