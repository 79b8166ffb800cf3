"""A folder of images: every image in it and below, in natural order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ..errors import SourceError
from ..progress import Progress
from ._assemble import Choice, assemble
from .images import IMAGE_SUFFIXES, FileImages
from .items import Items, readable

__all__ = ["open_folder"]


def open_folder(folder: Path, choice: Choice, progress: Progress) -> Items:
    """Return the images of a folder as items with the fields path and, where there are subfolders, label.

    The label is the name of the folder that an image lies in; where folders lie in folders, the field
    `folder` holds the whole way. Other files are left out and counted, hidden ones passed over.
    """
    files = sorted(_walk(folder), key=_natural)
    paths = [path for path in files if Path(path).suffix.lower() in IMAGE_SUFFIXES]
    if not files:
        raise SourceError(f"{folder} is an empty folder. Put images into it or name another.")
    if not paths:
        kinds = ", ".join(sorted({Path(path).suffix or Path(path).name for path in files})[:5])
        raise SourceError(
            f"{folder} has no images; its {len(files)} files are {kinds}. Images end in {_suffixes()}. "
            "To read a table, name the file itself."
        )
    if len(files) > len(paths):
        progress.warn(
            f"{len(files) - len(paths)} of {len(files)} files in {folder} are not images and were left out"
        )
    names = [path.encode("utf-8", "replace").decode() for path in paths]  # a name need not be valid text
    table = pa.table({"path": names, **_labels(names)})
    images = FileImages([folder / path for path in paths], names)
    title = readable(folder.resolve().name) or "Images"
    chosen = Choice(
        id=choice.id or "path",
        label=choice.label,
        text=choice.text,
        image=choice.image or "path",
        vectors=choice.vectors,
    )
    return assemble(table, chosen, source=str(folder), title=title, folder=folder, images=images)


def _walk(folder: Path) -> Iterator[str]:
    """Yield the paths of all files, relative to `folder` and with '/'; links are followed, circles not."""
    seen = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        place = os.path.realpath(root)
        if place in seen:
            folders.clear()
            continue
        seen.add(place)
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in files:
            if not name.startswith("."):
                yield (Path(root) / name).relative_to(folder).as_posix()


def _labels(paths: list[str]) -> dict[str, list[str | None]]:
    parents = [Path(path).parent for path in paths]
    if not any(parent.parts for parent in parents):
        return {}
    labels: dict[str, list[str | None]] = {"label": [parent.name or None for parent in parents]}
    if any(len(parent.parts) > 1 for parent in parents):
        labels["folder"] = [parent.as_posix() if parent.parts else None for parent in parents]
    return labels


def _natural(path: str) -> list[tuple[int, int | str]]:
    """Sort 'a2' before 'a10'."""
    return [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in re.split(r"(\d+)", path)]


def _suffixes() -> str:
    return ", ".join(sorted(IMAGE_SUFFIXES))
