"""What every encoder returns."""

from __future__ import annotations

from dataclasses import dataclass

from ..typing import Parameters, Vectors

__all__ = ["Encoded"]


@dataclass(frozen=True)
class Encoded:
    """One vector an item. `name` is the column they are stored under, `metadata` says how they came about."""

    vectors: Vectors
    name: str
    metadata: Parameters
