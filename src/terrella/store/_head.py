"""head.json: what a dataset is, and which versions of its tables count. Replacing it commits a write."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import FormatVersionError, StorageError
from ..sources.items import Roles
from ..typing import Parameters
from ._disk import replace_file

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "HEAD",
    "Head",
    "as_bytes",
    "now",
    "parse_head",
    "read_head",
    "write_head",
]

FORMAT = "terrella-dataset"
FORMAT_VERSION = 2
HEAD = "head.json"

_READABLE = (1, 2)
"""Version 1 had no history, and no row was ever removed."""


@dataclass(frozen=True)
class Head:
    """The committed state of a dataset.

    `revision` counts its writes, `action` names the last, and `renumbered` is the revision of the last one
    that gave rows other numbers. `generation` names the folder of its tables below lance/; a replaced dataset
    gets a new one. `next_key` is the number that the next new row gets for life. `records` and `images` are
    LanceDB's version numbers in that folder, the latter of the table `image_table`; where images were shed it
    lacks some of the `image_count` positions that were given. `vectors` describes each vector column: its
    dimension, whether it was derived from the items, and what its encoder says.
    """

    name: str
    title: str
    description: str
    source: str
    created: str
    updated: str
    revision: int
    generation: str
    count: int
    roles: Roles
    numbered: bool
    records: int
    images: int | None
    image_count: int
    next_key: int
    vectors: dict[str, Parameters] = field(default_factory=dict)
    writes_since_compaction: int = 0
    action: str = ""
    renumbered: int = 1
    image_table: str = "images"
    images_shed: bool = False


def now() -> str:
    """Return the time as it goes into a head: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_head(folder: Path) -> Head:
    """Return the head of the dataset in `folder`.

    Raises FileNotFoundError where there is none, FormatVersionError for another format version, StorageError
    for a head that can't be understood.
    """
    path = folder / HEAD
    return parse_head(path.read_bytes(), path)


def parse_head(content: bytes, path: Path) -> Head:
    """Return the head that `content`, read from `path`, spells; errors are those of `read_head`."""
    try:
        values: dict[str, Any] = json.loads(content)
        if not isinstance(values, dict):
            raise TypeError("it holds no object")
        if values.pop("format") != FORMAT:
            raise KeyError(f"format is not {FORMAT}")
        version = values.pop("version")
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(_damaged(path, error)) from error
    if version not in _READABLE:
        raise FormatVersionError(
            f"{path.parent} has another dataset format: got v{version}, this build reads v1 and v2. "
            "Open it with the version of Terrella that wrote it, or import its source again."
        )
    try:
        return Head(**{"next_key": values.get("count"), **values, "roles": Roles(**values["roles"])})
    except (KeyError, TypeError) as error:
        raise StorageError(_damaged(path, error)) from error


def write_head(folder: Path, head: Head) -> None:
    """Commit `head`: from here on, and not before, its tables are what the dataset is."""
    replace_file(folder / HEAD, as_bytes(head))


def as_bytes(head: Head) -> bytes:
    """Return `head` as it is written."""
    values = {"format": FORMAT, "version": FORMAT_VERSION, **dataclasses.asdict(head)}
    return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode()


def _damaged(path: Path, error: Exception) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"{path} is damaged ({reason}). Delete the dataset with `terrella delete {path.parent.name}` "
        "and import its source again, or put the file back from a backup."
    )
