"""Indices beside the dataset: made once, kept in its cache under a hash of what they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..progress import StageReport
from ..search import TextIndex, VectorIndex
from ..stage_cache import StageCache, fingerprint
from ..typing import Vectors

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["keep_index", "open_text_index", "open_vector_index"]

_SEED = 0


def open_vector_index(dataset: StoredDataset, column: str, metric: str) -> VectorIndex:
    """Return the vectors of `column`, ready to be searched: with their index where one was made and pays."""
    index = VectorIndex(dataset.vectors(column), metric)
    if not index.worth_indexing:
        return index
    kept = StageCache(dataset.cache_folder).load("index", _key(index.vectors, metric))
    return index if kept is None else VectorIndex(index.vectors, metric, arrays=kept)


def keep_index(dataset: StoredDataset, column: str, metric: str, report: StageReport) -> VectorIndex:
    """Make the index of a column where it pays, and keep it; one that is there already is taken.

    Until it is there every search is exact. Interrupted, it leaves nothing behind.
    """
    index = open_vector_index(dataset, column, metric)
    if index.worth_indexing and not index.indexed:
        index.build(random_state=_SEED, callback=report)
        assert index.arrays is not None
        StageCache(dataset.cache_folder).save("index", _key(index.vectors, metric), index.arrays)
    if index.recall is None:
        report.note(f"{column}: {len(index):,} vectors are searched exactly")
    else:
        report.note(f"{column}: recall {index.recall[0]:.3f} of 100 nearest")
    return index


def open_text_index(dataset: StoredDataset, field: str) -> TextIndex:
    """Return the words of a field; made when they are first wanted, and kept until the items change."""
    from ..search.matching import as_texts

    cache = StageCache(dataset.cache_folder)
    key = fingerprint(dataset.head.generation, dataset.head.records, field)
    kept = cache.load("words", key)
    if kept is not None:
        return TextIndex(kept)
    index = TextIndex.build(as_texts(dataset.records([field]).column(0)))
    cache.save("words", key, index.arrays)
    return index


def _key(vectors: Vectors, metric: str) -> str:
    return fingerprint(vectors, metric, _SEED)
