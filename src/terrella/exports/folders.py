"""Labelled folders of images: one folder a group, as `terrella map` and every trainer read them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from ..typing import Callback
from .pictures import image_suffix

__all__ = ["group_folders", "write_folders"]

_BATCH = 256
"""Images in memory at a time."""

_LONGEST = 80
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows' devices


def group_folders(groups: Sequence[str | None], nothing: str) -> dict[str | None, str]:
    """Return a folder's name for every group, all different on every file system; `nothing` is None's."""
    names: dict[str | None, str] = {}
    taken: set[str] = set()
    for group in sorted(set(groups), key=lambda group: (group is not None, group)):
        names[group] = _different(_safe(nothing if group is None else group), taken)
    return names


def write_folders(
    folder: Path,
    read: Callable[[Sequence[int]], list[bytes | None]],
    names: Sequence[str],
    groups: Sequence[Sequence[str]],
    *,
    callback: Callback | None = None,
) -> tuple[int, int]:
    """Write item k's image into the folders `groups[k]` below `folder`; return files written, items without.

    `read` gives the encoded images of items, which are written byte for byte; `names` what to call them: the
    last part of a path, or an id.
    """
    folder.mkdir()
    taken: dict[str, set[str]] = {}
    written = missing = 0
    for start in range(0, len(names), _BATCH):
        items = range(start, min(start + _BATCH, len(names)))
        for item, image in zip(items, read(items), strict=True):
            if image is None:
                missing += 1
                continue
            for group in groups[item]:
                place = folder / group
                if group not in taken:
                    place.mkdir()
                file = _different(_file_name(names[item], image), taken.setdefault(group, set()))
                (place / file).write_bytes(image)
                written += 1
        if callback is not None:
            callback(items.stop, len(names))
    return written, missing


def _file_name(name: str, image: bytes) -> str:
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    named = dot and stem and 1 <= len(suffix) <= 5 and suffix.isalnum()
    right = image_suffix(image, f".{suffix}" if named else ".bin")
    if named and _same_kind(suffix, right):
        return _safe(last)
    return _safe(last) + right


def _same_kind(suffix: str, right: str) -> bool:
    return f".{suffix.lower()}".replace("jpeg", "jpg") == right


def _safe(name: str) -> str:
    """Return `name` as a file name that every file system takes."""
    kept = _UNSAFE.sub("_", name)[:_LONGEST].strip(" .")
    return f"_{kept}" if not kept or _RESERVED.fullmatch(kept) else kept


def _different(name: str, taken: set[str]) -> str:
    """Return `name`, numbered if another one reads the same without regard to case; it is then taken."""
    stem, dot, suffix = name.rpartition(".")
    number, found = 1, name
    while found.lower() in taken:
        number += 1
        found = f"{stem}-{number}.{suffix}" if dot and stem else f"{name}-{number}"
    taken.add(found.lower())
    return found
