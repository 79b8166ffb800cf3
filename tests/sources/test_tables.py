from __future__ import annotations

import datetime
import json

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, feather, parquet

from terrella.errors import SourceError
from terrella.sources import open_source


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def test_a_real_csv_with_nulls_emoji_and_line_breaks(reviews):
    items = open_source(reviews)
    table = items.records
    assert table.num_rows == 1635
    assert (items.roles.id, items.roles.text) == ("id", "Detail Review")
    assert items.numbered
    assert items.name == "singapore-airlines-reviews"
    assert table.schema.field("Overall Rating").type == pa.int64()
    assert table["Inflight Entertainment Rating"].null_count > 0
    assert pa.types.is_integer(table.schema.field("Inflight Entertainment Rating").type)
    assert table["Trip Status"][0].as_py() == "✅ Trip Verified"
    assert any("\n" in text for text in table["Detail Review"].to_pylist())


def test_csv_types(tmp_path):
    path = write(
        tmp_path / "a.csv",
        "n,x,ok,day,at,name\n"
        "1,0.5,true,2025-03-01,2025-03-01T10:00:00+01:00,Ada\n"
        'NA,,false,,,"a, ""b""\nc 🎉"\n',
    )
    table = open_source(path).records
    assert table.drop_columns(["id"]).to_pylist() == [
        {
            "n": 1,
            "x": 0.5,
            "ok": True,
            "day": datetime.date(2025, 3, 1),
            "at": datetime.datetime(2025, 3, 1, 9, tzinfo=datetime.UTC),
            "name": "Ada",
        },
        {"n": None, "x": None, "ok": False, "day": None, "at": None, "name": 'a, "b"\nc 🎉'},
    ]
    assert str(table.schema.field("at").type.tz) == "UTC"


def test_a_type_that_changes_late(tmp_path):
    rows = "\n".join(["1"] * 200_000 + ["0.5"])
    assert open_source(write(tmp_path / "a.csv", f"x\n{rows}\n")).records["x"][-1].as_py() == 0.5


@pytest.mark.parametrize(
    ("name", "separator"), [("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.csv", "|")]
)
def test_separators(tmp_path, name, separator):
    path = write(tmp_path / name, f"\ufeffa{separator}b\n1{separator}x\n")
    assert open_source(path).records.select(["a", "b"]).to_pylist() == [{"a": 1, "b": "x"}]


def test_headings_that_are_empty_or_repeated(tmp_path):
    path = write(tmp_path / "a.csv", ",a,a,a (2)\n1,2,3,4\n")
    assert open_source(path).records.column_names == ["id", "column 1", "a", "a (2)", "a (2) (2)"]


def test_json_lines(tmp_path):
    rows = [
        {"id": "a", "n": 1, "tags": ["x", "y"], "where": {"lat": 1.5, "name": "Wien"}},
        {"id": "b", "tags": [], "where": None, "extra": "🎉\n"},
    ]
    path = write(tmp_path / "a.ndjson", "\n".join(map(json.dumps, rows)) + "\n")
    table = open_source(path).records
    assert table.to_pylist() == [
        {"id": "a", "n": 1, "tags": ["x", "y"], "where": {"lat": 1.5, "name": "Wien"}, "extra": None},
        {"id": "b", "n": None, "tags": [], "where": {"lat": None, "name": None}, "extra": "🎉\n"}
        if table["where"][1].is_valid
        else {"id": "b", "n": None, "tags": [], "where": None, "extra": "🎉\n"},
    ]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather", "stream.arrow", "PARQUET.PARQUET"])
def test_arrow_formats(tmp_path, name):
    table = pa.table(
        {
            "id": ["a", "b"],
            "when": pa.array([datetime.datetime(2025, 1, 1), None], pa.timestamp("us", "Europe/Vienna")),
            "list": [[1, None], None],
            "struct": [{"a": 1}, None],
            "kind": pa.array(["x", "y"]).dictionary_encode(),
            "big": pa.array(["x", None], pa.large_string()),
            "nothing": pa.nulls(2),
            "money": pa.array([1, 2]).cast(pa.decimal128(21, 2)),
        }
    )
    path = tmp_path / name
    if name == "stream.arrow":
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
            stream.write_table(table)
    elif "parquet" in name.lower():
        parquet.write_table(table, path)
    else:
        feather.write_feather(table, path)
    items = open_source(path)
    found = items.records
    assert found.to_pylist() == table.to_pylist()
    assert found.schema.field("when").type == pa.timestamp("us", "Europe/Vienna")
    assert [found.schema.field(name).type for name in ("kind", "big", "nothing")] == [pa.string()] * 3
    assert found.schema.field("money").type == pa.decimal128(21, 2)


def test_a_type_that_cannot_be_kept(tmp_path):
    feather_path = tmp_path / "a.arrow"
    feather.write_feather(pa.table({"id": [1], "gap": pa.array([{}], pa.struct([]))}), feather_path)
    with pytest.raises(SourceError, match=r"column 'gap' has the type struct<>, which can't be kept"):
        open_source(feather_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", r"a\.csv is not a readable csv file: Empty CSV file"),
        ("a.csv", b"a,b\n", r"a\.csv has no rows"),
        ("a.csv", b"a,b\n1,2\n1,2,3\n", r"is not a readable csv file: .*Expected 2 columns, got 3"),
        ("a.csv", b"a,b\n1,caf\xe9\n", r"is not UTF-8: byte 0xe9 at offset 9"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16"), r"is not UTF-8: byte 0xff at offset 0"),
        ("a.jsonl", b"", r"is not a readable jsonl file: Empty JSON file"),
        ("a.jsonl", b'{"a": 1}\n{"a": ', r"is not a readable jsonl file: JSON parse error"),
        (
            "a.jsonl",
            b'{"a": 1}\n{"a": "x"}\n',
            r"is not a readable jsonl file: .*changed from number to string",
        ),
        ("a.parquet", b"", r"is not a readable parquet file"),
        ("a.parquet", b"PAR1 nonsense PAR1", r"is not a readable parquet file"),
        ("a.arrow", b"", r"is not a readable arrow file"),
        ("a.arrow", b"ARROW1 nonsense", r"is not a readable arrow file"),
        ("a.feather", b"\x00\x01", r"is not a readable feather file"),
    ],
)
def test_what_cannot_be_read(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=message) as caught:
        open_source(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_truncated_parquet_file(tmp_path):
    parquet.write_table(pa.table({"a": np.arange(1000)}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(whole[:-100])
    with pytest.raises(SourceError, match="is not a readable parquet file"):
        open_source(tmp_path / "a.parquet")


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(SourceError, match=r"nowhere\.csv does not exist. Check the path"):
        open_source(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(("name", "said"), [("a.xlsx", r"\.xlsx"), ("README", "nothing")])
def test_an_unknown_ending(tmp_path, name, said):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SourceError, match=rf"ends in {said}, which is not read .* \.arrow, \.csv, .*\.tsv"):
        open_source(tmp_path / name)


def test_csv_comes_back_as_arrow_wrote_it(tmp_path):
    table = pa.table({"id": [1, 2, 3], "text": ["a\nb", 'say "x"', "ü,;"], "x": [0.1, None, 3.0]})
    csv.write_csv(table, tmp_path / "a.csv")
    assert open_source(tmp_path / "a.csv").records.to_pylist() == table.to_pylist()


def test_times_in_json_lines_keep_that_they_name_a_zone(tmp_path):
    rows = [
        {"at": None, "local": "2024-01-11T10:00:00", "utc": "2024-01-11T10:00:00Z"},
        {"at": "2024-01-11T10:00:00+02:00", "local": None, "utc": None},
    ]
    path = tmp_path / "times.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    table = open_source(path).records
    assert str(table.schema.field("at").type) == "timestamp[s, tz=UTC]"
    assert str(table.schema.field("utc").type) == "timestamp[s, tz=UTC]"
    assert str(table.schema.field("local").type) == "timestamp[s]"
    assert table["at"][1].as_py().isoformat() == "2024-01-11T08:00:00+00:00"


def test_lines_that_are_no_objects(tmp_path):
    path = tmp_path / "lists.jsonl"
    path.write_text("[1, 2]\n")
    with pytest.raises(SourceError, match=r'Each line is an object such as \{"id": 1\}\.'):
        open_source(path)
