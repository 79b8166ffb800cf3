"""`AtlasIndex` and `AtlasProjection`: a map, and one layout of it, under the client's names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import NotFoundError
from .data_operations import (
    AtlasMapData,
    AtlasMapDuplicates,
    AtlasMapEmbeddings,
    AtlasMapTags,
    AtlasMapTopics,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Bundle
    from ..dataset import Map
    from ..store import StoredDataset
    from .dataset import AtlasDataset

__all__ = ["MAIN", "AtlasIndex", "AtlasProjection"]

MAIN = "main"
"""The map that bears its dataset's name."""


class AtlasIndex:
    """A map of a dataset, with its projections."""

    def __init__(self, dataset: AtlasDataset, made: Map) -> None:
        self.dataset = dataset
        self.map = made
        self.id = made.address
        self.name = dataset.slug if made.name == MAIN else made.name

    def __repr__(self) -> str:
        return f"AtlasIndex({self.name!r}, {', '.join(self.map.projections)})"

    def _repr_html_(self) -> str:
        return "<br>".join(projection._repr_html_() for projection in self.projections)

    @property
    def indexed_field(self) -> str | None:
        """The field whose texts were compared; None where other vectors were."""
        return self.projections[0].indexed_field

    @property
    def projections(self) -> list[AtlasProjection]:
        """The map's layouts."""
        return [AtlasProjection(self.dataset, self.map, name, self.name) for name in self.map.projections]


class AtlasProjection:
    """One layout of a map; what it shows of the items does not change when the dataset does.

    Not made by hand: `create_index`, `get_map` and `maps` return them.
    """

    def __init__(self, dataset: AtlasDataset, made: Map, layout: str, name: str) -> None:
        self.dataset = dataset
        self.map = made
        self.layout_name = layout
        self.name = name
        self.atlas_index_id = made.address
        self.projection_id = f"{made.address}/{layout}"
        self.id = self.projection_id

    def __repr__(self) -> str:
        shown = f"{self.name}: {self.map.count} items, {self.layout_name}"
        return f"{shown}. See it: terrella serve {self.dataset.slug}"

    def _repr_html_(self) -> str:
        return (
            f'<a href="{self.map_link}" target="_blank">{self.name}</a><br>'
            f'<iframe src="{self.map_link}" title="The map {self.name}" allow="clipboard-write" '
            'style="width: 100%; height: min(75vh, 66vw); border: 0"></iframe>'
        )

    @property
    def map_link(self) -> str:
        """The map's address, served by this program as long as it runs; later `terrella serve` shows it."""
        from ..server.background import background_url

        return f"{background_url(self.dataset.local.home)}/maps/{self.map.address}/"

    @property
    def dataset_link(self) -> str:
        """The address of the list of maps, served as the map is."""
        from ..server.background import background_url

        return f"{background_url(self.dataset.local.home)}/"

    @property
    def schema(self) -> pa.Schema:
        """The fields of the items, and the layout's `x` and `y`."""
        import pyarrow as pa

        fields = list(self.data.tb.schema)
        return pa.schema([*fields, pa.field("x", pa.float32()), pa.field("y", pa.float32())])

    @cached_property
    def data(self) -> AtlasMapData:
        """The items' fields."""
        return AtlasMapData(self)

    @cached_property
    def embeddings(self) -> AtlasMapEmbeddings:
        """The layout, and the vectors it was made from."""
        return AtlasMapEmbeddings(self)

    @cached_property
    def topics(self) -> AtlasMapTopics:
        """The topics; raises NotFoundError for a map without."""
        return AtlasMapTopics(self)

    @cached_property
    def duplicates(self) -> AtlasMapDuplicates:
        """The near duplicates; raises NotFoundError for a map without."""
        return AtlasMapDuplicates(self)

    @cached_property
    def tags(self) -> AtlasMapTags:
        """The tags."""
        return AtlasMapTags(self)

    @property
    def bundle(self) -> Bundle:
        """The map's files."""
        from ..bundle import read_bundle

        return read_bundle(self.map.folder)

    @cached_property
    def stored(self) -> StoredDataset:
        """The dataset as it was when the map was made."""
        from ..store import Store

        stored = Store(self.dataset.local.home).open(self.dataset.slug)
        made = self.bundle.manifest.get("made")
        if made is None or made["version"] == stored.version:
            return stored
        try:
            return stored.at(made["version"])
        except NotFoundError:
            if stored.count == self.map.count:
                return stored  # that version was pruned, and no item has come or gone since
            raise

    @property
    def vector_column(self) -> str:
        """The name of the vectors that the map was made from."""
        from ..pipeline import mapped_column

        return mapped_column(self.bundle) or next(iter(self.stored.vector_columns))

    @property
    def indexed_field(self) -> str | None:
        """The field whose texts were compared; None where other vectors were."""
        known = self.stored.vector_columns.get(self.vector_column, {})
        field = known.get("field")
        return str(field) if field else None
