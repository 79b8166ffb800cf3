"""The display order: one order of all items in which every prefix is a fair picture of the whole map.

The items before a level's end (4,096, 16,384, 65,536, …) are a spatially stratified sample. The first
projection's bounding box is cut into as many square cells as the level has items, and the cells are served in
turn: every occupied cell gives one item before any gives a second. Items of an earlier level count as already
given, so that levels nest. Which item a cell gives is decided by a hash of its row, so the order depends on
nothing but the layout. Within a level the items follow the Morton (Z-order) curve, so that neighbours on the
map are neighbours in the files.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout, Rows
from .quantize import extent_of, quantize

__all__ = ["FIRST_LEVEL", "display_order", "level_ends"]

FIRST_LEVEL = 4096
"""Items of the coarsest level; each next level ends at four times as many."""

_BITS = 16  # of each coordinate on the Morton grid

_Codes: TypeAlias = NDArray[np.uint64]


def level_ends(count: int) -> list[int]:
    """Return where the levels of detail of `count` items end, ascending; the last is `count`."""
    ends = []
    end = FIRST_LEVEL
    while end < count:
        ends.append(end)
        end *= 4
    return [*ends, count]


def display_order(layout: Layout) -> tuple[Rows, list[int]]:
    """Return (order, levels): the dataset row of each display index, and the levels' ends.

    `layout` is (n_samples, 2) and finite. One million items take about a second.
    """
    positions, _ = quantize(layout, extent_of(layout))
    codes = _morton(positions)
    hashes = _hash(len(codes))
    level_of = np.zeros(len(codes), dtype=np.uint8)
    levels = level_ends(len(codes))
    given = np.zeros(len(codes), dtype=bool)
    for level, end in enumerate(levels):
        chosen = _next_level(codes, hashes, given, end)
        level_of[chosen] = level
        given[chosen] = True
    by_curve = np.argsort(codes, kind="stable")
    return by_curve[np.argsort(level_of[by_curve], kind="stable")].astype(np.int64), levels


def _next_level(codes: _Codes, hashes: _Codes, given: NDArray[np.bool_], end: int) -> Rows:
    """Return the rows that join the `given` ones so that `end` items are a stratified sample."""
    left = np.flatnonzero(~given)
    needed = end - (len(codes) - len(left))
    if needed >= len(left):
        return left
    cells_per_axis_bits = min(_BITS, (end.bit_length() - 1) // 2)
    cells = codes >> np.uint64(2 * (_BITS - cells_per_axis_bits))
    turns = _turns(cells, hashes, given)
    earliest = np.argsort((turns[left] << np.uint64(32)) | hashes[left], kind="stable")
    return left[earliest[:needed]]


def _turns(cells: _Codes, hashes: _Codes, given: NDArray[np.bool_]) -> _Codes:
    """Return each item's turn in its cell, from 0: given ones first, then by hash."""
    waiting = np.uint64(1) - given.astype(np.uint64)
    by_cell = np.argsort((cells << np.uint64(32)) | (waiting << np.uint64(31)) | (hashes >> np.uint64(1)))
    sorted_cells = cells[by_cell]
    starts = np.flatnonzero(np.r_[True, sorted_cells[1:] != sorted_cells[:-1]])
    sizes = np.diff(np.r_[starts, len(cells)])
    turns = np.empty(len(cells), dtype=np.uint64)
    turns[by_cell] = np.arange(len(cells)) - np.repeat(starts, sizes)
    return turns


def _morton(positions: NDArray[np.uint16]) -> _Codes:
    """Interleave the bits of x and y: (n, 2) uint16 → (n,) codes of 32 bits, y above x."""
    spread = positions.astype(np.uint64)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    codes: _Codes = spread[:, 0] | (spread[:, 1] << np.uint64(1))
    return codes


def _hash(count: int) -> _Codes:
    """Return 32 well-mixed bits for each row number (the finaliser of MurmurHash3)."""
    mixed = np.arange(1, count + 1, dtype=np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    return mixed.astype(np.uint64)
