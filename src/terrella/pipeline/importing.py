"""From a source straight to its map, with the older dataset of that name whole until the new one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TerrellaError
from ..progress import Progress, Silent
from ..projections import MapOptions
from ..stage_cache import StageCache
from .ahead import loading_ahead
from .kept_folder import keep_with, take_kept
from .make import MadeMap, check_enough, make_map

if TYPE_CHECKING:
    from ..sources import Items
    from ..store import Store

__all__ = ["import_and_map"]


def import_and_map(
    home: Path | None,
    read: Callable[[], Items],
    options: MapOptions | None = None,
    *,
    name: str | None = None,
    progress: Progress | None = None,
) -> MadeMap:
    """Read a source, store it as the dataset `name` and make its map.

    `name` defaults to the source's own. An older dataset of that name stays, with its map, until the new one
    and its map are whole, whatever happens. After an interruption a new dataset is kept without a map, and in
    either case the finished stages' results are in the cache. Raises InputError for what the source can't
    give, StorageError for the disk.
    """
    from ..store import Store

    progress = progress or Silent()
    store = Store(home)
    with loading_ahead(), progress.stage("load"):
        items = read()
        check_enough(items.records.num_rows, items.source)
        target = name or items.name
        older = store.open(target) if store.exists(target) else None
    make = _make_anew if older else _make_new
    made = make(store, target, items, options, progress)
    return replace(made, folder=store.open(target).map_folder())


def _make_new(
    store: Store, name: str, items: Items, options: MapOptions | None, progress: Progress
) -> MadeMap:
    """Make the map while the items are being stored. Ctrl-C leaves the dataset, a second one nothing."""
    try:
        with store.storing(name, items) as dataset:
            try:
                return make_map(dataset, options, progress=progress)
            except KeyboardInterrupt:
                if not dataset.is_stored:
                    progress.warn(f"What was read is still being stored as {dataset.name}; Ctrl-C drops it.")
                dataset.stored()
                raise
    except TerrellaError:
        if store.exists(name):
            store.delete(name)
        raise


def _make_anew(
    store: Store, name: str, items: Items, options: MapOptions | None, progress: Progress
) -> MadeMap:
    """Make the dataset and its map beside the older ones, which stay until both are whole."""
    older = store.open(name)
    with store.replacing(name) as place, place.storing(name, items) as dataset:
        StageCache(dataset.cache_folder).take_over(older.cache_folder)
        keep_with(dataset, older)
        try:
            made = make_map(dataset, options, progress=progress)
        finally:
            StageCache(older.cache_folder).take_over(dataset.cache_folder)
        take_kept(dataset, older)
        return made
