"""`AtlasDataset`: a dataset of this machine under the client's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..dataset import Dataset
from ..errors import ParameterError, SourceError
from ._account import AtlasUser
from ._asked import as_cutoff, as_field, as_model, as_projection
from ._ids import as_stored_ids, rows_of
from ._missing import NotThereError
from ._projection import MAIN, AtlasIndex, AtlasProjection

if TYPE_CHECKING:
    import pyarrow as pa

    from ..store import StoredDataset

__all__ = ["AtlasDataset", "AtlasIndex", "AtlasProjection", "AtlasUser", "column_names"]

NUMBERS = "id_"
"""The column that numbers the items of a dataset without an id field of its own."""

NO_DESCRIPTION = "A description for your map."
"""The client's default, which says nothing and is not kept."""

VECTORS = "_embeddings"
"""The column in which a dataset's own vectors come, and the name under which they are kept."""


class AtlasDataset:
    """Items on this machine with their fields, images and vectors, and the maps made of them.

    `identifier` is a name, or "organization/name", of which the name counts. A dataset of that name is opened
    where there is one; else the first `add_data` makes it. `unique_id_field` names the field that tells items
    apart; without it they are numbered in a field `id_`. `dataset_id` opens one that exists. `is_public` and
    the organization are accepted: nothing leaves this machine.

    Raises ParameterError for no name and for an id field other than the stored one, NotFoundError for a
    `dataset_id` that does not exist.
    """

    def __init__(
        self,
        identifier: str | None = None,
        description: str | None = NO_DESCRIPTION,
        unique_id_field: str | None = None,
        is_public: bool = True,
        dataset_id: str | None = None,
        organization_name: str | None = None,
    ) -> None:
        name = dataset_id if dataset_id is not None else identifier
        if name is None:
            raise ParameterError(
                "identifier must be the dataset's name; got None. Pass AtlasDataset('name')."
            )
        for argument, given in (("identifier", name), ("unique_id_field", unique_id_field)):
            if not isinstance(given, str | None):
                raise ParameterError(f"{argument} must be text; got {type(given).__name__} {given!r:.60}.")
        organization, slash, _ = name.partition("/")
        self.organization = organization if slash else organization_name or "local"
        self.is_public = is_public
        self.local = Dataset(name)
        self._title = name.rpartition("/")[2]
        self._description = "" if description in (None, NO_DESCRIPTION) else str(description)
        self._id_field = unique_id_field
        if dataset_id is not None:
            self.local.require()
        self._check_id_field()

    def __repr__(self) -> str:
        return f"AtlasDataset({self.slug!r}, {self.total_datums} items, {len(self.projections)} maps)"

    def _repr_html_(self) -> str:
        maps = self.projections
        return maps[0]._repr_html_() if maps else f"<code>{self!r}</code>"

    @property
    def id(self) -> str:
        """What `dataset_id` takes: the name."""
        return self.local.name

    @property
    def id_field(self) -> str | None:
        """The field that tells items apart; None before there are any, unless it was named."""
        return self.stored.roles.id if self.local.exists else self._id_field

    @property
    def name(self) -> str:
        """What people read."""
        return self.stored.title if self.local.exists else self._title

    @property
    def slug(self) -> str:
        """The name in [a-z0-9-]."""
        return self.local.name

    @property
    def identifier(self) -> str:
        """The organization and the name; only the name counts."""
        return f"{self.organization}/{self.slug}"

    @property
    def description(self) -> str:
        """A sentence or two about the dataset."""
        return self.stored.description if self.local.exists else self._description

    @property
    def modality(self) -> str:
        """What the maps are made of unless told otherwise: "embedding", "image" or "text"."""
        if not self.local.exists:
            return "text"
        return "embedding" if self.own_vectors else "image" if self.stored.has_images else "text"

    @property
    def own_vectors(self) -> list[str]:
        """The names of the vectors that came with the items."""
        known = self.stored.vector_columns if self.local.exists else {}
        return [name for name, about in known.items() if not about.get("derived")]

    @property
    def total_datums(self) -> int:
        """How many items there are."""
        return len(self.local)

    @property
    def created_timestamp(self) -> datetime:
        """When the first items came; raises NotFoundError before."""
        return datetime.fromisoformat(self.stored.head.created)

    @property
    def dataset_fields(self) -> list[str]:
        """The names of the fields."""
        return list(self.stored.schema.names) if self.local.exists else []

    @property
    def schema(self) -> pa.Schema | None:
        """The fields with their types; None before there are any."""
        return self.stored.schema if self.local.exists else None

    @property
    def is_locked(self) -> bool:
        """Whether the dataset is locked: never, for readers do not wait here."""
        return False

    @property
    def is_accepting_data(self) -> bool:
        """Whether data can be added: always."""
        return not self.is_locked

    @contextmanager
    def wait_for_dataset_lock(self) -> Iterator[Self]:
        """Give the dataset at once: what was called before has finished."""
        yield self

    @property
    def indices(self) -> list[AtlasIndex]:
        """The maps that were made, each with its projections."""
        if not self.local.exists:
            return []
        return [AtlasIndex(self, one) for one in self.local.maps()]

    @property
    def projections(self) -> list[AtlasProjection]:
        """The projections of all maps."""
        return [projection for index in self.indices for projection in index.projections]

    @property
    def maps(self) -> list[AtlasProjection]:
        """The projections of all maps."""
        return self.projections

    def add_data(
        self, data: Any = None, embeddings: Any = None, blobs: Sequence[Any] | None = None, pbar: Any = None
    ) -> None:
        """Add items, all of them or, where one is wrong, none.

        data: a data frame, a list of dicts or an Arrow table; None where embeddings or blobs say how many
        items there are. embeddings: (n_samples, n_features), else a column `_embeddings`. blobs: one image an
        item, a path, encoded bytes, a Pillow image or an array. pbar: a progress bar of tqdm's kind, which is
        told of the items once they are safe. Raises InputError for what is wrong with them.
        """
        from ..sources import from_records

        if blobs is not None:
            _check_files(blobs)
        vectors: Any = None
        if embeddings is not None:
            vectors = {VECTORS: embeddings}
        elif data is not None and VECTORS in column_names(data):
            vectors = VECTORS
        head = self.stored.head if self.local.exists else None
        numbered = head.numbered if head else self._id_field is None
        items = from_records(
            data,
            images=blobs,
            vectors=vectors,
            id=None if numbered else self.id_field,
            number_as=(self.id_field or NUMBERS) if numbered else None,
            name=self.slug,
            title=self._title,
            description=self._description,
            source="data",
            known=head.roles if head else None,
        )
        self.local.add(items)
        if pbar is not None:
            pbar.update(items.records.num_rows)

    def create_index(
        self,
        name: str | None = None,
        indexed_field: str | None = None,
        modality: str | None = None,
        projection: Any = None,
        topic_model: Any = True,
        duplicate_detection: Any = True,
        embedding_model: Any = None,
        reuse_embeddings_from_index: str | None = None,
    ) -> AtlasProjection:
        """Make a map and return its first projection; one of the same name is made anew.

        name: the map's; None or the dataset's own is its main map. indexed_field: the text to compare, where
        the dataset brings no vectors of its own. modality: "embedding", "image" or "text" overrules what the
        dataset is. projection: a name, a dict or ProjectionOptions. topic_model, duplicate_detection: whether
        to look for them, or a dict or options. embedding_model: what makes vectors of the items.
        reuse_embeddings_from_index: the map whose vectors to take. Raises what `Dataset.map` raises.
        """
        from ._vectors import vectors_asked

        made = self.local.map(
            self._map_name(name),
            **vectors_asked(
                self, indexed_field, modality, as_model(embedding_model), reuse_embeddings_from_index
            ),
            projections=[as_projection(projection)],
            topics=as_field(topic_model, indexed_field),
            duplicates=as_cutoff(duplicate_detection),
        )
        return AtlasIndex(self, made).projections[0]

    def get_map(
        self, name: str | None = None, atlas_index_id: str | None = None, projection_id: str | None = None
    ) -> AtlasProjection:
        """Return a map's first projection, or the one with `projection_id`.

        Raises NotThereError, which is a ValueError, where there is none, and for no name where there are
        several maps.
        """
        from ..sources import slug_or

        indices = self.indices
        if name is not None and name not in [one.name for one in indices]:
            name = slug_or(name, name)  # as create_index("By words") is kept
        for what, wanted, found in (
            ("atlas_index_id", atlas_index_id, {one.id: one.projections[0] for one in indices}),
            ("projection_id", projection_id, {one.id: one for index in indices for one in index.projections}),
            ("name", name, {one.name: one.projections[0] for one in reversed(indices)}),
        ):
            if wanted is not None:
                if wanted not in found:
                    raise NotThereError(
                        f"{self.slug} has no map with the {what} {wanted!r}; there is "
                        f"{', '.join(map(repr, found)) or 'none yet: make one with create_index()'}."
                    )
                return found[wanted]
        if not indices:
            raise NotThereError(f"{self.slug} has no map yet. Make one with create_index().")
        if len(indices) > 1:
            names = ", ".join(repr(one.name) for one in indices)
            raise NotThereError(f"{self.slug} has the maps {names}. Pass the name of one.")
        return indices[0].projections[0]

    def get_data(self, ids: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the fields of the items with `ids` in their order; raise NotFoundError for an unknown id."""
        stored = self.stored
        items: list[dict[str, Any]] = stored.records(rows=rows_of(stored, ids)).to_pylist()
        return items

    def delete_data(self, ids: Sequence[Any]) -> bool:
        """Delete the items with `ids`, from every map too, and return True."""
        self.local.remove(as_stored_ids(self.stored, ids))
        return True

    def update_maps(self, data: Any, embeddings: Any = None, num_workers: int = 2) -> None:
        """Add items and bring all maps up to date; `num_workers` is accepted, the engine takes all cores."""
        self.add_data(data, embeddings=embeddings)
        self.update_indices()

    def update_indices(self, rebuild_topic_models: bool = False) -> None:
        """Bring all maps up to date with what was added, changed and deleted.

        What did not change keeps its place. Topics are found anew with every map, so `rebuild_topic_models`
        needs no doing.
        """
        for one in self.local.maps():
            one.renew()

    def delete(self) -> None:
        """Delete the dataset with its maps, if there is one."""
        if self.local.exists:
            self.local.delete()

    @property
    def stored(self) -> StoredDataset:
        """The dataset as it is now; raises NotFoundError before there are any items."""
        from ..store import Store

        return Store(self.local.home).open(self.slug)

    def _map_name(self, name: str | None) -> str:
        """Return what the map `name` is called here, where the main one bears the dataset's name."""
        from ..sources import slug

        return MAIN if name is None or slug(name) == self.slug else slug(name)

    def _check_id_field(self) -> None:
        if self._id_field is not None and self.local.exists and self._id_field != self.id_field:
            raise ParameterError(
                f"{self.slug} tells its items apart by {self.id_field!r}; got unique_id_field="
                f"{self._id_field!r}. Leave it out, or delete the dataset first."
            )


def column_names(data: Any) -> Sequence[str]:
    """Return the names of the columns of a table or of a list of dicts; none of what is neither."""
    if isinstance(data, Mapping):
        return list(data)
    for attribute in ("column_names", "columns"):
        names = getattr(data, attribute, None)
        if names is not None and not callable(names):
            return list(names)
    if not isinstance(data, list):
        return []
    return list(dict.fromkeys(name for row in data if isinstance(row, dict) for name in row))


def _check_files(blobs: Sequence[Any]) -> None:
    """Raise ParameterError for what is no list, SourceError for the first path that names no file."""
    if isinstance(blobs, str | bytes | Path):
        raise ParameterError(f"blobs must be a list of images, one an item; got {blobs!r:.60}. Write [it].")
    for place, blob in enumerate(blobs):
        if isinstance(blob, str | Path) and not Path(blob).is_file():
            raise SourceError(
                f"blobs[{place}] names no file: {blob}. Check the path, or pass None for no image."
            )
