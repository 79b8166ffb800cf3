"""The selection language: JSON in, conditions out, the same in Python, over HTTP and in the viewer.

    {"all": [{"range": {"field": "price", "min": 3}}, {"not": {"tag": "checked"}}]}

docs/search.md describes every form. What is not understood is refused with the place where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..validation import nearest_name
from .conditions import (
    AllOf,
    AnyOf,
    Condition,
    InCluster,
    InLasso,
    InRange,
    InTopic,
    NearTo,
    Not,
    OneOf,
    Tagged,
    TextMatch,
    WithId,
)

__all__ = ["MOST_FOUND", "TEXT_MODES", "parse_selection"]

TEXT_MODES = ("substring", "words", "regex")
MOST_FOUND = 10_000
"""Most items that a search by nearness gives."""

_DEEPEST = 32
_MOST_PARTS = 1_000
_MOST_POINTS = 10_000
_MOST_VALUES = 1_000_000
_MOST_LETTERS = 10_000
_MOST_NUMBERS = 65_536
_LONG = 60


def parse_selection(asked: Any) -> Condition:
    """Return the condition that a selection's JSON describes; None selects everything.

    Raises ParameterError, naming the place, for what is no selection, or one of more than 1,000 parts or 32
    levels.
    """
    if asked is None:
        return AllOf(())
    return _Parser().condition(asked, "selection", 1)


class _Parser:
    """Counts the parts of one selection while it reads them."""

    def __init__(self) -> None:
        self._parts = 0

    def condition(self, asked: Any, place: str, depth: int) -> Condition:
        """Return the condition at `place`."""
        self._parts += 1
        if self._parts > _MOST_PARTS or depth > _DEEPEST:
            raise ParameterError(
                f"{place} has more than {_MOST_PARTS} parts or {_DEEPEST} levels. "
                "Use one values or ids condition for many alternatives."
            )
        if not isinstance(asked, Mapping) or len(asked) != 1:
            raise _refused(place, asked, f"an object with one of {', '.join(_KINDS)}")
        ((kind, inner),) = asked.items()
        if kind not in _KINDS:
            nearest = nearest_name(str(kind), _KINDS)
            hint = f" Did you mean {nearest!r}?" if nearest else ""
            raise ParameterError(
                f"{place} has no condition {str(kind)[:_LONG]!r}; there are {', '.join(_KINDS)}.{hint}"
            )
        place = f"{place}.{kind}"
        if kind == "not":
            return Not(self.condition(inner, place, depth + 1))
        if kind in _JOINED:
            if not isinstance(inner, list | tuple):
                raise _refused(place, inner, "a list of conditions")
            parts = enumerate(inner)
            return _JOINED[kind](tuple(self.condition(part, f"{place}[{k}]", depth + 1) for k, part in parts))
        return _LEAVES[kind](inner, place)


def _search(asked: Any, place: str) -> TextMatch:
    given = _fields(asked, place, {"text"}, {"fields", "mode"})
    mode = given.get("mode", TEXT_MODES[0])
    if mode not in TEXT_MODES:
        raise _refused(f"{place}.mode", mode, f"one of {', '.join(TEXT_MODES)}")
    fields = given.get("fields")
    if fields is not None:
        fields = tuple(_text(name, f"{place}.fields") for name in _list(fields, f"{place}.fields"))
    return TextMatch(_text(given["text"], f"{place}.text"), mode, fields)


def _vector_search(asked: Any, place: str) -> NearTo:
    given = _fields(asked, place, set(), {"text", "item", "vector", "k", "max_distance"})
    questions = [name for name in ("text", "item", "vector") if given.get(name) is not None]
    bounds = [name for name in ("k", "max_distance") if given.get(name) is not None]
    if len(questions) != 1 or len(bounds) != 1:
        raise _refused(place, asked, "one of text, item, vector with one of k, max_distance")
    found: dict[str, Any] = {}
    if "text" in questions:
        found["text"] = _text(given["text"], f"{place}.text")
    elif "item" in questions:
        found["item"] = _value(given["item"], f"{place}.item")
    else:
        found["vector"] = _numbers(given["vector"], f"{place}.vector")
    if "k" in bounds:
        found["k"] = _whole(given["k"], f"{place}.k", 1, MOST_FOUND)
    else:
        found["max_distance"] = _number(given["max_distance"], f"{place}.max_distance")
    return NearTo(**found)


def _range(asked: Any, place: str) -> InRange:
    given = _fields(asked, place, {"field"}, {"min", "max", "missing"})
    low, high = given.get("min"), given.get("max")
    for name, bound in (("min", low), ("max", high)):
        if isinstance(bound, bool) or (isinstance(bound, float) and math.isnan(bound)):
            raise _refused(f"{place}.{name}", bound, "a number, a time or null")
    return InRange(_text(given["field"], f"{place}.field"), low, high, _flag(given, place))


def _values(asked: Any, place: str) -> OneOf:
    given = _fields(asked, place, {"field"}, {"in", "missing"})
    if "in" not in given and "missing" not in given:
        raise _refused(place, asked, "in, missing or both")
    values = _list(given.get("in", []), f"{place}.in")
    return OneOf(
        _text(given["field"], f"{place}.field"),
        tuple(_value(value, f"{place}.in") for value in values),
        _flag(given, place),
    )


def _lasso(asked: Any, place: str) -> InLasso:
    given = _fields(asked, place, {"polygon"}, {"projection"})
    projection = given.get("projection")
    if projection is not None:
        projection = _text(projection, f"{place}.projection")
    try:
        polygon = np.asarray(given["polygon"], dtype=np.float64)
    except (TypeError, ValueError):
        polygon = np.empty(0)
    fits = polygon.ndim == 2 and polygon.shape[1:] == (2,) and 3 <= len(polygon) <= _MOST_POINTS
    if not fits or not np.isfinite(polygon).all():
        wanted = f"a list of 3 to {_MOST_POINTS:,} points [x, y] of finite numbers"
        raise _refused(f"{place}.polygon", given["polygon"], wanted)
    return InLasso(projection, polygon)


def _tag(asked: Any, place: str) -> Tagged:
    return Tagged(_text(asked, place))


def _topic(asked: Any, place: str) -> InTopic:
    given = _fields(asked, place, {"depth"}, {"name", "id"})
    depth = _whole(given["depth"], f"{place}.depth", 1, _DEEPEST)
    name, number = given.get("name"), given.get("id")
    if (name is None) == (number is None):
        raise _refused(place, asked, "one of name and id beside the depth")
    if name is not None:
        return InTopic(depth, name=_text(name, f"{place}.name"))
    return InTopic(depth, id=_whole(number, f"{place}.id", -1, 2**31 - 1))


def _cluster(asked: Any, place: str) -> InCluster:
    return InCluster(_whole(asked, place, 0, 2**31 - 1))


def _ids(asked: Any, place: str) -> WithId:
    return WithId(tuple(_value(one, place) for one in _list(asked, place)))


_JOINED: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {"all": AllOf, "any": AnyOf}
_LEAVES: dict[str, Callable[[Any, str], Condition]] = {
    "search": _search,
    "vector_search": _vector_search,
    "range": _range,
    "values": _values,
    "lasso": _lasso,
    "tag": _tag,
    "topic": _topic,
    "cluster": _cluster,
    "ids": _ids,
}
_KINDS = (*_JOINED, "not", *_LEAVES)


def _fields(asked: Any, place: str, needed: set[str], allowed: set[str]) -> Mapping[str, Any]:
    """Return an object that has all of `needed` and nothing beside them and `allowed`."""
    known = sorted(needed | allowed)
    if not isinstance(asked, Mapping) or not needed <= asked.keys():
        raise _refused(place, asked, f"an object with {', '.join(sorted(needed) or known)}")
    for name in asked:
        if name not in known:
            nearest = nearest_name(str(name), known)
            hint = f" Did you mean {nearest!r}?" if nearest else ""
            raise ParameterError(f"{place} has no {str(name)[:_LONG]!r}; it takes {', '.join(known)}.{hint}")
    return asked


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= _MOST_LETTERS or not _is_unicode(value):
        raise _refused(place, value, f"a text of 1 to {_MOST_LETTERS:,} characters")
    return value


def _is_unicode(text: str) -> bool:
    """Whether a text has no half of a surrogate pair, which no column can hold."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _list(value: Any, place: str) -> list[Any]:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        raise _refused(place, value, "a list")
    found = list(value)
    if len(found) > _MOST_VALUES:
        raise _refused(place, f"{len(found):,} entries", f"at most {_MOST_VALUES:,}")
    return found


def _value(value: Any, place: str) -> Any:
    """Return a value that a field may hold; numpy's become Python's."""
    if isinstance(value, np.generic):
        value = value.item()
    odd = isinstance(value, str) and not _is_unicode(value)
    if odd or value is None or isinstance(value, Mapping | list | tuple | set):
        raise _refused(place, value, "a text, a number, a time or true or false")
    return value


def _number(value: Any, place: str) -> float:
    if not isinstance(value, int | float | np.number) or isinstance(value, bool) or not math.isfinite(value):
        raise _refused(place, value, "a finite number")
    return float(value)


def _whole(value: Any, place: str, least: int, most: int) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        raise _refused(place, value, f"a whole number from {least} to {most:,}")
    return int(value)


def _numbers(value: Any, place: str) -> NDArray[np.float32]:
    try:
        vector = np.asarray(value, dtype=np.float32)
    except (TypeError, ValueError, OverflowError):
        vector = np.empty(0, np.float32)
    if vector.ndim != 1 or not 1 <= len(vector) <= _MOST_NUMBERS or not np.isfinite(vector).all():
        raise _refused(place, value, f"a list of 1 to {_MOST_NUMBERS:,} finite numbers")
    return vector


def _flag(given: Mapping[str, Any], place: str) -> bool:
    value = given.get("missing", False)
    if not isinstance(value, bool):
        raise _refused(f"{place}.missing", value, "true or false")
    return value


def _refused(place: str, value: Any, wanted: str) -> ParameterError:
    got = repr(value)
    got = got if len(got) <= _LONG else f"{got[:_LONG]}…"
    return ParameterError(f"{place} must be {wanted}; got {got}. docs/search.md shows every form.")
