"""Chosen items come as a Parquet file; what is no choice is refused."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import httpx
import numpy as np
import pyarrow.parquet as pq
import pytest

from terrella.bundle import read_bundle
from terrella.store import Store

COUNT = 200


def bits(items: list[int]) -> bytes:
    chosen = np.zeros(COUNT, np.uint8)
    chosen[items] = 1
    return np.packbits(chosen, bitorder="little").tobytes()


def test_the_chosen_items_with_all_their_fields(client: httpx.Client, home: Path) -> None:
    items = [0, 3, 8, 199]
    answer = client.post("/api/maps/blobs/export", content=bits(items))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert 'filename="blobs-selection.parquet"' in answer.headers["content-disposition"]
    table = pq.read_table(io.BytesIO(answer.content))
    dataset = Store(home).open("blobs")
    rows = sorted(read_bundle(dataset.map_folder()).order[items].tolist())
    stored = dataset.records(rows=rows)
    assert table.column("id").to_pylist() == stored.column("id").to_pylist()
    assert table.column("big").to_pylist() == stored.column("big").to_pylist()
    assert table.column("day").to_pylist() == stored.column("day").to_pylist()
    assert table.column_names == stored.column_names


def test_all_items_leave_no_file_behind(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = client.post("/api/maps/koln/export", content=b"\xff" * (COUNT // 8))
    assert pq.read_table(io.BytesIO(answer.content)).num_rows == COUNT
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (bytes(COUNT // 8), 400, "No item is chosen"),
        (b"\xff" * 24, 400, "24 bytes; the 200 items of 'blobs' need 25"),
        (b"\xff" * 26, 413, "larger than the 25 bytes"),
        (b"", 400, "0 bytes"),
    ],
)
def test_a_wrong_choice_is_refused(client: httpx.Client, body: bytes, status: int, says: str) -> None:
    answer = client.post("/api/maps/blobs/export", content=body)
    assert answer.status_code == status
    assert says in answer.json()["error"]
    assert answer.json()["hint"]


def test_a_map_that_is_not_there(client: httpx.Client) -> None:
    assert client.post("/api/maps/nowhere/export", content=b"\1").status_code == 404


def test_another_method_is_told_which_is_taken(client: httpx.Client) -> None:
    answer = client.get("/api/maps/blobs/export")
    assert answer.status_code == 405
    assert "POST" in answer.json()["hint"]


def test_a_foreign_page_may_not_export(client: httpx.Client) -> None:
    answer = client.post(
        "/api/maps/blobs/export", content=bits([1]), headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
