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

__all__ = ["FORMAT", "FORMAT_VERSION", "HEAD", "Head", "now", "read_head", "write_head"]

FORMAT = "terrella-dataset"
FORMAT_VERSION = 1
HEAD = "head.json"


@dataclass(frozen=True)
class Head:
    """The committed state of a dataset.

    `revision` counts its writes. `generation` names the folder of its tables below lance/; a replaced dataset
    gets a new one. `records` and `images` are LanceDB's version numbers in that folder. `vectors` describes
    each vector column: its dimension, whether it was derived from the items, and what its encoder says.
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
    vectors: dict[str, Parameters] = field(default_factory=dict)
    writes_since_compaction: int = 0


def now() -> str:
    """Return the time as it goes into a head: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_head(folder: Path) -> Head:
    """Return the head of the dataset in `folder`.

    Raises FileNotFoundError where there is none, FormatVersionError for another format version, StorageError
    for a head that can't be understood.
    """
    path = folder / HEAD
    content = path.read_bytes()
    try:
        values: dict[str, Any] = json.loads(content)
        if not isinstance(values, dict):
            raise TypeError("it holds no object")
        if values.pop("format") != FORMAT:
            raise KeyError(f"format is not {FORMAT}")
        version = values.pop("version")
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(_damaged(path, error)) from error
    if version != FORMAT_VERSION:
        raise FormatVersionError(
            f"{folder} has another dataset format: got v{version}, this build reads v{FORMAT_VERSION}. "
            "Open it with the version of Terrella that wrote it, or import its source again."
        )
    try:
        return Head(**{**values, "roles": Roles(**values["roles"])})
    except (KeyError, TypeError) as error:
        raise StorageError(_damaged(path, error)) from error


def write_head(folder: Path, head: Head) -> None:
    """Commit `head`: from here on, and not before, its tables are what the dataset is."""
    values = {"format": FORMAT, "version": FORMAT_VERSION, **dataclasses.asdict(head)}
    replace_file(folder / HEAD, (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode())


def _damaged(path: Path, error: Exception) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"{path} is damaged ({reason}). Delete the dataset with `terrella delete {path.parent.name}` "
        "and import its source again, or put the file back from a backup."
    )
