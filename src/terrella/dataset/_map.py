"""A finished map of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..typing import Layout, Vectors
from ._duplicates import Duplicates
from ._searchable import Searchable
from ._topics import Topics

if TYPE_CHECKING:
    from ..bundle import Bundle
    from ..pipeline import DatasetSearch, MadeMap
    from ..progress import Progress
    from ._dataset import Dataset

__all__ = ["Map"]


class Map(Searchable):
    """A finished map: a folder that any web host can serve.

    `made` says what making it came to, where it was made just now: how many items kept their places, how many
    were placed, what was laid out anew.
    """

    def __init__(self, folder: Path, *, dataset: Dataset, made: MadeMap | None = None) -> None:
        self.folder = folder
        self.dataset = dataset
        self.made = made

    def __repr__(self) -> str:
        return f"Map({self.address!r}, {', '.join(self.projections)})"

    @property
    def name(self) -> str:
        """What the map is called among the dataset's."""
        return self.folder.name

    @property
    def address(self) -> str:
        """What the map is called in URLs and in the server's API: "mnist", or "mnist~pixels"."""
        from ..bundle import map_address

        return map_address(self.dataset.name, self.name)

    @property
    def count(self) -> int:
        """How many items are on the map."""
        return self._bundle().count

    @property
    def projections(self) -> tuple[str, ...]:
        """The names of the map's projections."""
        return tuple(projection["name"] for projection in self._bundle().manifest["projections"])

    @property
    def placed(self) -> dict[str, int]:
        """How many items of each projection were placed since it was last laid out as a whole."""
        return {one["name"]: one.get("placed", 0) for one in self._bundle().manifest["projections"]}

    def layout(self, projection: str = "umap") -> Layout:
        """Return the positions (n_samples, 2) of a projection, in the dataset's row order."""
        from ..pipeline import exact_layout

        return exact_layout(self._bundle(), projection)

    def vectors(self) -> Vectors:
        """Return the vectors (n_samples, n_features) that the map was made from, in dataset order."""
        from ..pipeline import mapped_column

        return self.dataset.vectors(mapped_column(self._bundle()))

    def renew(self, *, relayout: bool = False, progress: Progress | None = None) -> Map:
        """Make the map again as it was asked for, of the items that are stored now, and return it.

        What did not change keeps its place unless `relayout` is set; `made` of the map that is returned says
        what became of it.
        """
        from ..pipeline import renew_map

        made = renew_map(self.dataset._stored(), self.name, relayout=relayout, progress=progress)
        return Map(made.folder, dataset=self.dataset, made=made)

    def export(self, target: Path | str, *, replace: bool = False) -> Path:
        """Write the map with its viewer to the folder `target`, for any web host; return its path."""
        return self.dataset.export(target, "site", map=self.name, replace=replace)

    def delete(self) -> None:
        """Delete the map; the dataset stays."""
        self.dataset._stored().drop_map(self.name)

    @property
    def topics(self) -> Topics:
        """The map's topics; raises NotFoundError for a map that was made without."""
        return Topics(self._bundle())

    @property
    def duplicates(self) -> Duplicates:
        """The map's near duplicates; raises NotFoundError for a map that was made without."""
        return Duplicates(self._bundle())

    def _searching(self, column: str | None = None, metric: str | None = None) -> DatasetSearch:
        """Return the search over the dataset as it is now, and over this map."""
        from ..pipeline import find_search

        stored = self.dataset._stored()
        return find_search(stored, map_folder=self.folder, column=column, metric=metric)

    def _bundle(self) -> Bundle:
        from ..bundle import read_bundle

        return read_bundle(self.folder)
