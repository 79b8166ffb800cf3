from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from terrella.sql import SqlSession

COUNT = 1_000


@pytest.fixture(scope="session")
def table() -> pa.Table:
    numbers = np.arange(COUNT)
    return pa.table(
        {
            "id": [f"i{number}" for number in numbers],
            "label": [None if number % 10 == 9 else "abc"[number % 3] for number in numbers],
            "number": numbers,
            "odd name": numbers % 2 == 1,
            "when": pa.array(numbers * 86_400_000_000, pa.timestamp("us", "UTC")),
            "words": [["x", "y"][: number % 3] for number in numbers],
        }
    )


@pytest.fixture(scope="session")
def session(table: pa.Table) -> Iterator[SqlSession]:
    session = SqlSession(table, memory=256 << 20)
    yield session
    session.close()
