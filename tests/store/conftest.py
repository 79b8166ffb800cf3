from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from terrella.sources import Items, from_records
from terrella.store import Store, StoredDataset

Content = dict[str, Any]


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "home")


def make_items(ids: Sequence[int], *, mark: str = "a", images: bool = True, vectors: bool = True) -> Items:
    """Items whose every value tells the id and `mark` it belongs to."""
    return from_records(
        {
            "id": list(ids),
            "label": [f"{mark}{number}" for number in ids],
            "size": [number / 2 for number in ids],
        },
        images=[f"{mark}{number}".encode() * 9 for number in ids] if images else None,
        vectors={"clip": np.array([[number, ord(mark)] for number in ids], dtype=np.float32)}
        if vectors
        else None,
        title=f"Set {mark}",
    )


@pytest.fixture
def items() -> Callable[..., Items]:
    return make_items


def read_content(dataset: StoredDataset) -> Content:
    """Everything that can be read of a dataset, for comparison."""
    rows = range(dataset.count)
    return {
        "count": dataset.count,
        "title": dataset.title,
        "records": dataset.records().to_pylist(),
        "vectors": {column: dataset.vectors(column).tolist() for column in dataset.vector_columns},
        "images": dataset.images(rows),
        "names": dataset.image_names(rows),
    }


@pytest.fixture
def content() -> Callable[[StoredDataset], Content]:
    return read_content
