"""What becomes of a dataset whose newest state can't be read: the one before it is used, and said so."""

from __future__ import annotations

import dataclasses
import re
import warnings
from pathlib import Path

from ..errors import FormatVersionError, StorageError
from ._disk import storage_errors
from ._head import HEAD, Head, now, parse_head, read_head, write_head
from ._history import forget_version, keep_version, read_versions
from ._lock import writer_lock
from ._names import ROW
from ._open import open_images, open_records
from ._tables import is_whole, set_aside

__all__ = ["damage", "sound_head"]

_MISSING = re.compile(r"Not found: /?\S*?(lance/\S+\.\w+)")
"""How LanceDB names a file that is not there."""

_PATIENCE = 10.0
"""Seconds to wait for another reader that repairs, or a writer that writes, before giving up."""


def sound_head(folder: Path, lock: Path) -> Head:
    """Return the newest head of the dataset in `folder` whose tables have whole manifests.

    Where that is not the one that was committed last, the damaged files are set aside under other names, the
    older state becomes the newest version, and a UserWarning says so. Where no state is whole, the newest it
    is, and reading what is damaged raises. Raises StorageError for a head that is damaged and has no copy.
    """
    try:
        head = read_head(folder)
        if _is_sound(folder, head):
            return head
    except StorageError:
        pass
    with (
        writer_lock(lock, folder.name, patience=_PATIENCE),
        storage_errors(folder, f"repairing {folder.name}"),
    ):
        head = _head_or_copy(folder)
        return head if _is_sound(folder, head) else _step_back(folder, head)


def damage(folder: Path, head: Head, error: Exception) -> str:
    """Return the message for an `error` in reading tables; it names the newest version that can be read."""
    missing = _MISSING.search(str(error))
    reason = f"{missing[1]} is missing" if missing else str(error).splitlines()[0].split(", /", 1)[0]
    older = read_versions(folder / "lance" / head.generation, head)[-2::-1]
    whole = next((old for old in older if _can_be_read(folder, old)), None)
    if whole is None:
        step = "Delete the dataset and import its source again."
    else:
        step = (
            f"Version {whole.revision}, with {whole.count} items, is whole: go back to it with "
            f"`terrella restore {head.name} {whole.revision}`."
        )
    return f"{folder} is damaged: {reason.rstrip('.')}. {step}"


def _head_or_copy(folder: Path) -> Head:
    """Return the head; where it can't be understood, put its copy in its place and return that."""
    try:
        return read_head(folder)
    except StorageError:
        head = _copy(folder)
        if head is None:
            raise
    path = folder / HEAD
    path.replace(path.with_name(f"{HEAD}.damaged"))
    write_head(folder, head)
    _warn(
        f"{path} was damaged and is set aside as {HEAD}.damaged; its copy, version {head.revision}, is used"
    )
    return head


def _copy(folder: Path) -> Head | None:
    """Return the newest copy of a head that is kept with its tables.

    Where there are two sets of tables, a replacement was going on, and the older set was the dataset.
    """
    newest: dict[str, Head] = {}
    for path in sorted(folder.glob("lance/*/versions/*.json")):
        try:
            head = parse_head(path.read_bytes(), path)
        except (StorageError, FormatVersionError, OSError):
            continue
        if path.parts[-3] == head.generation:
            newest[head.generation] = head
    return min(newest.values(), key=lambda head: head.revision, default=None)


def _step_back(folder: Path, head: Head) -> Head:
    """Commit the newest version whose manifests are whole in place of `head`, whose are not."""
    tables = folder / "lance" / head.generation
    versions = read_versions(tables, head)
    whole = next((old for old in reversed(versions) if _is_sound(folder, old)), None)
    if whole is None:
        return head  # what is not damaged can still be read
    revision = head.revision + 1
    back = dataclasses.replace(
        whole,
        revision=revision,
        updated=now(),
        action="recover",
        renumbered=revision,
        next_key=head.next_key,
    )
    keep_version(tables, back)
    write_head(folder, back)
    set_aside(tables, "records", back.records)
    set_aside(tables, back.image_table, back.images or 0)
    for lost in versions[versions.index(whole) + 1 :]:
        forget_version(tables, lost.revision)
    _warn(
        f"the newest state of {folder.name}, version {head.revision} with {head.count} items, can't be read: "
        f"a manifest in {tables} is damaged and set aside. Version {whole.revision} with {whole.count} items "
        "is used in its place"
    )
    return back


def _is_sound(folder: Path, head: Head) -> bool:
    tables = folder / "lance" / head.generation
    wanted = {"records": head.records} | ({} if head.images is None else {head.image_table: head.images})
    return all(is_whole(tables, name, version) for name, version in wanted.items())


def _can_be_read(folder: Path, head: Head) -> bool:
    """Say whether every value of the records, and some of every image, is there."""
    try:
        records = open_records(folder, head)
        count = sum(len(rows) for rows, _ in records.batches([n for n in records.schema.names if n != ROW]))
        if head.images is not None:
            open_images(folder, head).read(["id"])
    except (RuntimeError, ValueError, OSError):
        return False
    return count == head.count


def _warn(text: str) -> None:
    warnings.warn(f"{text}.", UserWarning, stacklevel=2)
