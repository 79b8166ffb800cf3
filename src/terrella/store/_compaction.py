"""Small files merged, and old versions forgotten."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ._disk import discard
from ._head import Head
from ._history import forget_version, read_versions
from ._names import DERIVED

if TYPE_CHECKING:
    from lancedb.table import Table

__all__ = ["forget_derived", "forget_old", "merge_files"]

_KEPT = 50
"""Newest versions that are never forgotten unasked."""

_STILL_READ = timedelta(hours=1)
"""How long older versions stay for those who still read them …"""

_MOST_KEPT = 200
"""… as long as they are no more than this: rows that come one by one would leave thousands of files, all of
which every write has to look through."""

_NEVER = timedelta(days=36500)
_MARGIN = timedelta(seconds=1)
"""What may pass between looking at the clock and LanceDB's own look at it."""


def merge_files(records: Table) -> None:
    """Merge the small files of the records; every version stays."""
    records.optimize(cleanup_older_than=_NEVER)  # without it, LanceDB forgets those of more than a week


def forget_old(records: Table, tables: Path, newest: Head, keep: int | None = None) -> None:
    """Forget all but the `keep` newest versions up to `newest`, which is committed, and their files.

    By default 50 stay, and those of the last hour, up to 200. The caller holds the writer's lock. What can't
    be removed now is removed another time.
    """
    versions = read_versions(tables, newest)
    if keep is None:
        since = datetime.now(UTC) - _STILL_READ
        young = [head for head in versions if datetime.fromisoformat(head.updated) > since]
        keep = max(_KEPT, min(len(young), _MOST_KEPT))
    for head in versions[:-keep]:
        forget_version(tables, head.revision)
    first = min(head.records for head in versions[-keep:])
    with suppress(RuntimeError, ValueError, OSError):
        records.optimize(cleanup_older_than=_age(records, first))
        forget_derived(tables, newest)


def forget_derived(tables: Path, newest: Head) -> None:
    """Remove the tables of vectors that no version up to `newest` names. The caller holds the lock."""
    found = list(tables.glob(f"{DERIVED}*.lance"))
    if found:
        named = {
            about.get("table") for head in read_versions(tables, newest) for about in head.vectors.values()
        }
        for path in found:
            if path.stem not in named:
                discard(path)


def _age(records: Table, first: int) -> timedelta:
    """Return an age that no version of a table from `first` on has, for LanceDB goes by age alone."""
    now = datetime.now()  # its times have no zone
    oldest: datetime = min(
        found["timestamp"] for found in records.list_versions() if found["version"] >= first
    )
    return max(now - oldest, timedelta()) + _MARGIN
