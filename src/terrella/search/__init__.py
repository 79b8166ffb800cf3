"""Search: arrays in, arrays out.

Rankings by words (`TextIndex`) and by vectors (`VectorIndex`), their fusion, and the selection language: JSON
that `parse_selection` reads into conditions, and `select_rows` asks of the rows.
"""

from __future__ import annotations

from .cells import MOST_INDEXED
from .conditions import Condition, InCluster, InTopic, NearTo
from .evaluate import Selectable, select_rows
from .found import Found
from .fuse import fuse
from .selection import MOST_FOUND, TEXT_MODES, parse_selection
from .summary import describe_column, describe_columns
from .text_index import TextIndex
from .vector_index import INDEX_FROM, SEARCH_METHODS, VectorIndex

__all__ = [
    "INDEX_FROM",
    "MOST_FOUND",
    "MOST_INDEXED",
    "SEARCH_METHODS",
    "TEXT_MODES",
    "Condition",
    "Found",
    "InCluster",
    "InTopic",
    "NearTo",
    "Selectable",
    "TextIndex",
    "VectorIndex",
    "describe_column",
    "describe_columns",
    "fuse",
    "parse_selection",
    "select_rows",
]
