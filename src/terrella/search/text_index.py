"""Texts ranked by their words: BM25.

    score(q, d) = Σ_{t in q} idf(t) · f(t, d) / (f(t, d) + k₁ (1 − b + b |d| / mean |d|)),
    idf(t) = log(1 + (N − n(t) + ½) / (n(t) + ½))

with f(t, d) how often t stands in d, |d| the words of d, N texts that have any and n(t) of them with t
(Robertson and Zaragoza 2009, as Lucene rounds off idf; its constant factor k₁ + 1 changes no order). Each
text's share of the sum is computed when the index is built (Lù 2024), so that a search adds up few columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback
from .tokens import split_words

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TextIndex"]

_K1 = 1.2
_B = 0.75
_ROWS = 100_000
"""Texts split at a time: their words take some hundred megabytes."""

Arrays = Mapping[str, NDArray[Any]]


class TextIndex:
    """The words of one field, and what each adds to the score of each text it stands in.

    words: ascending, joined by line breaks, in UTF-8 (uint8); starts: (n_words + 1,) int64; rows, weights:
    (n_postings,) int32 and float32: word w stands in the texts rows[starts[w]:starts[w + 1]], ascending.
    count: how many texts there are.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.count = int(arrays["count"])
        names = arrays["words"].tobytes().decode()
        self._places = {word: place for place, word in enumerate(names.split("\n"))} if names else {}

    @classmethod
    def build(cls, texts: pa.ChunkedArray, callback: Callback | None = None) -> TextIndex:
        """Return the index of `texts`, strings or nulls, one a row."""
        found, names = _count_words(texts, callback)
        order = np.argsort(found.words, kind="stable")  # rows ascend in each block: they stay in order
        words, rows, frequencies = found.words[order], found.rows[order], found.frequencies[order]
        lengths = np.bincount(rows, weights=frequencies, minlength=len(texts))
        filled = int((lengths > 0).sum())
        n_texts = np.bincount(words, minlength=len(names))
        idf = np.log1p((filled - n_texts + 0.5) / (n_texts + 0.5))
        damping = _K1 * (1 - _B + _B * lengths / max(lengths.sum() / max(filled, 1), 1.0))
        weights = idf[words] * frequencies / (frequencies + damping[rows])
        return cls(
            {
                "count": np.array(len(texts)),
                "words": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
                "starts": np.concatenate([[0], np.cumsum(n_texts)]).astype(np.int64),
                "rows": rows,
                "weights": weights.astype(np.float32),
            }
        )

    def words_of(self, text: str) -> list[str]:
        """Return the words of a query, each once, in their order."""
        import pyarrow as pa

        found = split_words(pa.array([text]))[0].as_py()
        return [word for word in dict.fromkeys(found) if word]

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return each row's score, (count,): 0 where none of the text's words stands."""
        scores = np.zeros(self.count, dtype=np.float32)
        for word in self.words_of(text):
            there = self._postings(word)
            scores[self.arrays["rows"][there]] += self.arrays["weights"][there]
        return scores

    def holding(self, word: str) -> NDArray[np.bool_]:
        """Mark the rows, (count,), whose text has the folded `word`."""
        marked = np.zeros(self.count, dtype=bool)
        marked[self.arrays["rows"][self._postings(word)]] = True
        return marked

    def _postings(self, word: str) -> slice:
        place = self._places.get(word)
        if place is None:
            return slice(0, 0)
        starts = self.arrays["starts"]
        return slice(int(starts[place]), int(starts[place + 1]))


@dataclass(frozen=True, eq=False)
class _Counts:
    """How often words, by number, stand in rows: (n_postings,) int32 each."""

    words: NDArray[np.int32]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.int32]


def _count_words(texts: pa.ChunkedArray, callback: Callback | None) -> tuple[_Counts, list[str]]:
    """Return how often each word stands in each text, block of rows by block, and the words, ascending."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known: dict[str, int] = {}
    blocks = [(np.empty(0, np.int32),) * 3]
    for start in range(0, len(texts), _ROWS):
        part = pc.cast(texts.slice(start, _ROWS).combine_chunks(), pa.large_string())
        split = split_words(part)
        encoded = pc.dictionary_encode(split.flatten())
        own = encoded.dictionary.to_pylist()
        number_of = np.array([known.setdefault(word, len(known)) for word in own], dtype=np.int64)
        numbers = number_of[encoded.indices.to_numpy(zero_copy_only=False)]
        row = np.repeat(np.arange(len(part)), np.diff(split.offsets.to_numpy()))
        real = numbers != known.get("", -1)
        pairs, times = np.unique(numbers[real] * len(part) + row[real], return_counts=True)
        number, row = np.divmod(pairs, len(part))
        blocks.append((number.astype(np.int32), (row + start).astype(np.int32), times.astype(np.int32)))
        if callback is not None:
            callback(min(start + _ROWS, len(texts)), len(texts))
    names = sorted(word for word in known if word)
    place = np.zeros(len(known), dtype=np.int32)
    place[[known[word] for word in names]] = np.arange(len(names), dtype=np.int32)
    words, rows, frequencies = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return _Counts(place[words], rows, frequencies), names
