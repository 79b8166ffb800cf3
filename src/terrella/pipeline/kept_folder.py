"""Where a dataset keeps what its encoders made, also while another takes its place.

A dataset that is imported anew is made beside the older one, and a kill removes it with all it holds. So
until it is whole it keeps what it encodes with the older one, from where it then takes it over.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["keep_with", "kept_folder", "take_kept"]

ENCODED = "encoded"
_ELSEWHERE = "encoded-elsewhere"
"""In the cache of a dataset that is not whole yet: a file that says which folder is used instead."""


def kept_folder(dataset: StoredDataset) -> Path:
    """Return the folder for `KeptVectors`."""
    elsewhere = dataset.cache_folder / _ELSEWHERE
    if elsewhere.is_file():
        return Path(elsewhere.read_text())
    return dataset.cache_folder / ENCODED


def keep_with(dataset: StoredDataset, older: StoredDataset) -> None:
    """Let `dataset`, which will take the place of `older`, keep what it encodes there."""
    dataset.cache_folder.mkdir(parents=True, exist_ok=True)
    (dataset.cache_folder / _ELSEWHERE).write_text(str(older.cache_folder / ENCODED))


def take_kept(dataset: StoredDataset, older: StoredDataset) -> None:
    """Move what is kept from `older` to `dataset`, which is whole now."""
    with suppress(OSError):  # it costs time when it is missing, not this run's result
        (dataset.cache_folder / _ELSEWHERE).unlink(missing_ok=True)
        if (older.cache_folder / ENCODED).is_dir():
            (older.cache_folder / ENCODED).rename(dataset.cache_folder / ENCODED)
