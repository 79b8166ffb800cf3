from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from terrella.errors import NotFiniteError, ShapeError, SourceError, UnknownColumnError
from terrella.sources import from_records, open_source

EYE = np.eye(3, 4)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(EYE.tolist()),
        pa.array(EYE.tolist(), pa.large_list(pa.float32())),
        pa.array(EYE.tolist(), pa.list_(pa.float64(), 4)),
        pa.array(EYE.astype(int).tolist(), pa.list_(pa.int8())),
        pa.array([json.dumps(row) for row in EYE.tolist()]),
        pa.chunked_array([pa.array(EYE[:1].tolist()), pa.array(EYE[1:].tolist())]),
        pa.array([[9.0] * 4, *EYE.tolist()]).slice(1),
    ],
)
def test_a_column_becomes_vectors_and_leaves_the_fields(column):
    items = from_records(pa.table({"name": ["a", "b", "c"], "clip": column}), vectors="clip")
    assert items.vectors["clip"].dtype == np.float32
    assert items.vectors["clip"].flags.c_contiguous
    np.testing.assert_array_equal(items.vectors["clip"], EYE)
    assert items.records.column_names == ["id", "name"]


@pytest.mark.parametrize("name", ["vector", "Embedding", "_embeddings"])
def test_a_column_named_for_vectors_is_found(name):
    assert list(from_records(pa.table({name: EYE.tolist()})).vectors) == [name]


def test_a_fixed_size_list_of_floats_is_found():
    table = pa.table({"z": pa.array(EYE.tolist(), pa.list_(pa.float32(), 4))})
    assert list(from_records(table).vectors) == ["z"]


def test_other_lists_stay_fields():
    table = pa.table({"tags": [["a"], ["b"]], "scores": [[1.0], [2.0, 3.0]], "vector": [["x"], ["y"]]})
    items = from_records(table)
    assert items.vectors == {}
    assert items.records.column_names == ["id", "tags", "scores", "vector"]


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        (
            [[1.0, 2.0], [3.0, 4.0], [5.0]],
            ShapeError,
            r"different lengths: 2 numbers in row 0, 1 in row 2\. Give",
        ),
        ([[1.0, 2.0], None, [3.0, 4.0]], ShapeError, r"has no vector in row 1"),
        ([[1.0, 2.0], [3.0, None], [3.0, 4.0]], NotFiniteError, r"the vector in row 1 holds a null"),
        ([[1.0, 2.0], [3.0, float("nan")], [3.0, 4.0]], NotFiniteError, r"row 1, column 1 holds nan"),
        ([[1.0, 2.0], [3.0, 4.0], [float("inf"), 4.0]], NotFiniteError, r"row 2, column 0 holds inf"),
        ([["a"], ["b"], ["c"]], ShapeError, r"holds lists of string; vectors are lists of numbers"),
        (pa.array([[], [], []], pa.list_(pa.float32())), ShapeError, r"at least one feature"),
        ([1, 2, 3], ShapeError, r"holds int64, not vectors"),
        (["[1, 2]", "[3, 4]", "x"], ShapeError, r"holds text, not vectors: 'x' in row 2"),
        (["[1, 2]", "[3]", "[4, 5]"], ShapeError, r"2 numbers in row 0, 1 in row 1"),
        (["[1]", None, "[4]"], ShapeError, r"has no vector in row 1"),
    ],
)
def test_columns_that_are_no_vectors(values, error, message):
    with pytest.raises(error, match=r"records: column 'v'.* " + message):
        from_records(pa.table({"v": values}), vectors="v")


def test_a_file_beside_the_table(tmp_path):
    parquet.write_table(pa.table({"name": ["a", "b", "c"]}), tmp_path / "t.parquet")
    np.save(tmp_path / "clip.npy", EYE)
    for vectors in ("clip.npy", str(tmp_path / "clip.npy")):
        assert list(open_source(tmp_path / "t.parquet", vectors=vectors).vectors) == ["clip"]
    np.save(tmp_path / "clip.npy", EYE[:2])
    with pytest.raises(ShapeError, match=r"clip.npy has 2 rows; .*t.parquet has 3 items"):
        open_source(tmp_path / "t.parquet", vectors="clip.npy")
    with pytest.raises(SourceError, match=r"other.npy does not exist, neither here nor in"):
        open_source(tmp_path / "t.parquet", vectors="other.npy")
    with pytest.raises(UnknownColumnError, match=r"Did you mean 'name'\?"):
        open_source(tmp_path / "t.parquet", vectors="nam")
    np.savez(tmp_path / "many.npz", a=EYE)
    with pytest.raises(SourceError, match="holds several arrays"):
        open_source(tmp_path / "t.parquet", vectors="many.npz")


def test_vectors_in_csv(tmp_path):
    (tmp_path / "a.csv").write_text('name,v\na,"[1, 2.5]"\nb,"[3, 4]"\n')
    assert open_source(tmp_path / "a.csv", vectors="v").vectors["v"].tolist() == [[1, 2.5], [3, 4]]
