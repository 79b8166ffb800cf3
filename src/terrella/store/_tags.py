"""Names that readers gave to items, beside the tables and not among them: a click changes them.

tags-<generation>.json     by the items' keys, so that a tag follows its items whatever becomes of the rows
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FormatVersionError, InputError, NotFoundError, StorageError
from ..typing import Rows
from ._disk import replace_file, storage_errors

__all__ = [
    "Tag",
    "as_keys",
    "as_rows",
    "forget_other_tags",
    "read_tags",
    "with_rows",
    "without_rows",
    "write_tags",
]

_FORMAT = "terrella-tags"
_VERSION = 2
_OLD_FILE = "tags.json"
"""Of version 1, which had rows: they were the keys, for none was ever removed."""

_COLORS = 20
_LONGEST_NAME = 80
_MOST_TAGS = 500
"""What the viewer and the HTTP schema hold."""


@dataclass(frozen=True)
class Tag:
    """A name that readers gave to items (dataset rows); `color` is a place in the viewer's palette."""

    name: str
    color: int
    rows: tuple[int, ...]


def read_tags(folder: Path, generation: str) -> list[Tag]:
    """Return the tags of the dataset in `folder`, with keys for rows; none where nobody has made any.

    Raises FormatVersionError for a file of another version, StorageError for one that can't be understood.
    """
    with storage_errors(folder, "reading the tags"):
        for path, rows in ((_path(folder, generation), "keys"), (folder / _OLD_FILE, "rows")):
            try:
                return _parse(path, path.read_bytes(), rows)
            except FileNotFoundError:
                continue
    return []


def write_tags(folder: Path, generation: str, tags: Sequence[Tag]) -> None:
    """Put `tags`, with keys for rows, in place of those of the dataset in `folder`."""
    content: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "tags": [{"name": tag.name, "color": tag.color, "keys": sorted(set(tag.rows))} for tag in tags],
    }
    with storage_errors(folder, "writing the tags"):
        replace_file(_path(folder, generation), json.dumps(content, ensure_ascii=False).encode())


def forget_other_tags(folder: Path, generation: str) -> None:
    """Remove the tags of a generation that was replaced, or never came to be."""
    own = _path(folder, generation)
    if own.is_file():
        (folder / _OLD_FILE).unlink(missing_ok=True)
    for path in [*folder.glob("tags-*.json"), *folder.glob(".tags-*.partial")]:
        if path != own:
            path.unlink(missing_ok=True)


def as_rows(tags: Sequence[Tag], keys: Rows) -> list[Tag]:
    """Return tags by key as tags by row, where row n has `keys[n]`; items that are not there are left out.

    `keys` ascend.
    """
    found = []
    for tag in tags:
        wanted = np.asarray(tag.rows, dtype=np.int64)
        rows = np.searchsorted(keys, wanted)
        there = rows < len(keys)
        there[there] = keys[rows[there]] == wanted[there]
        found.append(replace(tag, rows=tuple(rows[there].tolist())))
    return found


def as_keys(tags: Sequence[Tag], keys: Rows, before: Sequence[Tag]) -> list[Tag]:
    """Return tags by row as tags by key; items that have no row here keep the tags that they had `before`.

    Raises InputError for a name that is empty, too long or there twice, and for a row that is not there.
    """
    names = [tag.name for tag in tags]
    if len(tags) > _MOST_TAGS:
        raise InputError(f"there may be {_MOST_TAGS} tags; got {len(tags)}. Take some away or join them.")
    known = {tag.name: np.asarray(tag.rows, dtype=np.int64) for tag in before}
    found = []
    for tag in tags:
        if not isinstance(tag.name, str) or len(tag.name) > _LONGEST_NAME:
            raise InputError(
                f"a tag's name is text of at most {_LONGEST_NAME} letters; got {tag.name!r:.100}. Shorten it."
            )
        if not tag.name.strip() or names.count(tag.name) > 1:
            raise InputError(f"each tag needs a name of its own; got {tag.name!r}. Rename or merge it.")
        if not 0 <= tag.color < _COLORS:
            raise InputError(f"a tag's color is 0 … {_COLORS - 1}; got {tag.color!r} for {tag.name!r}.")
        outside = [row for row in tag.rows if not 0 <= row < len(keys)]
        if outside:
            raise InputError(
                f"the tag {tag.name!r} has row {outside[0]}; the dataset's rows are 0 … {len(keys) - 1}. "
                "Tags count in dataset rows, not in display indices."
            )
        elsewhere = known.get(tag.name, keys[:0])
        elsewhere = elsewhere[~np.isin(elsewhere, keys)]
        tagged = keys[np.asarray(tag.rows, dtype=np.int64)]
        found.append(replace(tag, rows=tuple(np.concatenate([tagged, elsewhere]).tolist())))
    return found


def with_rows(tags: Sequence[Tag], name: str, rows: Rows) -> list[Tag]:
    """Return `tags` after `rows` got the tag `name`, which is made where there is none."""
    if name not in [tag.name for tag in tags]:
        used = {tag.color for tag in tags}
        color = next((color for color in range(_COLORS) if color not in used), len(tags) % _COLORS)
        tags = [*tags, Tag(name, color, ())]
    added = tuple(rows.tolist())
    return [replace(tag, rows=tag.rows + added) if tag.name == name else tag for tag in tags]


def without_rows(tags: Sequence[Tag], name: str, rows: Rows | None) -> list[Tag]:
    """Return `tags` after `rows` lost the tag `name`; None takes the tag away altogether."""
    if name not in [tag.name for tag in tags]:
        names = ", ".join(repr(tag.name) for tag in tags) or "none"
        raise NotFoundError(f"there is no tag {name!r}; the tags are {names}.")
    if rows is None:
        return [tag for tag in tags if tag.name != name]
    gone = set(rows.tolist())
    return [
        replace(tag, rows=tuple(row for row in tag.rows if row not in gone)) if tag.name == name else tag
        for tag in tags
    ]


def _path(folder: Path, generation: str) -> Path:
    return folder / f"tags-{generation}.json"


def _parse(path: Path, content: bytes, rows: str) -> list[Tag]:
    version = 1 if rows == "rows" else _VERSION
    try:
        found = json.loads(content)
        if not isinstance(found, dict) or found["format"] != _FORMAT:
            raise KeyError("format")
        if found["version"] != version:
            raise FormatVersionError(
                f"{path}: got v{found['version']}, this build reads v{version} there. Update Terrella."
            )
        return [Tag(str(tag["name"]), int(tag["color"]), tuple(tag[rows])) for tag in found["tags"]]
    except FormatVersionError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path} can't be understood. Move it away to start without tags.") from error
