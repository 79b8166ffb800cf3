"""What the sprite builder hands to the map's writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..typing import Rows

__all__ = ["Cell", "Ink", "Mode", "SpriteLevel", "SpritePage", "SpriteSheets", "UnreadableImage"]

Mode: TypeAlias = Literal["grey", "rgb", "rgba"]
Ink: TypeAlias = Literal["light", "dark"] | None
Cell: TypeAlias = Literal[16, 32, 64]


@dataclass(frozen=True)
class SpritePage:
    """One image file: the sprites of items first … first + count − 1 in display order; `height` in pixels."""

    format: Literal["webp", "png"]
    data: bytes
    first: int
    count: int
    height: int


@dataclass(frozen=True)
class SpriteLevel:
    """Pages of square cells of `cell` pixels, `page` pixels wide, filled row by row from the top left."""

    name: Literal["L0", "L1"]
    cell: Cell
    page: int
    pages: tuple[SpritePage, ...]


@dataclass(frozen=True)
class UnreadableImage:
    """An item drawn as the placeholder: its dataset row and what was wrong with its image."""

    row: int
    reason: str


@dataclass(frozen=True, eq=False)
class SpriteSheets:
    """All sprites of a map, coarse level first.

    `mode` says what a pixel is: grey (R = G = B, opaque), rgb (opaque) or rgba (straight alpha). `ink` is
    'light' for grey strokes on an empty black ground (luminance is coverage), 'dark' for the reverse, else
    None. `colors`, (n_samples, 3) uint8, and the pages are in display order; `order` holds its rows.
    """

    mode: Mode
    ink: Ink
    levels: tuple[SpriteLevel, ...]
    colors: NDArray[np.uint8]
    unreadable: tuple[UnreadableImage, ...]
    order: Rows
