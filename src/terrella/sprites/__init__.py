"""Thumbnails of a map's images, packed in display order on texture pages.

`cut_tiles` needs the images alone, `pack_tiles` the display order too:

bytes ─decode─▶ picture ─fit─▶ tile ─┬─▶ L1 pages (32 or 64 px)
                                     └─shrink─▶ L0 pages (16 px) and mean colours
"""

from __future__ import annotations

from .build import build_sprites, pack_tiles
from .cut import CutTiles, cut_tiles
from .sheets import SpriteLevel, SpritePage, SpriteSheets, UnreadableImage

__all__ = [
    "CutTiles",
    "SpriteLevel",
    "SpritePage",
    "SpriteSheets",
    "UnreadableImage",
    "build_sprites",
    "cut_tiles",
    "pack_tiles",
]
