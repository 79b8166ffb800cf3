"""Which of a dataset's items a request is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..typing import Rows
from .given import ids_as_stored
from .given_schemas import Chosen, TagTaken

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["chosen_rows"]


def chosen_rows(dataset: StoredDataset, chosen: Chosen | TagTaken) -> Rows:
    """Return the rows of the items that are chosen; raise NotFoundError for an id that is not stored."""
    if chosen.ids is not None:
        return dataset.rows_of(ids_as_stored(dataset, chosen.ids))
    from ..pipeline import find_search

    return np.flatnonzero(find_search(dataset, map_folder=dataset.map_folder()).select(chosen.where))
