"""Search, select from and describe the datasets of one home, with or without a map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFoundError
from .dataset_schemas import (
    DatasetFound,
    DatasetQuestion,
    DatasetSelection,
    RowSummary,
    SelectedRows,
    SummaryAsked,
)
from .stored import open_dataset
from .values import plain_value

if TYPE_CHECKING:
    from ..pipeline import DatasetSearch, Question

__all__ = ["Datasets"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


class Datasets:
    """The datasets of one home by name."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def search(self, name: str, asked: DatasetQuestion) -> DatasetFound:
        """Answer a question; raise NotFoundError for an unknown name, InputError for what is no question."""
        from ..pipeline import Question

        question = Question(
            asked.text,
            asked.item,
            asked.vector,
            by=asked.by,
            fields=asked.fields,
            where=asked.where,
            k=asked.k,
            farthest=asked.farthest,
            method=asked.method,
        )
        return _answer(self._open(name, asked.map, asked.vectors), question)

    def search_image(self, name: str, image: bytes, k: int) -> DatasetFound:
        """Answer a search by an encoded image; raise InputError for what is none."""
        from ..pipeline import Question

        return _answer(self._open(name, "main"), Question(image=image, k=k))

    def select(self, name: str, asked: DatasetSelection) -> SelectedRows:
        """Return how many rows a selection marks, and some of them."""
        marked = self._open(name, asked.map).select(asked.selection)
        rows = np.flatnonzero(marked)
        listed = rows[asked.offset : asked.offset + asked.limit]
        return SelectedRows(count=len(rows), total=len(marked), rows=listed.tolist())

    def mask(self, name: str, asked: DatasetSelection) -> bytes:
        """Return a bit a row, the first in the lowest: 1 where the selection holds."""
        marked: NDArray[np.bool_] = self._open(name, asked.map).select(asked.selection)
        return np.packbits(marked, bitorder="little").tobytes()

    def describe(self, name: str, asked: SummaryAsked) -> RowSummary:
        """Return summaries of the columns of a selection's rows."""
        from ..pipeline import describe_rows

        search = self._open(name, asked.map)
        rows = None if asked.selection is None else np.flatnonzero(search.select(asked.selection))
        columns = describe_rows(search, rows, asked.columns)
        count = search.dataset.count if rows is None else len(rows)
        return RowSummary(count=count, columns=plain_value(columns))

    def _open(self, name: str, map_name: str, column: str | None = None) -> DatasetSearch:
        from ..pipeline import find_search

        dataset = open_dataset(self.home, name)
        folder = dataset.map_folder(map_name) if _SLUG.fullmatch(map_name) else None
        if folder is None or (map_name != "main" and not folder.is_dir()):
            raise NotFoundError(f"{name!r} has no map {map_name[:80]!r}. Leave `map` out for the main one.")
        return find_search(dataset, map_folder=folder, column=column)


def _answer(search: DatasetSearch, question: Question) -> DatasetFound:
    found = search.search(question)
    return DatasetFound(
        rows=found.rows.tolist(),
        ids=plain_value(found.ids),
        scores=_plain(found.scores),
        distances=_plain(found.distances),
        how=found.how,
    )


def _plain(numbers: NDArray[np.float32] | None) -> list[float] | None:
    """Return numbers with the digits that a float32 has."""
    return None if numbers is None else [float(f"{number:.7g}") for number in numbers.tolist()]
