"""Whether a dataset's maps show what is stored now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..bundle import map_address
from ..errors import TerrellaError
from .jobs import Jobs
from .maps import Maps
from .stored_schemas import DatasetMap

if TYPE_CHECKING:
    from ..store import StoredDataset
    from .maps import OpenMap

__all__ = ["MapStates"]

_HARMLESS = frozenset({"vectors", "prune"})
"""Writes that change nothing a map shows."""


class MapStates:
    """The maps of any dataset, with the jobs that make them again."""

    def __init__(self, maps: Maps, jobs: Jobs) -> None:
        self._maps = maps
        self._jobs = jobs

    def of(self, dataset: StoredDataset) -> list[DatasetMap]:
        """Return the state of each map of `dataset`, "main" first."""
        from ..pipeline import map_names

        return [self._of(dataset, name) for name in map_names(dataset)]

    def _of(self, dataset: StoredDataset, name: str) -> DatasetMap:
        address = map_address(dataset.name, name)
        job = self._jobs.open_for(address)
        count, current, problem = 0, False, None
        try:
            shown = self._maps.written(address)
            count, current = shown.bundle.count, _is_current(shown, dataset)
        except TerrellaError as error:
            problem = str(error)
        url = job.url if job else None
        return DatasetMap(name=name, address=address, count=count, current=current, job=url, problem=problem)


def _is_current(shown: OpenMap, dataset: StoredDataset) -> bool:
    made = shown.bundle.manifest.get("made")
    if made is None or shown.bundle.count != dataset.count:
        return False
    if made["version"] == dataset.version:
        return True
    since = [one for one in dataset.versions() if one.version > made["version"]]
    known = bool(since) and since[0].version == made["version"] + 1
    return known and all(one.action in _HARMLESS for one in since)
