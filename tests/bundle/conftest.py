from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from terrella.bundle import MapContent, Projection
from terrella.neighbors import KNNGraph
from terrella.sources import Roles


def _graph(layout: np.ndarray, k: int) -> KNNGraph:
    squared = ((layout[:, None] - layout[None]) ** 2).sum(axis=2)
    np.fill_diagonal(squared, np.inf)
    indices = np.argsort(squared, axis=1, kind="stable")[:, :k]
    return KNNGraph(indices, np.sqrt(np.take_along_axis(squared, indices, axis=1)), metric="euclidean")


@pytest.fixture
def make_content() -> Callable[..., MapContent]:
    def make(count: int = 50, *, seed: int = 0, **changes: Any) -> MapContent:
        random = np.random.default_rng(seed)
        layout = random.normal(size=(count, 2)).astype(np.float32)
        records = pa.table(
            {
                "id": [f"item {row}" for row in range(count)],
                "label": pa.array([None if row % 7 == 3 else f"class {row % 3}" for row in range(count)]),
                "text": [f"Grüße {row} 🐙\nline" for row in range(count)],
                "size": random.random(count),
            }
        )
        parts: dict[str, Any] = {
            "name": "things",
            "title": "Things",
            "description": "",
            "records": records,
            "roles": Roles("id", label="label", text="text"),
            "projections": [
                Projection("umap", "UMAP", "umap", layout, {"min_dist": 0.1}, 0, 1.5),
                Projection("pca", "PCA", "pca", layout[:, ::-1] * 3),
            ],
            "graph": _graph(layout, min(4, count - 1)) if count > 1 else None,
        }
        return MapContent(**{**parts, **changes})

    return make
