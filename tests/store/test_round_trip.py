"""Whatever table goes in comes out: values, nulls, names and types, also after appends and upserts."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrella.sources import from_records
from terrella.store import Store

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
INTS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False)
DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1))
TIMES = st.datetimes(datetime.datetime(1800, 1, 1), datetime.datetime(2200, 1, 1))

SCALARS = [
    (pa.bool_(), st.booleans()),
    (pa.int64(), INTS),
    (pa.uint8(), st.integers(0, 255)),
    (pa.float64(), FLOATS),
    (pa.float32(), st.floats(allow_nan=False, width=32)),
    (pa.string(), TEXT),
    (pa.binary(), st.binary(max_size=8)),
    (pa.date32(), DAYS),
    (pa.timestamp("us"), TIMES),
    (pa.timestamp("us", "UTC"), TIMES.map(lambda time: time.replace(tzinfo=datetime.UTC))),
    (pa.time64("us"), st.times()),
    (pa.duration("us"), st.timedeltas(datetime.timedelta(-9999), datetime.timedelta(9999))),
]


def nested(kind_and_values):
    """Lists and structs of a type, and lists of structs of lists of it."""
    kind, values = kind_and_values
    maybe = st.none() | values
    struct = pa.struct([("a.b", kind), ("c", pa.list_(kind))])
    records = st.fixed_dictionaries({"a.b": maybe, "c": st.none() | st.lists(maybe, max_size=3)})
    return st.sampled_from(
        [
            (kind, values),
            (pa.list_(kind), st.lists(maybe, max_size=3)),
            (struct, records),
            (pa.list_(struct), st.lists(st.none() | records, max_size=2)),
        ]
    )


ODD_NAMES = [
    "_rowid",
    "_row",
    "a.b",
    "a\0b",
    "`",
    "%2E",
    "*",
    "Name",
    "name",
    "vector",
    "_distance",
    "select",
]
NAMES = TEXT | st.sampled_from(ODD_NAMES)
COLUMNS = st.dictionaries(
    NAMES.filter(
        lambda name: name.strip() and name.strip() == name and name.lower() not in {"id", "_id", "uuid"}
    ),
    st.sampled_from(SCALARS).flatmap(nested),
    min_size=1,
    max_size=5,
)


@st.composite
def tables(draw, columns, ids):
    """A table of those columns and ids."""
    return pa.table(
        {
            "id": ids,
            **{
                name: pa.array(draw(st.lists(st.none() | values, min_size=len(ids), max_size=len(ids))), kind)
                for name, (kind, values) in columns.items()
            },
        }
    )


def stored(table: pa.Table) -> pa.Table:
    """The table as Items hold it; the columns that look like vectors or images are kept as fields here."""
    count = table.num_rows
    return from_records(
        table, vectors={"given": [[float(row)] for row in range(count)]}, images=[None] * count
    )


@QUICK
@given(st.data())
def test_what_goes_in_comes_out(data):
    columns = data.draw(COLUMNS)
    table = data.draw(tables(columns, data.draw(st.lists(INTS, min_size=1, max_size=6, unique=True))))
    with tempfile.TemporaryDirectory() as home:
        Store(Path(home)).create("x", stored(table))
        found = Store(Path(home)).open("x").records()
        assert found.schema.names == table.schema.names
        assert found.schema.types == table.schema.types
        assert found.to_pylist() == table.to_pylist()


@QUICK
@given(st.data())
def test_appends_and_upserts_are_those_of_a_dict(data):
    columns = data.draw(COLUMNS)
    ids = st.integers(0, 9)
    with tempfile.TemporaryDirectory() as home:
        first = data.draw(tables(columns, data.draw(st.lists(ids, min_size=1, max_size=6, unique=True))))
        dataset = Store(Path(home)).create("x", stored(first))
        model = {row["id"]: row for row in first.to_pylist()}
        for _ in range(data.draw(st.integers(1, 3))):
            batch = data.draw(tables(columns, data.draw(st.lists(ids, min_size=1, max_size=4, unique=True))))
            fresh = not any(row["id"] in model for row in batch.to_pylist())
            (dataset.append if fresh else dataset.upsert)(stored(batch))
            model.update({row["id"]: row for row in batch.to_pylist()})
        assert Store(Path(home)).open("x").records().to_pylist() == list(model.values())
        rows = data.draw(st.lists(st.integers(0, len(model) - 1), max_size=5))
        assert dataset.records(rows=rows).to_pylist() == [list(model.values())[row] for row in rows]
