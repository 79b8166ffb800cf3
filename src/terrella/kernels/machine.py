"""Which instruction set and how many threads the native kernels use here."""

from __future__ import annotations

import functools
import os

from ..errors import ParameterError
from ..validation import check_choice
from . import _native

__all__ = ["available_isas", "current_isa", "thread_count"]

_ALL_ISAS = ("portable", "avx2", "avx512", "vnni", "amx")


@functools.cache
def available_isas() -> tuple[str, ...]:
    """Return the instruction sets that this machine runs, the best last."""
    return tuple(_native.available_isas())


def current_isa() -> str:
    """Return the instruction set in use: the machine's best, or what `TERRELLA_ISA` forces.

    Raises ParameterError if that is not one of ours, or not one of this machine's.
    """
    forced = os.environ.get("TERRELLA_ISA")
    if not forced:
        return available_isas()[-1]
    check_choice("TERRELLA_ISA", forced, _ALL_ISAS)
    if forced not in available_isas():
        raise ParameterError(
            f"TERRELLA_ISA is {forced!r}, which this machine cannot run; it has "
            f"{', '.join(available_isas())}. Unset TERRELLA_ISA to use the best."
        )
    return forced


def thread_count() -> int:
    """Return the number of threads to use: what `TERRELLA_THREADS` says, or the cores we may run on.

    Raises ParameterError if that is not a whole number from 1 on.
    """
    asked = os.environ.get("TERRELLA_THREADS")
    if not asked:
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
    if not asked.isdecimal() or int(asked) < 1:
        raise ParameterError(
            f"TERRELLA_THREADS must be a whole number from 1 on; got {asked!r}. Unset it to use every core."
        )
    return min(int(asked), 1024)
