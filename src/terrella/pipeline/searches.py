"""Searches that stay in memory from one question to the next, as long as nothing was written between them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ..bundle import read_bundle
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
    stamp = None if map_folder is None else _stamp(map_folder)
    key = (dataset.path, dataset.head.generation, dataset.version, map_folder, stamp, metric, column)
    with _lock:
        found = _held.pop(key, None)
        if found is None:
            bundle = read_bundle(map_folder) if map_folder is not None and stamp is not None else None
            found = DatasetSearch(dataset, bundle=bundle, metric=metric, column=column)
        _held[key] = found
        while len(_held) > _KEPT:
            _held.popitem(last=False)
    return found


def _stamp(map_folder: Path) -> tuple[int, ...] | None:
    """Return what tells one version of a map from the next; None where there is no map."""
    try:
        status = (map_folder / "manifest.json").stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
