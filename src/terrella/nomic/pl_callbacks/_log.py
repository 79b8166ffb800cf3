"""What a validation run logs: vectors and what is known of the items they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...errors import ShapeError
from ...typing import Vectors

__all__ = ["AtlasLightningContainer"]


class AtlasLightningContainer:
    """Collects batches; a module reaches it as `self.atlas` while an explorer watches its training."""

    def __init__(self) -> None:
        self.embeddings: list[Vectors] = []
        self.metadata: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return sum(map(len, self.embeddings))

    def log(self, embeddings: Any, metadata: Mapping[str, Any] | None = None) -> None:
        """Add a batch of vectors, a tensor (n, n_features), and for each key of `metadata` one value a row.

        Values are a tensor, an array or a list; a single one stands for a batch of one. Both are copied, so
        that nothing on the device is held. Raises ShapeError for another shape and for values that are more
        or fewer than the rows.
        """
        if getattr(embeddings, "ndim", None) != 2:
            shape = tuple(getattr(embeddings, "shape", ())) or type(embeddings).__name__
            raise ShapeError(
                f"embeddings must be a tensor (n, n_features); got {shape}. Flatten what follows n."
            )
        vectors = embeddings.detach().cpu().float().numpy().copy()
        before = len(self)
        columns = {name: _column(values) for name, values in (metadata or {}).items()}
        for name, values in columns.items():
            if len(values) != len(vectors):
                raise ShapeError(
                    f"metadata[{name!r}] has {len(values)} values; the batch has {len(vectors)} rows. "
                    "Log one value a row."
                )
        self.embeddings.append(vectors)
        for name in {**self.metadata, **columns}:
            known = self.metadata.setdefault(name, [None] * before)
            known.extend(columns.get(name, [None] * len(vectors)))

    def clear(self) -> None:
        """Forget all batches."""
        self.embeddings = []
        self.metadata = {}

    def vectors(self) -> Vectors:
        """Return all vectors, (n_samples, n_features)."""
        return np.concatenate(self.embeddings)


def _column(values: Any) -> list[Any]:
    """Return metadata as plain Python values."""
    if hasattr(values, "detach"):
        values = values.detach().cpu().numpy()
    if isinstance(values, np.ndarray):
        return list(values.reshape(-1).tolist())
    if isinstance(values, str | int | float) or not isinstance(values, Sequence):
        return [values]
    return [one.item() if hasattr(one, "item") else one for one in values]
