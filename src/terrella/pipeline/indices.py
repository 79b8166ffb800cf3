"""Indices beside the dataset: made once, kept in its cache under a hash of what they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..progress import Progress
from ..search import TextIndex, VectorIndex
from ..stage_cache import StageCache, fingerprint
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["keep_index", "open_text_index", "open_vector_index"]

_SEED = 0


def open_vector_index(dataset: StoredDataset, column: str, metric: str) -> VectorIndex:
    """Return the vectors of `column`, ready to be searched: with their index where one was made and pays."""
    vectors = MappedVectors(dataset.vectors(column), column)
    index = VectorIndex(vectors.array, metric)
    if not index.worth_indexing:
        return index
    kept = StageCache(dataset.cache_folder).load("index", _key(vectors, metric))
    return index if kept is None else VectorIndex(vectors.array, metric, arrays=kept)


def keep_index(vectors: MappedVectors, metric: str, cache: StageCache, progress: Progress) -> None:
    """Make the index of a map's vectors, a stage of its own, where it pays and is not there yet.

    Until it is there every search is exact. Interrupted, it leaves nothing behind.
    """
    index = VectorIndex(vectors.array, metric)
    if not index.worth_indexing:
        return
    with progress.stage("index") as report:
        kept = cache.load("index", _key(vectors, metric))
        if kept is not None:
            report.note("from the cache")
            return
        index.build(random_state=_SEED, callback=report)
        assert index.arrays is not None
        assert index.recall is not None
        cache.save("index", _key(vectors, metric), index.arrays)
        report.note(f"recall {index.recall[0]:.3f} of the 100 nearest")


def open_text_index(dataset: StoredDataset, field: str) -> TextIndex:
    """Return the words of a field; made when they are first wanted, and kept until the items change."""
    from ..search.matching import field_texts

    cache = StageCache(dataset.cache_folder)
    key = fingerprint(dataset.head.generation, dataset.head.records, field)
    kept = cache.load("words", key)
    if kept is not None:
        return TextIndex(kept)
    index = TextIndex.build(field_texts(dataset.records([field]).column(0), field))
    cache.save("words", key, index.arrays)
    return index


def _key(vectors: MappedVectors, metric: str) -> str:
    return fingerprint(vectors.key, metric, _SEED)
