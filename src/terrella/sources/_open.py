"""Open a path as whatever it is."""

from __future__ import annotations

from pathlib import Path

from ..errors import SourceError
from ..progress import Progress, Silent
from ..validation import nearest_name
from ._arrays import open_npy, open_npz
from ._assemble import Choice, assemble
from ._folder import open_folder
from ._idx_source import holds_idx, open_idx
from ._tables import TABLE_SUFFIXES, read_table
from .idx import is_idx
from .items import Items, Roles, readable

__all__ = ["open_source"]


def open_source(
    source: str | Path,
    *,
    image: str | None = None,
    text: str | None = None,
    label: str | None = None,
    vectors: str | None = None,
    id: str | None = None,
    known: Roles | None = None,
    progress: Progress | None = None,
) -> Items:
    """Return the items of a folder of images, an array file, a table file or IDX files.

    `image`, `text`, `label` and `id` name columns; `vectors` names a column or an .npy file with as many
    rows. What is not named is guessed by its name and contents, or is as `known`: the roles of the dataset
    that a table goes to. Raises SourceError for what can't be read, and other InputErrors for what it holds.
    """
    path = Path(source).expanduser()
    choice = Choice(id=id, label=label, text=text, image=image, vectors=vectors)
    try:
        return _open(path, choice, known, progress or Silent())
    except PermissionError as error:
        raise SourceError(f"{path} can't be read: {error.strerror}. Check its permissions.") from error


def _open(path: Path, choice: Choice, known: Roles | None, progress: Progress) -> Items:
    if not path.exists():
        raise SourceError(
            f"{path} does not exist.{_meant(path)} Check the path; it is looked for from {Path.cwd()}."
        )
    if path.is_dir():
        return open_idx(path, choice) if holds_idx(path) else open_folder(path, choice, progress)
    if is_idx(path):
        return open_idx(path, choice)
    suffix = path.suffix.lower()
    if suffix == ".npy":
        return open_npy(path, choice)
    if suffix == ".npz":
        return open_npz(path, choice)
    if suffix in TABLE_SUFFIXES:
        return assemble(
            read_table(path),
            choice,
            source=str(path),
            title=readable(path.stem),
            folder=path.parent,
            known=known,
        )
    suffixes = ", ".join(sorted({".npy", ".npz", *TABLE_SUFFIXES}))
    raise SourceError(
        f"{path} ends in {suffix or 'nothing'}, which is not read as a source. "
        f"A source is a folder of images or a file that ends in {suffixes}."
    )


def _meant(path: Path) -> str:
    """Return the question after a file or folder that is named nearly so and lies where `path` would."""
    try:
        nearest = nearest_name(path.name, [entry.name for entry in path.parent.iterdir()])
    except OSError:
        return ""
    return f" Did you mean {path.with_name(nearest)}?" if nearest else ""
