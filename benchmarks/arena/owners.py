"""Whose time a profile's is: that of the package's functions, with all that others did for them."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path
from typing import Any

__all__ = ["seconds_by_owner"]

Function = tuple[str, int, str]


def seconds_by_owner(profiler: cProfile.Profile, package: Path) -> dict[tuple[str, str], float]:
    """Return the seconds of each (module, function) of the package, numpy's and others' on its behalf too.

    The time of a function of someone else's is shared out among its callers, as the profile counted it, until
    one of the package is reached.
    """
    table: dict[Function, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]  # not in its stubs
    owned: dict[tuple[str, str], float] = {}

    def give(function: Function, seconds: float, seen: frozenset[Function]) -> None:
        file = Path(function[0])
        if package in file.parents:
            module = ".".join(file.relative_to(package).with_suffix("").parts)
            owned[module, function[2]] = owned.get((module, function[2]), 0.0) + seconds
            return
        callers = {caller: times for caller, times in table[function][4].items() if caller not in seen}
        weights = {
            caller: times[3] + 1e-9 for caller, times in callers.items()
        }  # by seconds, its callees' too
        for caller, weight in weights.items():
            give(caller, seconds * weight / sum(weights.values()), seen | {function})

    for function, (_, _, own, _, _) in table.items():
        give(function, own, frozenset())
    return owned
