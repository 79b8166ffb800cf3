"""Searches that stay in memory from one question to the next, as long as nothing was written between them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from .search import DatasetSearch

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["find_search"]

_KEPT = 2
"""Searches held at a time; each may hold the vectors of a dataset."""

_held: OrderedDict[tuple[object, ...], DatasetSearch] = OrderedDict()
_lock = Lock()


def find_search(
    dataset: StoredDataset,
    *,
    map_folder: Path | None = None,
    metric: str | None = None,
    column: str | None = None,
) -> DatasetSearch:
    """Return the search over a dataset as it is now, and over the map in `map_folder` where there is one.

    The same until the dataset or the map is written; the least recently used of more than two goes.
    """
    bundle, stamp = None, None
    if map_folder is not None and (map_folder / "manifest.json").is_file():
        from ..bundle import read_bundle

        bundle = read_bundle(map_folder)
        stamp = (str(map_folder), bundle.manifest["created"], bundle.manifest["projections"][0]["name"])
    key = (str(dataset.path), dataset.head.generation, dataset.version, stamp, metric, column)
    with _lock:
        found = _held.pop(key, None) or DatasetSearch(dataset, bundle=bundle, metric=metric, column=column)
        _held[key] = found
        while len(_held) > _KEPT:
            _held.popitem(last=False)
    return found
