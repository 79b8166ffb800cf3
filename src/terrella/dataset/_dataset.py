"""A dataset: items with their fields, images and vectors, kept under one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from ..progress import Progress, Silent
from ..typing import Parameters, Vectors
from ..validation import in_order
from ._map import Map
from ._searchable import Searchable

if TYPE_CHECKING:
    import pyarrow as pa

    from ..encoders import AskedEncoder
    from ..pipeline import DatasetSearch
    from ..projections import Asked, DuplicateOptions, TopicOptions
    from ..sources import Images, Items
    from ..store import StoredDataset, VersionInfo

__all__ = ["Dataset", "open"]


def open(name: str, *, home: Path | str | None = None) -> Dataset:
    """Return the dataset `name`, which need not exist yet: the first `add` makes it.

    `home` is the folder that holds all datasets; by default TERRELLA_HOME, else the user's data folder.
    """
    return Dataset(name, home=home)


class Dataset(Searchable):
    """Items with their fields, images and vectors, kept under one name."""

    def __init__(self, name: str, *, home: Path | str | None = None) -> None:
        from ..sources import slug
        from ..store import Store

        self.name = slug(name)
        self._title = name
        self._store = Store(Path(home) if home is not None else None)
        self._version: int | None = None

    def __repr__(self) -> str:
        older = "" if self._version is None else f", version {self._version}, read-only"
        return f"Dataset({self.name!r}, {len(self)} items{older})"

    def __len__(self) -> int:
        return self._stored().count if self.exists else 0

    def _stored(self) -> StoredDataset:
        """Return what is stored, in the version that this dataset was checked out at."""
        stored = self._store.open(self.name)
        return stored if self._version is None else stored.at(self._version)

    @property
    def home(self) -> Path:
        """The folder that holds this dataset and its neighbours."""
        return self._store.home

    def require(self) -> Dataset:
        """Return the dataset itself; raise NotFoundError, naming the nearest, when nothing is stored yet."""
        self._stored()
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
        progress: Progress | None = None,
    ) -> Dataset:
        """Add items: a DataFrame, an Arrow table, a list of dicts or a dict of columns, one row an item.

        `images` holds one image an item (encoded bytes, paths, PIL images or arrays), `vectors` one row an
        item. `id`, `label` and `text` name columns; what is not named is guessed by its name and contents.
        An id that is already stored raises DuplicateIdError and nothing is added; `upsert` replaces.
        """
        given = {"images": images, "vectors": vectors, "id": id, "label": label, "text": text}
        self._write(records, given, upsert=False, progress=progress)
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
        progress: Progress | None = None,
    ) -> Dataset:
        """Add items as `add` does; items whose id is already stored take their place."""
        given = {"images": images, "vectors": vectors, "id": id, "label": label, "text": text}
        self._write(records, given, upsert=True, progress=progress)
        return self

    def update(
        self, records: Any, *, images: Images | Sequence[Any] | None = None, vectors: Any = None
    ) -> Dataset:
        """Change fields, images or vectors of stored items; what `records` do not bring stays as it is.

        `records` name the items in the dataset's id column. Raises NotFoundError, with nothing changed, for
        an id that is not stored.
        """
        stored = self._stored()
        stored.update(self._items(records, stored, images=images, vectors=vectors))
        return self

    def remove(self, ids: Any, *, progress: Progress | None = None) -> Dataset:
        """Remove the items with `ids`; raise NotFoundError, with nothing removed, for one that is not stored.

        Their tags go with them, and when this returns no map shows them; the other items keep their places.
        Older versions keep them until `prune`.
        """
        from ..pipeline import remove_items

        remove_items(self._stored(), ids, progress=progress)
        return self

    def _write(self, records: Any, given: dict[str, Any], *, upsert: bool, progress: Progress | None) -> None:
        with (progress or Silent()).stage("load") as report:
            if not self.exists:
                self._store.create(self.name, self._items(records, None, **given), progress=report)
                return
            stored = self._stored()
            items = self._items(records, stored, **given)
            (stored.upsert if upsert else stored.append)(items, progress=report)

    def _items(self, records: Any, stored: StoredDataset | None, **columns: Any) -> Items:
        from ..sources import from_records

        known = None if stored is None else stored.roles
        return from_records(records, name=self.name, title=self._title, known=known, **columns)

    @property
    def version(self) -> int:
        """How many writes led here."""
        return self._stored().version

    def versions(self) -> list[VersionInfo]:
        """Return the versions that are kept, oldest first: number, time, what was done, count of items."""
        return self._stored().versions()

    def checkout(self, version: int) -> Dataset:
        """Return the dataset as it was at `version`, to read alone; NotFoundError where that is not kept."""
        older = copy(self)
        older._version = self._store.open(self.name).at(version).version
        return older

    def restore(self, version: int, *, progress: Progress | None = None) -> Dataset:
        """Make what `version` holds the newest version; those between stay. Maps follow, as with `remove`."""
        from ..pipeline import restore_version

        restore_version(self._stored(), version, progress=progress)
        return self

    def prune(self, keep: int = 1) -> Dataset:
        """Forget all versions but the `keep` newest and give back the space that only they took."""
        self._stored().prune(keep)
        return self

    def ids(self) -> list[Any]:
        """Return the items' ids, whole numbers or text, in dataset order."""
        return self._stored().ids()

    def records(self) -> pa.Table:
        """Return all items' fields as an Arrow table, in dataset order."""
        return self._stored().records()

    def images(self, ids: Any) -> list[bytes | None]:
        """Return the encoded images of the items with `ids`, in that order; None where there is none."""
        stored = self._stored()
        return stored.images(stored.rows_of(ids))

    def vectors(self, column: str | None = None) -> Vectors:
        """Return the vectors (n_samples, n_features) of `column`, by default the first that is stored."""
        stored = self._stored()
        if column is None and not stored.vector_columns:
            raise NotFoundError(f"{self.name} has no vectors. Pass some to add_vectors, or make its map.")
        return stored.vectors(column or next(iter(stored.vector_columns)))

    @property
    def vector_columns(self) -> dict[str, Parameters]:
        """What is known about each column of vectors, such as 'dimension', 'model' and 'revision'."""
        return self._stored().vector_columns

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

        stored = self._stored()
        return embed(stored, encoder, field=field, name=name, revision=revision, progress=progress)

    def add_vectors(self, vectors: Any, name: str = "vectors", *, ids: Any = None) -> Dataset:
        """Keep vectors of your own, one row an item, under a name; older ones of that name are replaced.

        `ids` say which row is which item's, by default they are in dataset order. Items that are added later
        have to bring theirs.
        """
        stored = self._stored()
        if ids is not None:
            vectors = in_order(vectors, stored.rows_of(ids), stored.count, name)
        stored.add_vectors(name, vectors, derived=False)
        return self

    def tags(self) -> dict[str, list[Any]]:
        """Return the ids of the items that have each tag, by the tag's name."""
        stored = self._stored()
        ids = stored.ids()
        return {tag.name: [ids[row] for row in tag.rows] for tag in stored.tags()}

    def tag(self, name: str, ids: Any) -> Dataset:
        """Give the items with `ids` the tag `name`, which is made where there is none."""
        stored = self._stored()
        stored.tag(name, stored.rows_of(ids))
        return self

    def untag(self, name: str, ids: Any = None) -> Dataset:
        """Take the tag `name` from the items with `ids`; without `ids`, from all, and the tag away."""
        stored = self._stored()
        stored.untag(name, None if ids is None else stored.rows_of(ids))
        return self

    def map(
        self,
        name: str = "main",
        *,
        vectors: str | None = None,
        field: str | None = None,
        encoder: Any = None,
        projections: Asked | Sequence[Asked] | None = None,
        metric: str = "euclidean",
        neighbors: str = "auto",
        random_state: int = 0,
        topics: bool | Mapping[str, Any] | TopicOptions = True,
        duplicates: bool | Mapping[str, Any] | DuplicateOptions = True,
        relayout: bool = False,
        progress: Progress | None = None,
    ) -> Map:
        """Make a map of the dataset and return it; an older one of that name is replaced by the complete new.

        vectors: the stored column to map; or field and encoder: what to encode and with what, as in `embed`.
        A projection is a name ("umap", "tsne", "pca", "spectrum", Nomic's), a name with options
        ("umap:min_dist=0.01"), a dict ({"model": "umap", "min_dist": 0.01}) or a `ProjectionOptions`; None
        means UMAP and PCA. metric: one of `terrella.neighbors.METRICS`; neighbors: "auto", "exact" or
        "approximate"; random_state: the same number gives the same map. topics, duplicates: True, False, or
        their options.

        Items that did not change since the map was last made keep their places, new ones are placed among
        them, and `made` of the map that is returned says how many; with `relayout` all are laid out anew, and
        so they are where too much has changed. Raises ParameterError for what is not allowed.
        """
        from ..pipeline import make_map
        from ..projections import PROJECTIONS, MapOptions, as_duplicate_options, as_options, as_topic_options
        from ..sources import slug

        options = MapOptions(
            projections=as_options(PROJECTIONS if projections is None else projections),
            vectors=vectors,
            field=field,
            encoder=encoder,
            metric=metric,
            neighbors=neighbors,
            random_state=random_state,
            topics=as_topic_options(topics),
            duplicates=as_duplicate_options(duplicates),
            relayout=relayout,
        )
        made = make_map(self._stored(), options, map_name=slug(name), progress=progress)
        return Map(made.folder, dataset=self, made=made)

    def maps(self) -> list[Map]:
        """Return the dataset's maps by name, "main" first."""
        from ..pipeline import map_names, renew_outdated

        stored = self._stored()
        renew_outdated(stored)
        return [Map(stored.map_folder(name), dataset=self) for name in map_names(stored)]

    def get_map(self, name: str = "main") -> Map:
        """Return the map `name`; raise NotFoundError, naming the nearest, where there is none."""
        from ..pipeline import find_map, renew_outdated
        from ..sources import slug

        stored = self._stored()
        renew_outdated(stored)
        return Map(find_map(stored, slug(name)), dataset=self)

    def _searching(self, column: str | None = None, metric: str | None = None) -> DatasetSearch:
        """Return the search over the items as they are now, and over the map "main"."""
        from ..pipeline import find_search

        stored = self._stored()
        return find_search(stored, map_folder=stored.map_folder(), column=column, metric=metric)

    def sql(
        self, query: str, *, map: str = "main", limit: int | None = 1_000_000, timeout: float = 30.0
    ) -> pa.Table:
        """Answer a query over the items: one SELECT, or a WITH that ends in one, over the table `data`.

            dataset.sql("select label, count(*) as items, avg(umap_x) from data group by label")

        `data` has the fields, `_row`, and of the map named `map`, where there is one, `<projection>_x` and
        `_y`, topics and duplicates; `tags` is a list. Nothing can be written, and no file or address be read.
        Needs the `sql` extra. Raises InputError for what is no such query, takes more than `timeout` seconds
        or too much memory, or gives more than `limit` rows.
        """
        from ..pipeline.sql import query_whole

        return query_whole(self._stored(), query, map_name=map, limit=limit, timeout=timeout)

    def export(
        self,
        target: Path | str,
        format: str | None = None,
        *,
        by: str | None = None,
        rows: Sequence[int] | None = None,
        map: str = "main",
        replace: bool = False,
    ) -> Path:
        """Write the items, or some `rows` of them, to `target` and return its path.

        `format` is "csv", "parquet", "ids", "images" (a folder of images for each value of `by`, a field, a
        column of the map, "topic" or "tag"; by default the label) or "site" (the map named `map` for any web
        host); where it is None, the target's suffix says. Raises ParameterError for a target that exists
        unless `replace` is set.
        """
        from ..pipeline.export import export_dataset

        return export_dataset(
            self._stored(), Path(target), format, by=by, rows=rows, map_name=map, replace=replace
        ).path

    def delete(self) -> None:
        """Delete the dataset and its maps."""
        self._store.delete(self.name)
