"""A map's near duplicates, as tables and lists."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Bundle

__all__ = ["Duplicates"]


class Duplicates:
    """The near duplicates on a map: who has some, and who may go because a near duplicate of it stays."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.found = bundle.duplicates()

    def __repr__(self) -> str:
        return f"Duplicates({self.found.count} clusters, {len(self.found.deletion_candidates())} may go)"

    @property
    def cutoff(self) -> float:
        """The largest distance between two near duplicates."""
        return self.found.cutoff

    @cached_property
    def tb(self) -> pa.Table:
        """Every item's id, its duplicate_class and its duplicate_cluster (null: none), in dataset order."""
        import pyarrow as pa

        from ..clusters import CLASSES

        clusters = self.found.clusters
        return pa.table(
            {
                self._bundle.id_field: self._bundle.ids(),
                "duplicate_class": pa.array(np.array(CLASSES)[self.found.classes]),
                "duplicate_cluster": pa.array(clusters, mask=clusters < 0),
            }
        )

    @property
    def df(self) -> Any:
        """`tb` as a pandas data frame."""
        return self.tb.to_pandas()

    def deletion_candidates(self) -> list[Any]:
        """Return the ids of the items that may go: a near duplicate of each one stays."""
        ids: list[Any] = self._bundle.ids().take(self.found.deletion_candidates()).to_pylist()
        return ids

    def clusters(self) -> list[list[Any]]:
        """Return the ids of the items of each cluster."""
        ids = self._bundle.ids()
        order = np.argsort(self.found.clusters, kind="stable")
        sizes = np.bincount(self.found.clusters + 1, minlength=1)
        parts = np.split(order, np.cumsum(sizes)[:-1])[1:]
        return [ids.take(part).to_pylist() for part in parts]
