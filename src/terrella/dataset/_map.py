"""A finished map of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..typing import Layout
from ._duplicates import Duplicates
from ._topics import Topics

if TYPE_CHECKING:
    from ..bundle import Bundle
    from ._dataset import Dataset

__all__ = ["Map"]


class Map:
    """A finished map: a folder that any web host can serve."""

    def __init__(self, folder: Path, *, dataset: Dataset) -> None:
        self.folder = folder
        self.dataset = dataset

    def __repr__(self) -> str:
        return f"Map({self.dataset.name!r}, {', '.join(self.projections)})"

    @property
    def projections(self) -> tuple[str, ...]:
        """The names of the map's projections."""
        return tuple(projection["name"] for projection in self._bundle().manifest["projections"])

    def layout(self, projection: str = "umap") -> Layout:
        """Return the positions (n_samples, 2) of a projection, in the dataset's row order."""
        return self._bundle().layout(projection)

    @property
    def topics(self) -> Topics:
        """The map's topics; raises NotFoundError for a map that was made without."""
        return Topics(self._bundle())

    @property
    def duplicates(self) -> Duplicates:
        """The map's near duplicates; raises NotFoundError for a map that was made without."""
        return Duplicates(self._bundle())

    def _bundle(self) -> Bundle:
        from ..bundle import read_bundle

        return read_bundle(self.folder)
