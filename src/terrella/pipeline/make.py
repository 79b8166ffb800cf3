"""The stages of a map in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ShapeError
from ..progress import Progress, Silent, StageReport
from ..projections import MapOptions, PlannedProjection, plan_projections
from ..stage_cache import StageCache
from ..typing import Parameters
from .arrange import Arranged, arrange
from .earlier import Earlier
from .graph import FoundNeighbors, find_neighbors
from .indices import keep_index
from .judge import MapJudge, labels_of
from .kept import KeptMap, forget_older, kept_options, load_kept, save_kept
from .maps import is_outdated, kept_key, map_names
from .pictures import Drawing, drawing_sprites, name_unreadable
from .recipe import as_json
from .topics import find_duplicates, find_topics
from .unchanged import compare
from .vectors import MappedVectors, vectors_to_map

if TYPE_CHECKING:
    from ..bundle import Measure
    from ..clusters import Duplicates, TopicTree
    from ..sprites import SpriteSheets
    from ..store import StoredDataset

__all__ = ["MadeMap", "check_enough", "make_map"]

MIN_ITEMS = 3
"""Fewer items have no shape that a map could show."""


@dataclass(frozen=True)
class MadeMap:
    """A map that was just written.

    `projections`, `sequences` and `count` describe it; `unreadable` names the items whose image could not be
    decoded, each with the reason. `laid_out` names the projections and sequences that were laid out as a
    whole. In the others `kept` items stayed where they were, and `placed` were placed among them just now;
    `removed` items of the earlier map are gone.
    """

    dataset: str
    folder: Path
    count: int
    projections: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]
    sequences: tuple[str, ...] = ()
    name: str = "main"
    laid_out: tuple[str, ...] = ()
    kept: int = 0
    placed: int = 0
    removed: int = 0

    @property
    def address(self) -> str:
        """What the map is called in URLs and in the server's API."""
        from ..bundle import map_address

        return map_address(self.dataset, self.name)


def make_map(
    dataset: StoredDataset,
    options: MapOptions | None = None,
    *,
    map_name: str = "main",
    wait: bool = False,
    progress: Progress | None = None,
) -> MadeMap:
    """Make a map of a stored dataset: vectors, kNN graph, layouts, topics, sprites, bundle.

    The vectors are those that the options name, else the dataset's own, else its images' or its text's. Items
    whose vectors did not change since the map was last made keep their places, unless the options ask for a
    new layout. An older map of that name is replaced when the new one is complete. Raises ParameterError for
    options that do not suit so many items, StorageError while someone else makes the same map, unless it is
    told to `wait`.
    """
    from ..bundle import check_map_name

    check_map_name(map_name)
    check_enough(dataset.count, dataset.name)
    options = options or MapOptions()
    with dataset.making(map_name, wait=wait):
        while True:
            made = _Making(dataset, options, map_name, progress or Silent()).make()
            newest = dataset.newest()
            if not is_outdated(dataset.version, newest):
                return made
            dataset = newest  # items were removed meanwhile: the map shows what is not there any more
            if dataset.count < MIN_ITEMS:
                dataset.drop_map(map_name)
            check_enough(dataset.count, dataset.name)


def check_enough(count: int, where: str) -> None:
    """Raise ShapeError unless there are enough items for a map."""
    if count < MIN_ITEMS:
        items = "item" if count == 1 else "items"
        raise ShapeError(f"{where} has {count} {items}; a map needs at least {MIN_ITEMS}. Add items.")


@dataclass(frozen=True, eq=False)
class _Found:
    """What the stages give to the last one, which writes."""

    vectors: MappedVectors
    neighbors: FoundNeighbors
    recall: Measure | None
    arranged: Arranged
    topics: TopicTree | None
    duplicates: Duplicates | None
    sheets: SpriteSheets | None


class _Making:
    """One run through the stages."""

    def __init__(self, dataset: StoredDataset, options: MapOptions, name: str, progress: Progress) -> None:
        self._dataset = dataset
        self._options = options
        self._name = name
        self._progress = progress
        self._cache = StageCache(dataset.cache_folder)
        self._folder = dataset.map_folder(name)

    def make(self) -> MadeMap:
        """Run them all and write the map."""
        options = self._options
        with self._progress.stage("vectors") as report:
            vectors = vectors_to_map(self._dataset, options, self._recipe(), report)
            planned = plan_projections(
                options.projections,
                *vectors.array.shape,
                metric=options.metric,
                random_state=options.random_state,
            )
        with drawing_sprites(self._dataset) as drawing:
            return self._make_of(vectors, planned, drawing)

    def _make_of(
        self, vectors: MappedVectors, planned: Sequence[PlannedProjection], drawing: Drawing
    ) -> MadeMap:
        """Run the stages that follow the vectors, while the sprites are drawn beside them."""
        options = self._options
        with self._progress.stage("neighbours") as report:
            earlier = self._earlier(vectors.digests)
            neighbors = find_neighbors(vectors, planned, options, earlier, self._cache, report)
        with self._progress.stage("layout") as report:
            judge = MapJudge(vectors, labels_of(self._dataset), options.metric, self._cache)
            arranged = arrange(planned, vectors, neighbors, judge, earlier, drawing.pack, report)
            recall = judge.recall(neighbors.graph)
            if recall is not None:
                report.note(f"{recall['value']:.3f} of the true neighbours")
        with self._progress.stage("topics") as report:
            layout = arranged.projections[0].layout
            tree = find_topics(self._dataset, layout, neighbors, options.topics, report)
            copies = find_duplicates(vectors, neighbors, options.duplicates, report)
        with self._progress.stage("sprites") as report:
            sheets = drawing.sheets(report)
            unreadable = name_unreadable(self._dataset, sheets, report)
        with self._progress.stage("write") as report:
            found = _Found(vectors, neighbors, recall, arranged, tree, copies, sheets)
            self._write(found, report)
        self._forget_graph(neighbors)
        keep_index(vectors, options.metric, self._cache, self._progress)
        return self._made(arranged, earlier, unreadable)

    def _recipe(self) -> Parameters | None:
        """Return what the map before was asked for with, as far as that is kept."""
        key = kept_key(self._folder)
        return kept_options(self._folder.parent, self._name, key) if key else None

    def _earlier(self, digests: NDArray[np.uint64]) -> Earlier | None:
        """Return what is kept of the map before, None where there is none or all is to be laid out anew."""
        key = None if self._options.relayout else kept_key(self._folder)
        kept = load_kept(self._folder.parent, self._name, key) if key else None
        return Earlier(kept, compare(kept, self._dataset.id_column, digests)) if kept else None

    def _write(self, found: _Found, report: StageReport) -> None:
        """Write what is kept of the map, then the map, and forget what was kept of the one before."""
        from ..bundle import MAIN_MAP, MapContent, write_bundle

        dataset, maps = self._dataset, self._folder.parent
        dataset.stored(report)
        column = found.vectors.column
        recipe = as_json(self._options, column, dataset.vector_columns[column])
        kept = KeptMap(
            dataset.id_column.combine_chunks(), found.vectors.digests, found.arranged.layouts, recipe
        )
        key = save_kept(maps, self._name, kept)
        content = MapContent(
            name=dataset.name,
            title=dataset.title if self._name == MAIN_MAP else f"{dataset.title} · {self._name}",
            description=dataset.description,
            records=dataset.records(),
            roles=dataset.roles,
            projections=found.arranged.projections,
            sequences=found.arranged.sequences,
            graph=found.neighbors.shown,
            recall=found.recall,
            sprites=found.sheets,
            color=dataset.roles.label,
            topics=found.topics,
            duplicates=found.duplicates,
            made={"map": self._name, "version": dataset.version, "vectors": column, "kept": key},
        )
        write_bundle(self._folder, content, callback=report)
        forget_older(maps, self._name, key)

    def _forget_graph(self, neighbors: FoundNeighbors) -> None:
        """Forget the graph that this one grew from, unless another map may still grow from it."""
        if neighbors.before is not None and map_names(self._dataset) == [self._name]:
            self._cache.forget("neighbors", neighbors.before)

    def _made(
        self, arranged: Arranged, earlier: Earlier | None, unreadable: tuple[tuple[str, str], ...]
    ) -> MadeMap:
        count = self._dataset.count
        carried = earlier is not None and len(arranged.laid_out) < len(arranged.layouts)
        kept = int(earlier.unchanged.known.sum()) if earlier and carried else 0
        return MadeMap(
            dataset=self._dataset.name,
            folder=self._folder,
            count=count,
            projections=tuple(one.name for one in arranged.projections),
            unreadable=unreadable,
            sequences=tuple(one.name for one in arranged.sequences),
            name=self._name,
            laid_out=arranged.laid_out,
            kept=kept,
            placed=count - kept if carried else 0,
            removed=earlier.unchanged.removed if earlier else 0,
        )
