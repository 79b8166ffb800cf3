"""A function as an encoder: texts or pictures in, one vector each out."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Callable, Sequence
from types import CodeType, FunctionType
from typing import Any

from ..errors import InputError, TerrellaError
from ..typing import Parameters, Vectors
from .checked import rows_named
from .contract import IMAGE, TEXT, Encoder

__all__ = ["FunctionEncoder"]

_SHOWN = 60
_PLAIN = (str, bytes, int, float, bool, complex, type(None))


class FunctionEncoder(Encoder):
    """Encodes with `function`, called with a list of texts, or of RGB pictures (`PIL.Image`).

    It returns (n, n_features): an array, a tensor or a list of lists. What it raises becomes an InputError
    that names the row. `revision` tells versions of a function apart that look the same from outside.
    """

    batch = 64

    def __init__(
        self, function: Callable[[list[Any]], Any], name: str | None = None, revision: str | None = None
    ) -> None:
        label = _label(function)
        super().__init__(name or label.rpartition(".")[2].strip("<>"), frozenset({TEXT, IMAGE}))
        self._function = function
        self._label = label
        self._revision = revision

    @property
    def identity(self) -> str:
        """The function's name, code and plain settings; what else it reads can't be seen from outside."""
        digest = hashlib.blake2b(digest_size=8)
        _hash_function(digest, self._function)
        return f"function {self._label} {digest.hexdigest()} {self._revision or ''}".strip()

    @property
    def metadata(self) -> Parameters:
        """The function's name, and how to find it again in this process."""
        return {
            "encoder": f"the function {self._label}",
            "kind": "function",
            "model": self.identity,
            "revision": self._revision,
        }

    def _texts(self, texts: Sequence[str]) -> Any:
        return self._function(list(texts))

    def _pictures(self, pictures: Sequence[Any]) -> Any:
        return self._function(list(pictures))

    def _run(self, encode: Callable[[Any], Any], items: Sequence[Any], rows: Sequence[int] | None) -> Vectors:
        named = rows_named(items, rows)
        try:
            return super()._run(encode, items, named)
        except TerrellaError:
            raise
        except Exception as error:
            place, cause = self._first_failing(encode, items, error)
            raise InputError(
                f"{self._label} failed {_where(named, place, items)}: {_in_one_line(cause)}. "
                "Repair the function or leave that item out; what was encoded before is kept."
            ) from cause

    @staticmethod
    def _first_failing(
        encode: Callable[[Any], Any], items: Sequence[Any], error: Exception
    ) -> tuple[int | None, Exception]:
        """Return which of `items` fails by itself, and how; None and `error` where none does."""
        if len(items) == 1:
            return 0, error
        for place, item in enumerate(items):
            try:
                encode([item])
            except Exception as alone:
                return place, alone
        return None, error


def _label(function: Any) -> str:
    if isinstance(function, functools.partial):
        return _label(function.func)
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}".replace(".<locals>", "")


def _where(rows: Sequence[int], place: int | None, items: Sequence[Any]) -> str:
    if place is None:
        return f"on the {len(rows)} rows from {rows[0]} to {rows[-1]} together, and on none of them alone"
    item = items[place]
    shown = f" ({item[:_SHOWN]!r}{'…' if len(item) > _SHOWN else ''})" if isinstance(item, str) else ""
    return f"on row {rows[place]}{shown}"


def _in_one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}".rstrip(": .") if text else type(error).__name__


def _hash_function(digest: Any, function: Any) -> None:
    """Feed what can be seen of a function to `digest`: its code, defaults, settings and enclosed values."""
    if isinstance(function, functools.partial):
        _hash_value(digest, [function.args, sorted(function.keywords.items())])
        function = function.func
    plain = getattr(function, "__func__", function)
    if not isinstance(plain, FunctionType):
        plain = vars(type(function)).get("__call__")  # an object that can be called
        _hash_value(digest, getattr(function, "__dict__", {}))
    if not isinstance(plain, FunctionType):
        return
    digest.update(repr(sys.version_info[:2]).encode())
    _hash_code(digest, plain.__code__)
    cells = [cell.cell_contents for cell in plain.__closure__ or () if _is_filled(cell)]
    _hash_value(digest, [plain.__defaults__, plain.__kwdefaults__, cells])


def _hash_code(digest: Any, code: CodeType) -> None:
    digest.update(code.co_code)
    _hash_value(digest, [code.co_names, code.co_consts])


def _hash_value(digest: Any, value: Any) -> None:
    """Feed plain values as they are, and of all others only the type."""
    if isinstance(value, CodeType):
        _hash_code(digest, value)
    elif isinstance(value, FunctionType):
        _hash_code(digest, value.__code__)
    elif isinstance(value, list | tuple):
        digest.update(b"[")
        for part in value:
            _hash_value(digest, part)
        digest.update(b"]")
    elif isinstance(value, dict):
        _hash_value(digest, sorted((str(key), part) for key, part in value.items()))
    elif isinstance(value, _PLAIN):
        digest.update(f"{type(value).__name__} {value!r};".encode())
    else:
        digest.update(f"{type(value).__module__}.{type(value).__qualname__};".encode())


def _is_filled(cell: Any) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True
