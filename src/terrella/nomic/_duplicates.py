"""`AtlasMapDuplicates`: which items say nearly the same, and which of them could go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ._ids import id_column
from ._state import MapState

if TYPE_CHECKING:
    import pyarrow as pa

    from ._projection import AtlasProjection

__all__ = ["AtlasMapDuplicates"]


class AtlasMapDuplicates(MapState):
    """The near duplicates on a map; raises NotFoundError for a map that was made without looking for them."""

    duplicate_field = "duplicate_class"
    cluster_field = "cluster_id"

    def __init__(self, projection: AtlasProjection) -> None:
        super().__init__(projection)
        self.found = projection.bundle.duplicates()

    def __repr__(self) -> str:
        going = len(self.found.deletion_candidates())
        name, clusters = self.projection.name, self.found.count
        return f"AtlasMapDuplicates({name!r}, {going} deletion candidates in {clusters} clusters)"

    @cached_property
    def tb(self) -> pa.Table:
        """The id, `duplicate_class` (singleton, retention candidate, deletion candidate) and `cluster_id`.

        A singleton's cluster is null.
        """
        import pyarrow as pa

        from ..clusters import CLASSES

        classes = pa.DictionaryArray.from_arrays(pa.array(self.found.classes), pa.array(CLASSES))
        clusters = pa.array(self.found.clusters, mask=self.found.clusters < 0)
        return self.with_ids({self.duplicate_field: classes.cast(pa.string()), self.cluster_field: clusters})

    def deletion_candidates(self) -> list[Any]:
        """Return the ids of the items that may be deleted, as a near duplicate of each remains."""
        found: list[Any] = (
            id_column(self.projection.stored).take(self.found.deletion_candidates()).to_pylist()
        )
        return found
