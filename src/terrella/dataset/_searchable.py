"""What can be searched, selected from and described: a dataset, or one of its maps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..typing import Parameters, Rows

if TYPE_CHECKING:
    from ..pipeline import DatasetSearch
    from ..search import Found

__all__ = ["Searchable"]


class Searchable(ABC):
    """Search, select and describe, over what `_searching` gives."""

    @abstractmethod
    def _searching(self, column: str | None = None, metric: str | None = None) -> DatasetSearch:
        """Return the search over the items as they are now."""

    def search(
        self,
        text: str | None = None,
        *,
        item: Any = None,
        vector: Any = None,
        image: bytes | Path | str | None = None,
        by: str = "auto",
        fields: Sequence[str] | None = None,
        where: Any = None,
        k: int = 10,
        farthest: bool = False,
        column: str | None = None,
        metric: str | None = None,
        method: str = "auto",
    ) -> Found:
        """Return the k items, 1 to 10,000, that answer best: to a text, an item's id, a vector or an image.

        by: how a text is searched for: "words" (BM25 over `fields`, by default all that hold words),
        "meaning" (the vectors nearest to its own), "hybrid" (both rankings fused), or "auto", the last that
        is possible. where: a selection that holds for all that is found; it is applied first, so that nothing
        is lost. farthest: the farthest vectors first. column, metric: the vectors and how they are compared,
        by default as the map does. method: "exact", "indexed", or "auto", which takes the index of a large
        column where one was made. Raises InputError for what can't be answered.
        """
        from ..pipeline import Question

        asked = Question(
            text,
            item,
            vector,
            image,
            by=by,
            fields=fields,
            where=where,
            k=k,
            farthest=farthest,
            method=method,
        )
        return self._searching(column, metric).search(asked)

    def select(self, selection: Any) -> Rows:
        """Return the rows, ascending, for which a selection holds; docs/search.md shows its forms.

        Raises ParameterError for what is no selection, UnknownColumnError or NotFoundError for a name.
        """
        return np.flatnonzero(self._searching().select(selection))

    def describe(self, rows: Any = None, *, columns: Sequence[str] | None = None) -> dict[str, Parameters]:
        """Return what each column holds: counts, ranges, means, quartiles, frequent values.

        rows: row numbers, one mark a row, or a selection; by default all.
        """
        from ..pipeline import describe_rows

        return describe_rows(self._searching(), rows, columns)
