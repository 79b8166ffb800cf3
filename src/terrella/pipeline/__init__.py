"""From a source to a finished map: the only place where store and numerics meet.

    load ─▶ vectors ─▶ neighbours ─▶ layout ─▶ topics ─▶ sprites ─▶ write

Every stage takes arrays, says how far it is, and keeps its result in the dataset's cache under a hash of its
inputs, so that what did not change is not computed again and an interrupted run goes on where it stopped.
"""

from __future__ import annotations

from .ask import abilities, column_takes, encoder_of, vector_of_image, vector_of_text
from .describe import describe_rows
from .embed import embed, embedded
from .importing import import_and_map
from .make import MadeMap, make_map
from .maps import exact_layout, find_map, is_outdated, map_names, mapped_column, outdated_maps
from .renew import remove_items, renew_map, renew_outdated, restore_version
from .search import DatasetSearch, Question, VectorSearch, search_abilities
from .searches import find_search

__all__ = [
    "DatasetSearch",
    "MadeMap",
    "Question",
    "VectorSearch",
    "abilities",
    "column_takes",
    "describe_rows",
    "embed",
    "embedded",
    "encoder_of",
    "exact_layout",
    "find_map",
    "find_search",
    "import_and_map",
    "is_outdated",
    "make_map",
    "map_names",
    "mapped_column",
    "outdated_maps",
    "remove_items",
    "renew_map",
    "renew_outdated",
    "restore_version",
    "search_abilities",
    "vector_of_image",
    "vector_of_text",
]
