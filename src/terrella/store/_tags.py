"""tags.json: names that readers gave to items, beside the tables and not among them: a click changes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import FormatVersionError, InputError, StorageError
from ._disk import replace_file, storage_errors

__all__ = ["Tag", "read_tags", "write_tags"]

_FORMAT = "terrella-tags"
_VERSION = 1
_FILE = "tags.json"


@dataclass(frozen=True)
class Tag:
    """A name that readers gave to items (dataset rows); `color` is a place in the viewer's palette."""

    name: str
    color: int
    rows: tuple[int, ...]


def read_tags(folder: Path) -> list[Tag]:
    """Return the tags of the dataset in `folder`, none where nobody has made any.

    Raises FormatVersionError for a file of another version, StorageError for one that can't be understood.
    """
    path = folder / _FILE
    with storage_errors(folder, "reading the tags"):
        try:
            found = json.loads(path.read_bytes())
        except FileNotFoundError:
            return []
        except ValueError as error:
            raise _damaged(path) from error
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise _damaged(path)
    if found.get("version") != _VERSION:
        raise FormatVersionError(
            f"{path}: got v{found.get('version')}, this build reads v{_VERSION}. Update Terrella."
        )
    try:
        return [Tag(str(tag["name"]), int(tag["color"]), tuple(tag["rows"])) for tag in found["tags"]]
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error


def write_tags(folder: Path, count: int, tags: Sequence[Tag]) -> None:
    """Put `tags` in place of those of the dataset in `folder`, which has `count` rows.

    Raises InputError for a name that is empty or there twice and for a row that is not there.
    """
    names = [tag.name for tag in tags]
    for tag in tags:
        if not tag.name.strip() or names.count(tag.name) > 1:
            raise InputError(f"each tag needs a name of its own; got {tag.name!r}. Rename or merge it.")
        outside = [row for row in tag.rows if not 0 <= row < count]
        if outside:
            raise InputError(
                f"the tag {tag.name!r} has row {outside[0]}; the dataset's rows are 0 … {count - 1}. "
                "Tags count in dataset rows, not in display indices."
            )
    content: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "tags": [{"name": tag.name, "color": tag.color, "rows": sorted(set(tag.rows))} for tag in tags],
    }
    with storage_errors(folder, "writing the tags"):
        replace_file(folder / _FILE, json.dumps(content, ensure_ascii=False).encode())


def _damaged(path: Path) -> StorageError:
    return StorageError(f"{path} can't be understood. Move it away to start without tags.")
