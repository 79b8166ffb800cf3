from __future__ import annotations

import pyarrow as pa
import pytest

from terrella.errors import DuplicateIdError, ParameterError, SourceError, UnknownColumnError
from terrella.sources import Roles, from_records, slug

LONG = ["a sentence that is long enough", "another one of much the same length"]


def roles(columns, **named):
    return from_records(pa.table(columns), **named).roles


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"x": [1, 2]}, Roles("id")),
        ({"id": [7, 8]}, Roles("id")),
        ({"ID": ["a", "b"]}, Roles("ID")),
        ({"uuid": ["a", "b"], "_id": [1, 2]}, Roles("_id")),
        ({"id": [0.5, 1.5]}, Roles("row")),
        ({"id": ["a", "b"], "Label": ["x", "y"]}, Roles("id", label="Label")),
        ({"category": [1, 2], "class": [True, False]}, Roles("id", label="class")),
        ({"label": [[1], [2]]}, Roles("id")),
        ({"short": ["a", "b"], "body": LONG}, Roles("id", text="body")),
        ({"body": LONG, "longer": [text * 2 for text in LONG]}, Roles("id", text="longer")),
        ({"label": LONG, "n": [1, 2]}, Roles("id", label="label")),
        ({"short": ["a", "b"]}, Roles("id")),
        ({"text": [None, None]}, Roles("id")),
        ({"link": ["example.org/a/long/address", "example.org/another/long/one"]}, Roles("id")),
        (
            {"body": ["とても温かいスープとパンが出てきました", "座席は狭くて硬くて足元も狭かったです"]},
            Roles("id", text="body"),
        ),
    ],
)
def test_guesses(columns, expected):
    assert roles(columns) == expected


def test_what_is_named_is_not_guessed():
    columns = {"id": [1, 1], "key": ["a", "b"], "label": ["x", "y"], "body": LONG, "kind": [1, 2]}
    assert roles(columns, id="key", label="kind", text="label") == Roles("key", label="kind", text="label")


def test_rows_without_ids_are_numbered():
    items = from_records(pa.table({"x": ["a", "b", "c"]}))
    assert items.records.to_pydict() == {"id": [0, 1, 2], "x": ["a", "b", "c"]}
    assert items.records.schema.field("id").type == pa.int64()
    assert items.numbered
    assert not from_records(pa.table({"id": [5, 6]})).numbered


@pytest.mark.parametrize(
    ("ids", "kind", "expected"),
    [
        (pa.array([1, 2], pa.uint8()), pa.int64(), [1, 2]),
        (pa.array([1.0, 2.0]), pa.int64(), [1, 2]),
        (pa.array([1.5, 2.0]), pa.string(), ["1.5", "2"]),
        (pa.array(["b", "a"]).dictionary_encode(), pa.string(), ["b", "a"]),
        (pa.array([2**63, 1], pa.uint64()), pa.string(), ["9223372036854775808", "1"]),
    ],
)
def test_ids_are_whole_numbers_or_text(ids, kind, expected):
    table = from_records(pa.table({"key": ids}), id="key").records
    assert table.schema.field("key").type == kind
    assert table["key"].to_pylist() == expected


@pytest.mark.parametrize("named", [{}, {"id": "id"}])
def test_a_duplicate_id(named):
    with pytest.raises(DuplicateIdError, match=r"id 'b' occurs twice in column 'id', in rows 1 and 3\. Make"):
        from_records(pa.table({"id": ["a", "b", "c", "b"]}), **named)


def test_a_missing_id():
    with pytest.raises(SourceError, match=r"row 1 has no id in column 'id'"):
        from_records(pa.table({"id": ["a", None]}))


def test_an_id_that_is_none():
    with pytest.raises(
        SourceError, match=r"column 'key' holds list<item: int64>; an id is a whole number or text"
    ):
        from_records(pa.table({"key": [[1], [2]]}), id="key")


@pytest.mark.parametrize("role", ["id", "label", "text", "image", "vectors"])
def test_an_unknown_column_names_the_nearest(role):
    with pytest.raises(
        UnknownColumnError, match=r"has no column 'titel'; it has name, title\. Did you mean 'title'\?"
    ):
        from_records(pa.table({"name": ["a"], "title": ["b"]}), source="films.csv", **{role: "titel"})


def test_a_text_that_is_none():
    with pytest.raises(SourceError, match=r"column 'n' holds int64, not text"):
        from_records(pa.table({"n": [1]}), text="n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MNIST", "mnist"),
        ("My Great_data  set!", "my-great-data-set"),
        ("org/Café Ünïted", "cafe-united"),
        ("--a--b--", "a-b"),
        ("a/b/", "b"),
        ("C:\\data\\Flowers", "flowers"),
        ("2025.01", "202501"),
    ],
)
def test_slugs(name, expected):
    assert slug(name) == expected
    assert slug(expected) == expected


@pytest.mark.parametrize("name", ["", "..", "日本", "/", "a/.."])
def test_a_name_without_letters(name):
    with pytest.raises(ParameterError, match="name must have a letter a-z or a digit; got"):
        slug(name)
    assert from_records([{"a": 1}], title=name).name == "items"
