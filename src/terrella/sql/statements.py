"""What is let through: one SELECT that reads `data` and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

__all__ = ["FUNCTIONS", "RefusedError", "check_statement"]

FUNCTIONS = (
    "duckdb_functions",
    "generate_series",
    "generate_subscripts",
    "histogram",
    "histogram_values",
    "json_each",
    "json_tree",
    "range",
    "repeat",
    "repeat_row",
    "unnest",
)
"""Functions that may stand in FROM. Others read files, settings or, by their address, memory."""


class RefusedError(ValueError):
    """A statement that is not let through; its message says why, and what is."""


def check_statement(engine: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise RefusedError unless `query` is a single SELECT over what it may read.

    DuckDB's own parser decides, so that nothing hides in quotes or comments. Raises its ParserException for
    what is no SQL.
    """
    statements = engine.extract_statements(query)
    if len(statements) != 1:
        what = f"{len(statements)} statements" if statements else "none"
        raise RefusedError(f"a query is one SELECT statement; got {what}. Ask one at a time.")
    kind = statements[0].type.name
    if kind != "SELECT":
        raise RefusedError(
            f"a query only reads: it is a SELECT, or a WITH that ends in one; got {kind}. "
            "Change items with add, update and remove."
        )
    for function in _table_functions(_tree(engine, statements[0].query)):
        if function not in FUNCTIONS:
            raise RefusedError(
                f"the function {function!r} may not stand in FROM; a query reads data alone. "
                f"Those that may are {', '.join(FUNCTIONS)}."
            )


def _tree(engine: duckdb.DuckDBPyConnection, query: str) -> Any:
    rows = engine.execute("select json_serialize_sql(?)", [query]).fetchall()
    tree: dict[str, Any] = json.loads(rows[0][0])
    if tree.get("error"):
        raise RefusedError(
            "a query is a SELECT, or a WITH that ends in one; this one is of another kind. Begin it so."
        )
    return tree


def _table_functions(tree: Any) -> Iterator[str]:
    """Yield the names of the functions in any FROM of a parsed statement, however deep."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("type") == "TABLE_FUNCTION":
                yield str(node["function"]["function_name"]).lower()
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
