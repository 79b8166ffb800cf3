"""Which items of a dataset are as they were when its map was last made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..typing import Rows, Vectors
from .kept import KeptMap

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Unchanged", "compare", "vector_digests"]

_CHUNK = 1 << 18  # numbers that are multiplied at once: they stay in a core's cache
_SEED = 0x7E44E11A


@dataclass(frozen=True, eq=False)
class Unchanged:
    """`source` (n_samples,) is where each item was on the earlier map; −1 for a new or a changed one.

    `changed` and `removed` count the earlier map's items whose vectors are others now, and that are gone.
    """

    source: Rows
    changed: int
    removed: int

    @property
    def known(self) -> NDArray[np.bool_]:
        """Marks the items that are as they were, (n_samples,)."""
        return self.source >= 0

    @property
    def only_grew(self) -> bool:
        """Whether all that is new came after the earlier map's items, and these are as they were."""
        count = int(self.known.sum())
        stay = bool((self.source[:count] == np.arange(count)).all())
        return stay and not self.changed and not self.removed


def compare(kept: KeptMap, ids: pa.ChunkedArray, digests: NDArray[np.uint64]) -> Unchanged:
    """Find the items in what was kept: by id, and unchanged where the digests of the vectors are the same."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if ids.type != kept.ids.type:
        return Unchanged(np.full(len(ids), -1, np.int64), 0, len(kept.ids))
    if ids.slice(0, len(kept.ids)).equals(pa.chunked_array([kept.ids])):  # as after an append
        place = np.arange(len(ids))
        place[len(kept.ids) :] = -1
    else:
        found = pc.index_in(ids, value_set=kept.ids).fill_null(-1)
        place = np.asarray(found.to_numpy(), np.int64)
    stored = place >= 0
    same = np.zeros(len(place), bool)
    same[stored] = (digests[stored] == kept.digests[place[stored]]).all(axis=1)
    changed = int(stored.sum() - same.sum())
    return Unchanged(np.where(same, place, -1), changed, len(kept.ids) - int(stored.sum()))


def vector_digests(vectors: Vectors) -> NDArray[np.uint64]:
    """Return two 64-bit digests of each row's bits, (n_samples, 2).

    With w the row's 32-bit words and r random 64-bit numbers, r₀ + Σ rᵢ wᵢ mod 2⁶⁴: two different rows agree
    in both with a chance of 2⁻⁶⁴ (multilinear hashing: Carter and Wegman 1979).
    """
    words = np.ascontiguousarray(vectors).view(np.uint32)
    n, n_words = words.shape
    factors = np.random.default_rng(_SEED).integers(0, 2**64, size=(n_words + 1, 2), dtype=np.uint64)
    digests = np.empty((n, 2), np.uint64)
    first, second = np.ascontiguousarray(factors[1:].T)
    step = max(1, _CHUNK // n_words)
    wide = np.empty((min(step, n), n_words), np.uint64)
    for start in range(0, n, step):
        block = wide[: min(step, n - start)]
        block[...] = words[start : start + step]
        np.einsum("ij,j->i", block, first, out=digests[start : start + step, 0])
        np.einsum("ij,j->i", block, second, out=digests[start : start + step, 1])
    digests += factors[0]
    return digests
