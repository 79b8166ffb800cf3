"""All datasets of one home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import FormatVersionError, InputError, NotFoundError, StorageError
from ..sources.items import slug
from ..typing import Callback
from ..validation import nearest_name
from ._disk import discard, storage_errors
from ._head import HEAD
from ._interrupt import run_whole
from ._lock import writer_lock
from ._repair import sound_head
from ._stored import StoredDataset
from .home import home_folder

if TYPE_CHECKING:
    from ..sources import Items

__all__ = ["DatasetInfo", "Store"]


@dataclass(frozen=True)
class DatasetInfo:
    """What a list of datasets shows. `problem` says why one can't be opened; the other values are empty."""

    name: str
    path: Path
    title: str = ""
    source: str = ""
    count: int = 0
    version: int = 0
    created: str = ""
    updated: str = ""
    problem: str | None = None


class Store:
    """The datasets below a home folder, which is made by the first write."""

    def __init__(self, home: Path | str | None = None) -> None:
        self.home = home_folder(home)
        self._datasets = self.home / "datasets"

    def __repr__(self) -> str:
        return f"Store({str(self.home)!r})"

    def list(self) -> list[DatasetInfo]:
        """Return the datasets by name; a folder without a head is an import that never ended, and is none."""
        with storage_errors(self.home, "listing the datasets"):
            if not self._datasets.is_dir():
                return []
            folders = sorted(path for path in self._datasets.iterdir() if not path.name.startswith("."))
        return [_info(path, self._lock(path.name)) for path in folders if (path / HEAD).is_file()]

    def exists(self, name: str) -> bool:
        """Say whether there is a dataset of that name."""
        return (self._folder(name) / HEAD).is_file()

    def open(self, name: str) -> StoredDataset:
        """Return the dataset `name`; raise NotFoundError, naming the nearest, where there is none."""
        folder = self._folder(name)
        try:
            with storage_errors(folder, f"opening {folder.name}"):
                if not (folder / HEAD).is_file():
                    raise NotFoundError(self._unknown(folder.name))
                return StoredDataset(folder, self._lock(folder.name))
        except NotADirectoryError as error:
            raise NotFoundError(self._unknown(folder.name)) from error

    def create(
        self, name: str, items: Items, *, replace: bool = False, progress: Callback | None = None
    ) -> StoredDataset:
        """Store items as the dataset `name`; with `replace`, in place of an older one of that name.

        Until the new dataset is whole, the older one stays; its maps go with it. Raises InputError when the
        name is taken and `replace` is not set, StorageError for the disk or another writer.
        """
        from ._writing import create

        folder = self._folder(name)
        with writer_lock(self._lock(folder.name), folder.name):
            if not replace:
                _check_free(folder)
            run_whole(lambda report: create(folder, items, report), progress)
        return StoredDataset(folder, self._lock(folder.name))

    @contextmanager
    def storing(self, name: str, items: Items) -> Iterator[StoredDataset]:
        """Store items as the new dataset `name` while the context reads and maps them already.

        When it ends, or calls the dataset's `stored`, they are on the disk. An error that leaves it before
        leaves nothing behind; raises InputError when the name is taken, StorageError for the disk.
        """
        from ._incoming import storing

        folder = self._folder(name)
        with storing(folder, self._lock(folder.name), items, lambda: _check_free(folder)) as dataset:
            yield dataset

    @contextmanager
    def replacing(self, name: str) -> Iterator[Store]:
        """Yield another store in which to make the dataset `name` anew, maps and all.

        At the end the new takes the older one's place at one stroke. Until then, and after an error, the
        older one is as it was. Raises NotFoundError where there is none to replace.
        """
        from ._replace import replacing

        folder = self.open(name).path
        with replacing(self.home, folder, self._lock(folder.name)) as incoming:
            yield Store(incoming)

    def delete(self, name: str) -> None:
        """Delete a dataset and its maps; it is gone at once, its files soon after."""
        folder = self._folder(name)
        if not folder.is_dir():
            raise NotFoundError(self._unknown(folder.name))
        with (
            writer_lock(self._lock(folder.name), folder.name),
            storage_errors(folder, f"deleting {folder.name}"),
        ):
            discard(folder)

    def _folder(self, name: str) -> Path:
        return self._datasets / slug(name)

    def _lock(self, name: str) -> Path:
        return self._datasets / ".locks" / f"{name}.lock"

    def _unknown(self, name: str) -> str:
        names = [info.name for info in self.list()]
        if not names:
            return (
                f"there is no dataset {name!r} in {self.home}, nor any other. Make one with `terrella map`."
            )
        nearest = nearest_name(name, names)
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        return f"there is no dataset {name!r} in {self.home}; there are {', '.join(names)}.{hint}"


def _check_free(folder: Path) -> None:
    """Raise InputError where there is a dataset."""
    if (folder / HEAD).is_file():
        raise InputError(
            f"there is a dataset {folder.name!r} already. Replace it, add to it or pass another name."
        )


def _info(folder: Path, lock: Path) -> DatasetInfo:
    try:
        head = sound_head(folder, lock)
    except (StorageError, FormatVersionError, OSError) as error:
        return DatasetInfo(name=folder.name, path=folder, problem=str(error))
    return DatasetInfo(
        name=folder.name,
        path=folder,
        title=head.title,
        source=head.source,
        count=head.count,
        version=head.revision,
        created=head.created,
        updated=head.updated,
    )
