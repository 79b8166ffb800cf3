"""Have maps made beside the answers: again as they were asked for, or new."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..bundle import check_map_name, map_address, split_address
from ..errors import NotFoundError
from .job_schemas import MapAsked
from .jobs import Job, Jobs, QueueFullError
from .maps import Maps
from .stored import open_dataset

if TYPE_CHECKING:
    from ..pipeline import MadeMap
    from ..progress import Progress
    from ..store import StoredDataset

__all__ = ["Renewals"]


class Renewals:
    """Starts the jobs that make the maps of one home."""

    def __init__(self, maps: Maps, jobs: Jobs) -> None:
        self._maps = maps
        self._jobs = jobs

    def renew(self, address: str, *, relayout: bool) -> Job:
        """Have the map at an address made again as it was asked for; raise NotFoundError for no such map."""
        self._maps.written(address)
        dataset, name = split_address(address) or (address, "")

        def work(progress: Progress) -> MadeMap:
            from ..pipeline import renew_map

            with self._maps.renewing(dataset):
                stored = open_dataset(self._maps.home, dataset)
                return renew_map(stored, name, relayout=relayout, wait=True, progress=progress)

        return self._jobs.start("renew", address, work)

    def make(self, dataset: str, asked: MapAsked) -> Job:
        """Have a map made; raise NotFoundError for no such dataset, InputError for what can't be made."""
        from ..pipeline import make_map
        from ..pipeline.make import check_enough
        from ..projections import PROJECTIONS, MapOptions, as_duplicate_options, as_options, as_topic_options

        stored = open_dataset(self._maps.home, dataset)
        check_map_name(asked.map)
        check_enough(stored.count, dataset)
        options = MapOptions(
            projections=as_options(asked.projections or PROJECTIONS),
            vectors=asked.vectors,
            field=asked.field,
            metric=asked.metric,
            random_state=asked.random_state,
            topics=as_topic_options(asked.topics),
            duplicates=as_duplicate_options(asked.duplicates),
            relayout=asked.relayout,
        )

        def work(progress: Progress) -> MadeMap:
            with self._maps.renewing(dataset):
                newest = open_dataset(self._maps.home, dataset)
                return make_map(newest, options, map_name=asked.map, wait=True, progress=progress)

        return self._jobs.start("make", map_address(dataset, asked.map), work)

    def follow(self, dataset: StoredDataset) -> None:
        """Have the maps made again that show items which are gone.

        Until then nobody is shown them: whoever asks waits, or makes the map again.
        """
        from ..pipeline import outdated_maps

        for name in outdated_maps(dataset):
            with suppress(QueueFullError):
                self._follow(dataset.name, name)

    def _follow(self, dataset: str, name: str) -> None:
        def work(progress: Progress) -> MadeMap | None:
            from ..pipeline import renew_outdated

            with self._maps.renewing(dataset), suppress(NotFoundError):
                stored = open_dataset(self._maps.home, dataset)
                made = renew_outdated(stored, only=name, wait=True, progress=progress)
                return made[0] if made else None
            return None

        self._jobs.start("renew", map_address(dataset, name), work, join=True)
