"""Thumbnails of a map's images, packed in display order on texture pages.

bytes ─decode─▶ picture ─fit─▶ tile ─┬─▶ L1 pages (32 or 64 px)
                                     └─shrink─▶ L0 pages (16 px) and mean colours
"""

from __future__ import annotations

from .build import build_sprites
from .sheets import SpriteLevel, SpritePage, SpriteSheets, UnreadableImage

__all__ = ["SpriteLevel", "SpritePage", "SpriteSheets", "UnreadableImage", "build_sprites"]
