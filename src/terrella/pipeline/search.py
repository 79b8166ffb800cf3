"""Search a dataset by words, by meaning, by an item, a vector or an image, among what a selection leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, NotFoundError, ParameterError, SourceError
from ..neighbors import rank_rows
from ..search import MOST_FOUND, Found, NearTo, TextIndex, fuse, parse_selection, select_rows
from ..typing import Distances, Parameters, Rows, Vectors
from ..validation import check_choice, nearest_name
from .ask import abilities, vector_of_image, vector_of_text
from .indices import open_text_index, open_vector_index
from .maps import mapped_column
from .select import SelectableDataset

if TYPE_CHECKING:
    from ..bundle import Bundle
    from ..search import VectorIndex
    from ..store import StoredDataset

__all__ = ["SEARCHED_BY", "DatasetSearch", "Question", "VectorSearch", "search_abilities"]

SEARCHED_BY = ("auto", "words", "meaning", "hybrid")
"""How a text is searched for: by BM25, by its vector, by both rankings fused; "auto" is the last it can."""

_FUSED = 100
"""Least items of each ranking that a fusion takes: the places at the end hardly count."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Question:
    """What to search for: exactly one of `text`, `item` (an id), `vector` and `image` (bytes or a path).

    by: how a text is searched for, one of SEARCHED_BY; fields: the fields whose words count, by default all
    that hold words; where: a selection, JSON, that holds for all that is found; k: most items; farthest: the
    farthest vectors first; method: "auto", "exact" or "indexed", as VectorIndex.search has it.
    """

    text: str | None = None
    item: Any = None
    vector: Any = None
    image: bytes | Path | str | None = None
    by: str = "auto"
    fields: Sequence[str] | None = None
    where: Any = None
    k: int = 10
    farthest: bool = False
    method: str = "auto"

    def __post_init__(self) -> None:
        """Raise ParameterError for a question that can't be answered, whatever the dataset."""
        asked = [name for name in ("text", "item", "vector", "image") if getattr(self, name) is not None]
        if len(asked) != 1:
            raise ParameterError(
                "a search needs exactly one of text, item, vector and image; "
                f"got {' and '.join(asked) or 'none'}."
            )
        check_choice("by", self.by, SEARCHED_BY)
        if self.text is not None and (not isinstance(self.text, str) or not self.text.strip()):
            raise ParameterError(f"text must be some words; got {self.text!r}.")
        if isinstance(self.fields, str):
            raise ParameterError(
                f"fields must be a list of names; got {self.fields!r}. Write [{self.fields!r}]."
            )
        whole = isinstance(self.k, int | np.integer) and not isinstance(self.k, bool)
        if not whole or not 1 <= self.k <= MOST_FOUND:
            raise ParameterError(f"k must be a whole number from 1 to {MOST_FOUND:,}; got {self.k!r}.")
        if self.text is None and (self.by != "auto" or self.fields is not None):
            raise ParameterError(
                f"by and fields are for a text; the search is by {asked[0]}. Leave them out."
            )


def search_abilities(dataset: StoredDataset, column: str | None = None) -> tuple[str, ...]:
    """Return what a column of vectors, by default the first, can be searched by; nothing without vectors.

    Those that were made of the items go when items change; a map of them stays until it is made again.
    """
    column = column or _first_column(dataset)
    return abilities(dataset, column) if column in dataset.vector_columns else ()


class VectorSearch:
    """One dataset's vectors, and their encoder when it is first wanted; safe to use from several threads."""

    def __init__(self, dataset: StoredDataset, metric: str, column: str | None = None) -> None:
        column = column or _first_column(dataset)
        if column is None:
            raise NotFoundError(
                f"{dataset.name} has no vectors to search among. Make its map, or add vectors to it."
            )
        if not dataset.vector_columns:
            raise NotFoundError(
                f"{dataset.name} has no vectors {column!r} any more: its items changed since they were made. "
                "Make its map again."
            )
        if column not in dataset.vector_columns:
            nearest = nearest_name(column, dataset.vector_columns)
            hint = f" Did you mean {nearest!r}?" if nearest else ""
            raise NotFoundError(
                f"{dataset.name} has no vectors {column!r}; it has {', '.join(dataset.vector_columns)}.{hint}"
            )
        self.dataset = dataset
        self.metric = metric
        self.column = column
        self.index: VectorIndex = open_vector_index(dataset, column, metric)

    @property
    def vectors(self) -> Vectors:
        """What is searched among, (n_samples, n_features)."""
        return self.index.vectors

    def of_row(self, row: int) -> Vectors:
        """Return the vector (n_features,) of a stored row."""
        return np.asarray(self.vectors[row])

    def of_text(self, text: str) -> Vectors:
        """Return the vector of words; raise InputError where the column's encoder takes none."""
        return vector_of_text(self.dataset, self.column, text)

    def of_image(self, image: bytes) -> Vectors:
        """Return the vector of an encoded image; raise InputError for what is no image."""
        return vector_of_image(self.dataset, self.column, image)

    def nearest(
        self,
        vector: Any,
        limit: int,
        *,
        among: Mask | None = None,
        farthest: bool = False,
    ) -> tuple[Rows, Distances]:
        """Return the rows nearest to a vector, or farthest from it, and their distances; `among` marks rows.

        Distances are exact. Raises ShapeError for a vector of another length and NotFiniteError for one with
        a NaN.
        """
        rows, distances, _ = self.index.search(vector, limit, among=among, farthest=farthest)
        return rows, distances


class DatasetSearch:
    """All that one version of a dataset can be searched and selected by; what is read stays in memory.

    metric, column: of the vectors, by default what `bundle`, a map of it, was made with, else "euclidean" and
    the first column. Safe to use from several threads.
    """

    def __init__(
        self,
        dataset: StoredDataset,
        *,
        bundle: Bundle | None = None,
        metric: str | None = None,
        column: str | None = None,
    ) -> None:
        self.dataset = dataset
        knn = bundle.manifest["knn"] if bundle is not None else None
        self.metric = metric or (knn["metric"] if knn else "euclidean")
        self.column = column or (mapped_column(bundle) if bundle is not None else None)
        self.source = SelectableDataset(dataset, bundle, self._words_of, self._near)
        self._words: dict[str, TextIndex] = {}
        self._lock = Lock()

    @cached_property
    def _vectors(self) -> VectorSearch:
        return VectorSearch(self.dataset, self.metric, self.column)

    @property
    def vectors(self) -> VectorSearch:
        """The vectors, read when they are first wanted; raise NotFoundError where there are none."""
        with self._lock:
            return self._vectors

    def select(self, selection: Any) -> Mask:
        """Mark the rows, (count,), for which a selection, JSON, holds."""
        return select_rows(parse_selection(selection), self.source)

    def search(self, question: Question) -> Found:
        """Answer a question; raise InputError for what can't be encoded or compared.

        Filters come first: a search with `where` measures every row that it leaves, and loses none.
        """
        among = None if question.where is None else self.select(question.where)
        if question.text is None:
            return self._by_vector(question, among)
        by = self._way(question)
        if by == "words":
            return self._by_words(question, among)
        if by == "meaning":
            return self._by_vector(question, among)
        return self._by_both(question, among)

    def row_of(self, item: Any) -> int:
        """Return the row of an id; raise NotFoundError where there is none."""
        rows = self.source.rows_of((item,))
        if len(rows) == 0:
            column = self.dataset.roles.id
            first = self.dataset.records([column], rows=[0]).column(0)[0].as_py()
            raise NotFoundError(
                f"{self.dataset.name} has no item {item!r}. Its ids are in {column!r}, such as {first!r:.80}."
            )
        return int(rows[0])

    def _way(self, question: Question) -> str:
        """Return how to search for a text: as asked, else by all that the dataset has."""
        if question.by != "auto":
            return question.by
        meaning = "text" in search_abilities(self.dataset, self.column)
        words = question.fields is not None or bool(self.source.word_fields)
        if meaning and words and not question.farthest:
            return "hybrid"
        return "meaning" if meaning else "words"

    def _by_words(self, question: Question, among: Mask | None) -> Found:
        if question.farthest:
            raise ParameterError("farthest is for vectors; words have no opposite. Search by='meaning'.")
        fields = question.fields or self.source.word_fields
        assert question.text is not None
        scores = np.zeros(self.dataset.count, dtype=np.float32)
        for field in fields:
            scores += self.source.words(field).scores(question.text)
        counted = scores > 0 if among is None else (scores > 0) & among
        rows = rank_rows(-scores, question.k, among=counted)
        return self._found(rows, {"by": "words", "fields": list(fields)}, scores=scores[rows])

    def _by_vector(self, question: Question, among: Mask | None) -> Found:
        vectors = self.vectors
        how: Parameters = {"metric": vectors.metric, "vectors": vectors.column}
        own = None
        if question.item is not None:
            own = self.row_of(question.item)
            vector, how["by"] = vectors.of_row(own), "item"
        elif question.text is not None:
            vector, how["by"] = vectors.of_text(question.text), "meaning"
        elif question.image is not None:
            vector, how["by"] = vectors.of_image(_read_image(question.image)), "image"
        else:
            vector, how["by"] = question.vector, "vector"
        rows, distances, method = _others(
            lambda limit: vectors.index.search(
                vector, limit, among=among, farthest=question.farthest, method=question.method
            ),
            own,
            question.k,
        )
        how["method"] = method
        if method == "indexed" and vectors.index.recall is not None:
            how["recall"] = round(vectors.index.recall[0], 4)
        return self._found(rows, how, distances=distances)

    def _by_both(self, question: Question, among: Mask | None) -> Found:
        wide = replace(question, k=min(max(question.k, _FUSED), MOST_FOUND))
        by_words = self._by_words(wide, among)
        try:
            by_meaning = self._by_vector(replace(wide, fields=None), among)
        except InputError:
            if question.by == "hybrid":
                raise
            return self._by_words(question, among)  # words that the encoder does not know
        rows, scores = fuse([by_words.rows, by_meaning.rows], limit=question.k)
        how = {**by_meaning.how, **by_words.how, "by": "hybrid"}
        return self._found(rows, how, scores=scores)

    def _found(self, rows: Rows, how: Parameters, **measured: Any) -> Found:
        return Found(rows, self.source.ids.take(rows).to_pylist(), how=how, **measured)

    def _words_of(self, field: str) -> TextIndex:
        with self._lock:
            if field not in self._words:
                self._words[field] = open_text_index(self.dataset, field)
            return self._words[field]

    def _near(self, to: NearTo) -> Rows:
        """Return the rows near to what a selection names; an item is near to itself."""
        vectors = self.vectors
        vector = to.vector
        if to.text is not None:
            vector = vectors.of_text(to.text)
        elif to.item is not None:
            vector = vectors.of_row(self.row_of(to.item))
        if to.max_distance is not None:
            return vectors.index.within(vector, to.max_distance)
        assert to.k is not None
        return vectors.index.search(vector, to.k)[0]


def _first_column(dataset: StoredDataset) -> str | None:
    """Return the vectors that a map is made of unless told otherwise: the first stored column, or None."""
    return next(iter(dataset.vector_columns), None)


def _read_image(image: bytes | Path | str) -> bytes:
    """Return an image's encoded bytes, or those of the file it lies in; raise SourceError for none."""
    if isinstance(image, bytes):
        return image
    if not isinstance(image, str | Path):
        raise ParameterError(f"image must be encoded bytes or a path; got {type(image).__name__}.")
    try:
        return Path(image).read_bytes()
    except OSError as error:
        raise SourceError(f"{image} can't be read: {error.strerror}. Name an image file.") from error


def _others(
    search: Callable[[int], tuple[Rows, Distances, str]], own: int | None, limit: int
) -> tuple[Rows, Distances, str]:
    """Return what a search finds other than the row that was asked about."""
    if own is None:
        return search(limit)
    rows, distances, method = search(limit + 1)
    others = rows != own
    return rows[others][:limit], distances[others][:limit], method
