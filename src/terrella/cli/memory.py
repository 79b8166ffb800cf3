"""The most memory this process held since a moment."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["peak_bytes", "reset_peak"]

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


def reset_peak() -> None:
    """Start measuring anew. Only Linux can; elsewhere the peak counts from the start of the process."""
    try:
        _CLEAR.write_text("5")  # resets VmHWM: proc_pid_clear_refs(5)
    except OSError:
        return


def peak_bytes() -> int | None:
    """Return the largest resident size since `reset_peak`, in bytes; None where the system does not say."""
    try:
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
