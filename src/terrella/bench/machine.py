"""What the figures are measured on."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Any

from .. import __version__
from ..kernels import current_isa, thread_count

__all__ = ["machine_facts"]


def machine_facts() -> dict[str, Any]:
    """Return the processor, the threads and the instruction set in use, and the versions, as JSON values."""
    import numpy as np

    return {
        "processor": _processor(),
        "threads": thread_count(),
        "isa": current_isa(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "terrella": __version__,
    }


def _processor() -> str:
    """Return the processor's name; on Linux from /proc, for platform does not know it there."""
    if sys.platform == "linux":
        try:
            for line in Path("/proc/cpuinfo").read_text().splitlines():
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
        except OSError:
            pass
    return platform.processor() or platform.machine()
