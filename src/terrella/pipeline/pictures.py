"""The stage that packs the items' images into sprites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..progress import StageReport
from ..typing import Layout

if TYPE_CHECKING:
    from ..sprites import SpriteSheets
    from ..store import StoredDataset

__all__ = ["name_unreadable", "pack_sprites"]

_PATHS_IN_NOTE = 5


def pack_sprites(dataset: StoredDataset, layout: Layout, report: StageReport) -> SpriteSheets | None:
    """Return the sprites in the display order that `layout` gives; None for a dataset without images."""
    if not dataset.has_images:
        report.note("no images")
        return None
    from ..bundle import display_order
    from ..sprites import build_sprites

    order, _ = display_order(layout)
    return build_sprites(dataset.images, order, callback=report, scratch=dataset.path)


def name_unreadable(
    dataset: StoredDataset, sheets: SpriteSheets | None, report: StageReport
) -> tuple[tuple[str, str], ...]:
    """Name the items whose image could not be decoded, and say so at the end of the stage."""
    if sheets is None or not sheets.unreadable:
        return ()
    rows = [item.row for item in sheets.unreadable]
    named = tuple(zip(dataset.image_names(rows), (item.reason for item in sheets.unreadable), strict=True))
    shown = ", ".join(f"{path} ({reason})" for path, reason in named[:_PATHS_IN_NOTE])
    more = f" and {len(named) - _PATHS_IN_NOTE} more" if len(named) > _PATHS_IN_NOTE else ""
    report.note(f"{len(named)} unreadable: {shown}{more}")
    return named
