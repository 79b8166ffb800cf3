"""The writes that bring nothing: remove, restore, prune."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError, ParameterError
from ..typing import Rows
from ._columns import dropped_vectors
from ._head import Head
from ._history import find_version, read_versions
from ._ids import as_ids, check_known, known_rows
from ._names import ROW
from ._open import open_records, read_ids
from ._shed import shed_images
from ._transaction import transaction

if TYPE_CHECKING:
    from lancedb.table import Table

__all__ = ["prune", "remove", "restore"]

_DELETED_AT_ONCE = 10_000
"""Rows that one condition names: LanceDB parses it as SQL."""

_LONG_RUN = 1000
"""Rows in a row that get a condition of their own."""


def remove(folder: Path, lock: Path, ids: Any) -> Head:
    """Take the items with `ids` out and commit; raise NotFoundError, with all left, for an unknown id."""
    with transaction(folder, lock, "removing from") as write:
        head = write.head
        committed = open_records(folder, head)
        stored = read_ids(committed, head)
        wanted = as_ids(ids, stored.type, head.name)
        rows = known_rows(wanted, stored)
        check_known(rows, wanted, head.name)
        rows = np.unique(rows)
        if not len(rows):
            raise InputError(f"no ids to remove from {head.name}. Pass at least one.")
        records = write.open("records")
        _delete(records, committed.keys[rows])
        vectors = dropped_vectors(records, head, None, 0)
        count = head.count - len(rows)
        renumbered = head.revision + 1
        return write.commit(records, "remove", count=count, vectors=vectors, renumbered=renumbered)


def restore(folder: Path, lock: Path, version: int) -> Head:
    """Make what `version` holds the newest version, and commit."""
    with transaction(folder, lock, "restoring") as write:
        head = write.head
        old = find_version(write.tables, head, version)
        records = write.open("records")
        records.restore(old.records)
        kept = ("title", "description", "source", "count", "roles", "numbered", "vectors")
        changes = {name: getattr(old, name) for name in kept}
        return write.commit(records, "restore", renumbered=head.revision + 1, **changes)


def prune(folder: Path, lock: Path, keep: int) -> Head:
    """Merge small files, forget all versions but the `keep` newest, this one among them, and commit.

    Images that none of these has go too.
    """
    if not isinstance(keep, int) or isinstance(keep, bool) or keep < 1:
        raise ParameterError(f"keep must be a whole number from 1; got {keep!r}. 1 keeps the newest alone.")
    with transaction(folder, lock, "pruning") as write:
        older = read_versions(write.tables, write.head)[:-1]
        kept = older[max(len(older) - (keep - 2), 0) :] if keep > 2 else []  # besides this one, old and new
        shed = shed_images(folder, write.tables, write.head, kept)
        return write.commit(write.open("records"), "prune", keep=keep, **shed)


def _delete(records: Table, keys: Rows) -> None:
    """Delete the rows with `keys`; long runs of them are named by their ends."""
    runs = np.split(keys, np.flatnonzero(np.diff(keys) != 1) + 1)
    for run in runs:
        if len(run) >= _LONG_RUN:
            records.delete(f"{ROW} BETWEEN {run[0]} AND {run[-1]}")
    alone = np.concatenate([keys[:0], *(run for run in runs if len(run) < _LONG_RUN)])
    for start in range(0, len(alone), _DELETED_AT_ONCE):
        listed = ", ".join(map(str, alone[start : start + _DELETED_AT_ONCE].tolist()))
        records.delete(f"{ROW} IN ({listed})")
