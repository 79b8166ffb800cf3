"""A dataset: items with their fields, images and vectors, kept under one name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..progress import Progress
from ..typing import Vectors
from ._map import Map

if TYPE_CHECKING:
    import pyarrow as pa

    from ..encoders import AskedEncoder
    from ..projections import Asked
    from ..sources import Images

__all__ = ["Dataset", "open"]


def open(name: str, *, home: Path | str | None = None) -> Dataset:
    """Return the dataset `name`, which need not exist yet: the first `add` makes it.

    `home` is the folder that holds all datasets; by default TERRELLA_HOME, else the user's data folder.
    """
    return Dataset(name, home=home)


class Dataset:
    """Items with their fields, images and vectors, kept under one name."""

    def __init__(self, name: str, *, home: Path | str | None = None) -> None:
        from ..sources import slug
        from ..store import Store

        self.name = slug(name)
        self._title = name
        self._store = Store(Path(home) if home is not None else None)

    def __repr__(self) -> str:
        return f"Dataset({self.name!r}, {len(self)} items)"

    def __len__(self) -> int:
        return self._store.open(self.name).count if self.exists else 0

    @property
    def home(self) -> Path:
        """The folder that holds this dataset and its neighbours."""
        return self._store.home

    def require(self) -> Dataset:
        """Return the dataset itself; raise NotFoundError, naming the nearest, when nothing is stored yet."""
        self._store.open(self.name)
        return self

    @property
    def exists(self) -> bool:
        """Whether anything was stored under this name."""
        return self._store.exists(self.name)

    def add(
        self,
        records: Any,
        *,
        images: Images | Sequence[Any] | None = None,
        vectors: Any = None,
        id: str | None = None,
        label: str | None = None,
        text: str | None = None,
    ) -> Dataset:
        """Add items: a DataFrame, an Arrow table, a list of dicts or a dict of columns, one row an item.

        `images` holds one image an item (encoded bytes, paths, PIL images or arrays), `vectors` one row an
        item. `id`, `label` and `text` name columns; what is not named is guessed by its name and contents.
        An id that is already stored raises DuplicateIdError and nothing is added; `upsert` replaces.
        """
        self._write(records, upsert=False, images=images, vectors=vectors, id=id, label=label, text=text)
        return self

    def upsert(
        self,
        records: Any,
        *,
        images: Images | Sequence[Any] | None = None,
        vectors: Any = None,
        id: str | None = None,
        label: str | None = None,
        text: str | None = None,
    ) -> Dataset:
        """Add items as `add` does; items whose id is already stored take their place."""
        self._write(records, upsert=True, images=images, vectors=vectors, id=id, label=label, text=text)
        return self

    def _write(self, records: Any, *, upsert: bool, **columns: Any) -> None:
        from ..sources import from_records

        items = from_records(records, name=self.name, title=self._title, **columns)
        if not self.exists:
            self._store.create(self.name, items)
            return
        stored = self._store.open(self.name)
        if upsert:
            stored.upsert(items)
        else:
            stored.append(items)

    def records(self) -> pa.Table:
        """Return all items' fields as an Arrow table, in dataset order."""
        return self._store.open(self.name).records()

    def vectors(self, column: str | None = None) -> Vectors:
        """Return the vectors (n_samples, n_features) of `column`, by default the first that is stored."""
        stored = self._store.open(self.name)
        return stored.vectors(column or next(iter(stored.vector_columns)))

    def embed(
        self,
        encoder: AskedEncoder | None = None,
        field: str | None = None,
        name: str | None = None,
        *,
        revision: str | None = None,
        progress: Progress | None = None,
    ) -> str:
        """Encode the items' images or texts, keep the vectors as a column, and return the column's name.

        `encoder` is what `terrella.encoders.as_encoder` takes: a model's name or folder, an .onnx file, a
        function, 'tfidf' or 'pixels'. `field` names the text column, `name` the vectors. What was encoded
        before, even by a run that was killed, is not encoded again. Raises InputError, with the row, for what
        can't be encoded.
        """
        from ..pipeline import embed

        stored = self._store.open(self.name)
        return embed(stored, encoder, field=field, name=name, revision=revision, progress=progress)

    def map(
        self,
        *,
        projections: Asked | Sequence[Asked] | None = None,
        metric: str = "euclidean",
        neighbors: str = "auto",
        random_state: int = 0,
        progress: Progress | None = None,
    ) -> Map:
        """Make the dataset's map and return it; an older one is replaced when the new one is complete.

        A projection is a name ("umap", "tsne", "pca", "spectrum", Nomic's), a name with options
        ("umap:min_dist=0.01"), a dict ({"model": "umap", "min_dist": 0.01}) or a `ProjectionOptions`; None
        means UMAP and PCA. metric: one of `terrella.neighbors.METRICS`; neighbors: "auto", "exact" or
        "approximate"; random_state: the same number gives the same map. Raises ParameterError for what is not
        allowed.
        """
        from ..pipeline import make_map
        from ..projections import PROJECTIONS, MapOptions, as_options

        options = MapOptions(
            projections=as_options(PROJECTIONS if projections is None else projections),
            metric=metric,
            neighbors=neighbors,
            random_state=random_state,
        )
        return Map(make_map(self._store.open(self.name), options, progress=progress).folder, dataset=self)

    def delete(self) -> None:
        """Delete the dataset and its maps."""
        self._store.delete(self.name)
