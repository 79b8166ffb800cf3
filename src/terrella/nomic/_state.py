"""What the states of a map have in common: ids beside values, as Arrow and as pandas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from ._frame import as_frame
from ._ids import id_column

if TYPE_CHECKING:
    import pyarrow as pa

    from ._projection import AtlasProjection

__all__ = ["MapState"]


class MapState(ABC):
    """Something that is known of every item of a map."""

    def __init__(self, projection: AtlasProjection) -> None:
        self.projection = projection
        self.dataset = projection.dataset

    def __repr__(self) -> str:
        table = self.tb
        columns = ", ".join(table.column_names)
        return f"{type(self).__name__}({self.projection.name!r}, {table.num_rows} items: {columns})"

    @property
    @abstractmethod
    def tb(self) -> pa.Table:
        """One row an item, with its id first, in the dataset's order."""

    @property
    def df(self) -> Any:
        """The same as a pandas DataFrame; raises MissingExtraError where pandas is not installed."""
        return as_frame(self.tb)

    @property
    def id_field(self) -> str:
        """The field that tells items apart."""
        return self.projection.stored.roles.id

    def with_ids(self, columns: dict[str, Any]) -> pa.Table:
        """Return a table of the items' ids and `columns`, one value an item each."""
        import pyarrow as pa

        ids = id_column(self.projection.stored)
        return pa.table(
            {
                self.id_field: ids,
                **{name: values for name, values in columns.items() if name != self.id_field},
            }
        )
