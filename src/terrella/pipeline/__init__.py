"""From a source to a finished map: the only place where store and numerics meet.

    load ─▶ vectors ─▶ neighbours ─▶ layout ─▶ sprites ─▶ write

Every stage takes arrays, says how far it is, and keeps its result in the dataset's cache under a hash of its
inputs, so that what did not change is not computed again and an interrupted run goes on where it stopped.
"""

from __future__ import annotations

from .ask import abilities, column_takes, encoder_of, vector_of_image, vector_of_text
from .embed import embed, embedded
from .make import MadeMap, import_and_map, make_map
from .search import VectorSearch, search_abilities

__all__ = [
    "MadeMap",
    "VectorSearch",
    "abilities",
    "column_takes",
    "embed",
    "embedded",
    "encoder_of",
    "import_and_map",
    "make_map",
    "search_abilities",
    "vector_of_image",
    "vector_of_text",
]
