"""The selection language: what it means, and what it refuses."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrella.errors import ParameterError, TerrellaError
from terrella.search import InTopic, NearTo, TextIndex, parse_selection, select_rows

TABLE = pa.table(
    {
        "id": ["a", "b", "c", "d", "e"],
        "price": [1.5, 2.0, None, float("nan"), 9.0],
        "stars": [1, 2, 3, 4, None],
        "text": ["Late plane", "the crew was KIND", "late again, plane gone", None, "Überflug"],
        "topics": [["crew"], ["crew", "food"], [], None, ["seat"]],
        "day": [dt.date(2024, 1, day) for day in range(1, 6)],
    }
)
LAYOUT = np.array([[0, 0], [1, 1], [2, 2], [3, 3], [np.nan, np.nan]], dtype=np.float32)


class Items:
    """Five items that answer from what stands above."""

    count = 5
    word_fields = ("text", "id")

    def values(self, field: str) -> pa.ChunkedArray:
        return TABLE[field]

    def words(self, field: str) -> TextIndex:
        return TextIndex.build(TABLE[field])

    def near(self, to: NearTo) -> np.ndarray:
        return np.arange(to.k or 1)

    def layout(self, projection: str | None) -> np.ndarray:
        return LAYOUT

    def tagged(self, name: str) -> np.ndarray:
        return np.array([1, 4])

    def in_topic(self, topic: InTopic) -> np.ndarray:
        return np.array([topic.depth])

    def in_cluster(self, id: int) -> np.ndarray:
        return np.array([id])

    def rows_of(self, ids: tuple[Any, ...]) -> np.ndarray:
        return np.flatnonzero(np.isin(TABLE["id"].to_numpy(), list(ids)))


def selected(selection: Any) -> str:
    marked = select_rows(parse_selection(selection), Items())
    assert marked.shape == (5,)
    return "".join(np.array(TABLE["id"])[marked])


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (None, "abcde"),
        ({"all": []}, "abcde"),
        ({"any": []}, ""),
        ({"range": {"field": "price", "min": 1.5, "max": 2}}, "ab"),
        ({"range": {"field": "price", "min": 2, "missing": True}}, "bcde"),
        ({"range": {"field": "stars", "min": 1.5}}, "bcd"),
        ({"range": {"field": "day", "min": "2024-01-02", "max": "2024-01-03T23:00"}}, "bc"),
        ({"values": {"field": "stars", "in": ["2", 4.0, "many"]}}, "bd"),
        ({"values": {"field": "topics", "in": ["food", "seat"]}}, "be"),
        ({"values": {"field": "text", "missing": True}}, "d"),
        ({"values": {"field": "day", "in": ["2024-01-05"]}}, "e"),
        ({"search": {"text": "LATE"}}, "ac"),
        ({"search": {"text": "überFLUG"}}, "e"),
        ({"search": {"text": "plane late", "mode": "words"}}, "ac"),
        ({"search": {"text": "uberflug", "mode": "words"}}, "e"),
        ({"search": {"text": "plan", "mode": "words"}}, ""),
        ({"search": {"text": "…", "mode": "words"}}, ""),
        ({"search": {"text": "^late", "mode": "regex", "fields": ["text"]}}, "c"),
        ({"search": {"text": "(?i)^late|kind$", "mode": "regex"}}, "abc"),
        ({"lasso": {"polygon": [[-1, -1], [2.5, -1], [2.5, 2.5], [-1, 2.5]]}}, "abc"),
        ({"tag": "checked"}, "be"),
        ({"topic": {"depth": 2, "name": "crew"}}, "c"),
        ({"cluster": 3}, "d"),
        ({"ids": ["c", "zz"]}, "c"),
        ({"vector_search": {"item": "a", "k": 2}}, "ab"),
        ({"not": {"tag": "checked"}}, "acd"),
        ({"all": [{"tag": "checked"}, {"not": {"ids": ["e"]}}]}, "b"),
        ({"any": [{"tag": "checked"}, {"cluster": 0}]}, "abe"),
    ],
)
def test_what_a_selection_marks(selection: Any, ids: str) -> None:
    assert selected(selection) == ids


LEAVES = st.sampled_from(
    [
        {"tag": "checked"},
        {"range": {"field": "stars", "max": 2}},
        {"search": {"text": "late"}},
        {"values": {"field": "price", "missing": True}},
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.fixed_dictionaries({"not": inner})
        | st.fixed_dictionaries({"all": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"any": st.lists(inner, max_size=3)})
    ),
    max_leaves=8,
)


@given(TREES, TREES)
def test_conditions_join_as_sets_do(one: Any, other: Any) -> None:
    everything = set("abcde")
    first, second = set(selected(one)), set(selected(other))
    assert set(selected({"all": [one, other]})) == first & second
    assert set(selected({"any": [one, other]})) == first | second
    assert set(selected({"not": one})) == everything - first
    de_morgan = {"not": {"any": [{"not": one}, {"not": other}]}}
    assert selected(de_morgan) == selected({"all": [one, other]})


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        ([], "selection must be an object with one of all"),
        ({}, "must be an object"),
        ({"tag": "x", "cluster": 1}, "must be an object with one"),
        ({"serch": {}}, "Did you mean 'search'"),
        ({"all": {"tag": "x"}}, "selection.all must be a list"),
        ({"any": [{"tag": "x"}, {"not": 3}]}, r"selection.any\[1\].not must be"),
        ({"search": {"text": ""}}, "selection.search.text must be a text of 1 to 10,000"),
        ({"search": {"text": "a", "mode": "fuzzy"}}, "one of substring, words, regex; got 'fuzzy'"),
        ({"search": {"text": "a", "field": ["x"]}}, "Did you mean 'fields'"),
        ({"search": {"text": "a", "fields": "x"}}, "must be a list"),
        ({"search": {"text": "(", "mode": "regex"}}, "no regular expression"),
        ({"range": {"min": 1}}, "an object with field"),
        ({"range": {"field": "price", "min": True}}, "a number, a time or null"),
        ({"range": {"field": "price", "min": "1"}}, "Write it as a number"),
        ({"range": {"field": "text", "min": 1}}, "has no range"),
        ({"range": {"field": "day", "min": 3}}, "ISO 8601"),
        ({"range": {"field": "day", "min": "today"}}, "ISO 8601"),
        ({"range": {"field": "price", "missing": 1}}, "true or false"),
        ({"values": {"field": "price"}}, "in, missing or both"),
        ({"values": {"field": "price", "in": [[1]]}}, "a text, a number"),
        ({"lasso": {"polygon": [[0, 0], [1, 1]]}}, "3 to 10,000 points"),
        ({"lasso": {"polygon": [[0, 0], [1, 1], [float("nan"), 0]]}}, "finite"),
        ({"lasso": {"polygon": "round"}}, "3 to 10,000 points"),
        ({"tag": 3}, "a text of 1"),
        ({"topic": {"depth": 1}}, "one of name and id"),
        ({"topic": {"depth": 0, "name": "x"}}, "from 1 to 32"),
        ({"cluster": -1}, "whole number from 0"),
        ({"cluster": True}, "whole number"),
        ({"ids": "a"}, "must be a list"),
        ({"vector_search": {"item": "a"}}, "one of text, item, vector with one of k, max_distance"),
        ({"vector_search": {"item": "a", "k": 20_000}}, "from 1 to 10,000"),
        ({"vector_search": {"vector": [1, "x"], "k": 1}}, "finite numbers"),
        ({"vector_search": {"vector": [1e999], "k": 1}}, "finite numbers"),
        ({"vector_search": {"item": "a", "max_distance": float("inf")}}, "a finite number"),
    ],
)
def test_what_is_no_selection_is_refused_with_its_place(selection: Any, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        selected(selection)


def test_a_selection_may_not_grow_without_end() -> None:
    deep: Any = {"tag": "x"}
    for _ in range(40):
        deep = {"not": deep}
    with pytest.raises(ParameterError, match="32 levels"):
        parse_selection(deep)
    with pytest.raises(ParameterError, match="1000 parts"):
        parse_selection({"any": [{"tag": "x"}] * 1_000})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KINDS = ("search", "vector_search", "range", "values", "lasso", "tag", "topic", "cluster", "ids", "all")
NAMES = ("text", "field", "in", "min", "max", "k", "item", "vector", "polygon", "depth", "id", "missing")


@given(
    st.sampled_from(KINDS),
    ANYTHING | st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=4),
)
def test_nothing_but_our_own_errors_escapes(kind: str, inner: Any) -> None:
    with contextlib.suppress(TerrellaError):
        parse_selection({kind: inner})
