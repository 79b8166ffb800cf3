"""Change the datasets of one home, and say which of their maps no longer show what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ..errors import BusyError
from .chosen import chosen_rows
from .given import given_items
from .given_schemas import Chosen, DatasetGiven, ItemsChanged, ItemsGiven
from .map_states import MapStates
from .renewals import Renewals
from .stored import open_dataset
from .stored_schemas import Changed

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["Writes"]

_PATIENCE = 5.0
"""Seconds that a request waits for those before it."""


class Writes:
    """What the API changes. Each returns when it is safe on the disk, or raises and has changed nothing."""

    def __init__(self, home: Path, states: MapStates, renewals: Renewals) -> None:
        self._home = home
        self._states = states
        self._renewals = renewals
        self._locks: dict[str, Lock] = {}

    def create(self, given: DatasetGiven) -> Changed:
        """Store a new dataset; raise InputError where there is one of that name."""
        from ..store import Store

        dataset = Store(self._home).create(given.name, given_items(given, None))
        return self._told(dataset, added=dataset.count)

    def add(self, name: str, given: ItemsGiven) -> Changed:
        """Add items; raise DuplicateIdError for an id that is stored."""
        with self._writing(name) as dataset:
            dataset.append(given_items(given, dataset))
            return self._told(dataset, added=len(given.items))

    def upsert(self, name: str, given: ItemsGiven) -> Changed:
        """Add items, and change those whose id is stored."""
        with self._writing(name) as dataset:
            before = dataset.count
            dataset.upsert(given_items(given, dataset, whole=False))
            added = min(max(dataset.count - before, 0), len(given.items))
            return self._told(dataset, added=added, changed=len(given.items) - added)

    def update(self, name: str, given: ItemsChanged) -> Changed:
        """Change fields of stored items; raise NotFoundError for an id that is not stored."""
        with self._writing(name) as dataset:
            dataset.update(given_items(given, dataset, whole=False))
            return self._told(dataset, changed=len(given.items))

    def remove(self, name: str, chosen: Chosen) -> Changed:
        """Remove items; raise NotFoundError for an id that is not stored. The maps follow."""
        with self._writing(name) as dataset:
            before = dataset.count
            rows = chosen_rows(dataset, chosen)
            dataset.remove(dataset.id_column.take(rows) if len(rows) else [])
            self._renewals.follow(dataset)
            return self._told(dataset, removed=before - dataset.count)

    def restore(self, name: str, version: int) -> Changed:
        """Make an older version the newest; raise NotFoundError for one that is not kept. The maps follow."""
        with self._writing(name) as dataset:
            before = dataset.count
            dataset.restore(version)
            self._renewals.follow(dataset)
            more = dataset.count - before
            return self._told(dataset, added=max(more, 0), removed=max(-more, 0))

    @contextmanager
    def _writing(self, name: str) -> Iterator[StoredDataset]:
        """Yield a dataset as it is when the requests before have written it; BusyError if that takes long.

        Other processes are told apart by the store's own lock, which waits for nobody.
        """
        open_dataset(self._home, name)  # raises for a name that is none
        lock = self._locks.setdefault(name, Lock())
        if not lock.acquire(timeout=_PATIENCE):
            raise BusyError(f"{name} is being written by other requests. Try again in a moment.")
        try:
            yield open_dataset(self._home, name)
        finally:
            lock.release()

    def _told(self, dataset: StoredDataset, *, added: int = 0, changed: int = 0, removed: int = 0) -> Changed:
        return Changed(
            dataset=dataset.name,
            version=dataset.version,
            count=dataset.count,
            added=added,
            changed=changed,
            removed=removed,
            maps=self._states.of(dataset),
        )
