"""The versions of a dataset: a copy of every head, beside the tables that it names.

    lance/<generation>/versions/00000012.json

A copy is written before the head itself. LanceDB keeps each version of a table until it is told to forget it;
a copy is removed before its version is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import FormatVersionError, NotFoundError, ParameterError, StorageError
from ._disk import replace_file, sync
from ._head import Head, as_bytes, parse_head

__all__ = [
    "VersionInfo",
    "check_version",
    "find_version",
    "forget_version",
    "is_kept",
    "keep_version",
    "read_versions",
    "remove_partials",
]

_FOLDER = "versions"
_SHOWN = 8


@dataclass(frozen=True)
class VersionInfo:
    """One state of a dataset: when and by what it came about, and how many items it had.

    `action` is 'create', 'add', 'upsert', 'update', 'remove', 'vectors', 'restore', 'prune' or 'recover'; it
    is empty for a version that an older Terrella wrote.
    """

    version: int
    created: str
    action: str
    count: int


def keep_version(tables: Path, head: Head) -> None:
    """Keep a copy of `head`, which is about to be committed, with the tables in `tables`."""
    path = _path(tables, head.revision)
    if not path.parent.is_dir():
        path.parent.mkdir()
        sync(tables)
    replace_file(path, as_bytes(head))


def read_versions(tables: Path, newest: Head) -> list[Head]:
    """Return the heads that are kept up to `newest`, oldest first; copies that can't be read are left out."""
    found = {newest.revision: newest}
    for path in (tables / _FOLDER).glob("*.json"):
        if path.stem.isdecimal() and int(path.stem) < newest.revision:
            try:
                found[int(path.stem)] = parse_head(path.read_bytes(), path)
            except (StorageError, FormatVersionError, OSError):
                continue
    return [found[revision] for revision in sorted(found)]


def find_version(tables: Path, newest: Head, version: int) -> Head:
    """Return the head of `version`; raise NotFoundError, naming those that are kept, where there is none."""
    kept = {head.revision: head for head in read_versions(tables, newest)}
    if version not in kept:
        numbers = list(kept)
        some = ", ".join(map(str, numbers[-_SHOWN:]))
        more = "… " if len(numbers) > _SHOWN else ""
        raise NotFoundError(f"{newest.name} has no version {version!r}; its versions are {more}{some}.")
    return kept[version]


def check_version(version: int) -> None:
    """Raise ParameterError for what is no number of a version."""
    if not isinstance(version, int | np.integer) or isinstance(version, bool):
        raise ParameterError(
            f"version must be a whole number; got {version!r}. versions() lists those that are kept."
        )


def is_kept(tables: Path, head: Head) -> bool:
    """Say whether the state `head` can still be read."""
    return _path(tables, head.revision).is_file()


def forget_version(tables: Path, revision: int) -> None:
    """Take a version out of the list, before its tables go."""
    _path(tables, revision).unlink(missing_ok=True)


def remove_partials(tables: Path) -> None:
    """Remove copies that a writer that died had begun to write."""
    for path in (tables / _FOLDER).glob(".*.partial"):
        path.unlink(missing_ok=True)


def _path(tables: Path, revision: int) -> Path:
    return tables / _FOLDER / f"{revision:08d}.json"
