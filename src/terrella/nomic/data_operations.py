"""What a map knows of its items: fields, positions, vectors, topics, duplicates, tags."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ParameterError
from ..typing import Vectors
from ..validation import check_column
from ._duplicates import AtlasMapDuplicates
from ._ids import id_column, rows_of
from ._state import MapState
from ._tags import AtlasMapTags
from ._topics import AtlasMapTopics

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from ._projection import AtlasProjection

__all__ = ["AtlasMapData", "AtlasMapDuplicates", "AtlasMapEmbeddings", "AtlasMapTags", "AtlasMapTopics"]


class AtlasMapData(MapState):
    """The items' fields, all or those named in `fields`; raises UnknownColumnError for an unknown one."""

    def __init__(self, projection: AtlasProjection, fields: Sequence[str] | None = None) -> None:
        super().__init__(projection)
        names = projection.stored.schema.names
        self.fields = [
            check_column(name, names, self.dataset.slug) for name in (names if fields is None else fields)
        ]

    @cached_property
    def tb(self) -> pa.Table:
        """The id and the fields, each in the type it was added with."""
        others = [name for name in self.fields if name != self.id_field]
        return self.projection.stored.records([self.id_field, *others])


class AtlasMapEmbeddings(MapState):
    """Where the items lie on the map, and the vectors that put them there."""

    @cached_property
    def tb(self) -> pa.Table:
        """The id, `x` and `y`, float32; y points up."""
        layout = self.projection.map.layout(self.projection.layout_name)
        return self.with_ids({"x": layout[:, 0], "y": layout[:, 1]})

    @property
    def projected(self) -> Any:
        """The id, `x` and `y` as a pandas DataFrame."""
        return self.df

    @cached_property
    def latent(self) -> Vectors:
        """The vectors (n_samples, n_features) that the map was made from, in the order of `projected`."""
        return self.projection.stored.vectors(self.projection.vector_column)

    def vector_search(
        self, queries: Any = None, ids: Sequence[Any] | None = None, k: int = 5
    ) -> tuple[list[list[Any]], list[list[float]]]:
        """Return the ids of the k nearest items of each query, nearest first, and how far they are.

        Exact. queries: (n_queries, n_features); or ids: those of items, which find themselves first. Raises
        ParameterError unless one of the two is given, and what `rows_of` and `knn_query` raise.
        """
        from ..neighbors import knn_query

        if (queries is None) == (ids is None):
            raise ParameterError(
                f"vector_search takes either queries or ids; got {'neither' if ids is None else 'both'}. "
                "Pass queries=array of shape (n, d), or ids=[id]."
            )
        if not isinstance(k, int | np.integer) or k < 1:
            raise ParameterError(f"k must be a whole number from 1 on; got {k!r}.")
        vectors, stored = self.latent, self.projection.stored
        asked = queries if ids is None else vectors[rows_of(stored, ids)]
        if hasattr(asked, "__len__") and len(asked) == 0:
            return [], []
        graph = self.projection.bundle.manifest["knn"]
        rows, distances = knn_query(
            vectors, asked, min(k, len(vectors)), metric=graph["metric"] if graph else "euclidean"
        )
        found = id_column(stored).take(rows.reshape(-1).astype(np.int64)).to_pylist()
        width = rows.shape[1]
        return [found[start : start + width] for start in range(0, len(found), width)], distances.tolist()
