"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import Any

__all__ = ["isa_environment", "machine"]


def machine() -> dict[str, Any]:
    """Return the processor, the cores we may use, the memory, and which of the instruction sets it has."""
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*: (.*)$", about, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model[1] if model else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory),
        "has": [name for name in ("avx2", "avx512f", "avx512_vnni", "amx_int8") if f" {name}" in about],
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def isa_environment(isa: str | None) -> dict[str, str]:
    """Return the variables that hold Terrella to an instruction set, and numpy's BLAS beside it."""
    if isa is None:
        return {}
    return {"TERRELLA_ISA": isa, **({"OPENBLAS_CORETYPE": "Haswell"} if isa == "avx2" else {})}
