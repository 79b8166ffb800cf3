"""The stages in their order, and what is kept when one fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ShapeError, TerrellaError
from ..progress import Progress, Silent, StageReport
from ..projections import MapOptions, PlannedProjection, plan_projections
from ..stage_cache import StageCache
from .graph import FoundNeighbors, find_neighbors
from .judge import MapJudge, as_measure
from .layout import labels_of, lay_out
from .pictures import name_unreadable, pack_sprites
from .sequence import first_frame, make_sequence
from .vectors import MappedVectors, vectors_to_map

if TYPE_CHECKING:
    from ..bundle import FrameSequence, Projection
    from ..sources import Items
    from ..store import StoredDataset

__all__ = ["MadeMap", "import_and_map", "make_map"]

MIN_ITEMS = 3
"""Fewer items have no shape that a map could show."""


@dataclass(frozen=True)
class MadeMap:
    """A map that was just written.

    `projections`, `sequences` and `count` describe it; `unreadable` names the items whose image could not be
    decoded, each with the reason.
    """

    dataset: str
    folder: Path
    count: int
    projections: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]
    sequences: tuple[str, ...] = ()


def import_and_map(
    home: Path | None,
    read: Callable[[], Items],
    options: MapOptions | None = None,
    *,
    name: str | None = None,
    progress: Progress | None = None,
) -> MadeMap:
    """Read a source, store it as the dataset `name` and make its map.

    `name` defaults to the source's own. An older dataset of that name stays, with its map, until the new one
    and its map are whole, whatever happens. After an interruption a new dataset is kept without a map, and in
    either case the finished stages' results are in the cache. Raises InputError for what the source can't
    give, StorageError for the disk.
    """
    from ..store import Store

    progress = progress or Silent()
    store = Store(home)
    with ExitStack() as stack:
        with progress.stage("load") as report:
            items = read()
            check_enough(items.records.num_rows, items.source)
            target = name or items.name
            older = store.open(target) if store.exists(target) else None
            place = stack.enter_context(store.replacing(target)) if older else store
            dataset = place.create(target, items, progress=report)
        if older is not None:
            StageCache(dataset.cache_folder).take_over(older.cache_folder)
            stack.callback(StageCache(older.cache_folder).take_over, dataset.cache_folder)
        try:
            made = make_map(dataset, options, progress=progress)
        except TerrellaError:
            if older is None:
                store.delete(target)
            raise
    return replace(made, folder=store.open(target).map_folder())


def make_map(
    dataset: StoredDataset,
    options: MapOptions | None = None,
    *,
    map_name: str = "main",
    progress: Progress | None = None,
) -> MadeMap:
    """Make the map of a stored dataset: vectors, kNN graph, layouts, sprites, bundle.

    The vectors are the dataset's own where it has some, else its images' pixels, else its text's TF-IDF.
    Where only a sequence is asked for, its first frame is the projection that every map needs.
    An older map of that name is replaced when the new one is complete. Raises ParameterError for options
    that do not suit so many items.
    """
    from ..bundle import MapContent, write_bundle

    check_enough(dataset.count, dataset.name)
    options = options or MapOptions()
    progress = progress or Silent()
    cache = StageCache(dataset.cache_folder)

    with progress.stage("vectors") as report:
        vectors = vectors_to_map(dataset, report)
        planned = plan_projections(
            options.projections,
            *vectors.array.shape,
            metric=options.metric,
            random_state=options.random_state,
        )
    with progress.stage("neighbours") as report:
        neighbors = find_neighbors(vectors, planned, options, cache, report)
    with progress.stage("layout") as report:
        judge = MapJudge(vectors, labels_of(dataset), options.metric, cache)
        projections, sequences = _lay_out_all(planned, vectors, neighbors, judge, report)
    with progress.stage("sprites") as report:
        sheets = pack_sprites(dataset, projections[0].layout, report)
        unreadable = name_unreadable(dataset, sheets, report)
    with progress.stage("write") as report:
        content = MapContent(
            name=dataset.name,
            title=dataset.title,
            description=dataset.description,
            records=dataset.records(),
            roles=dataset.roles,
            projections=projections,
            sequences=sequences,
            graph=neighbors.shown,
            recall=as_measure(neighbors.recall) if neighbors.recall else None,
            sprites=sheets,
            color=dataset.roles.label,
        )
        folder = dataset.map_folder(map_name)
        write_bundle(folder, content, callback=report)
    return MadeMap(
        dataset.name,
        folder,
        dataset.count,
        tuple(one.name for one in projections),
        unreadable,
        tuple(one.name for one in sequences),
    )


def check_enough(count: int, where: str) -> None:
    """Raise ShapeError unless there are enough items for a map."""
    if count < MIN_ITEMS:
        items = "item" if count == 1 else "items"
        raise ShapeError(f"{where} has {count} {items}; a map needs at least {MIN_ITEMS}. Add items.")


def _lay_out_all(
    planned: Sequence[PlannedProjection],
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    judge: MapJudge,
    report: StageReport,
) -> tuple[list[Projection], list[FrameSequence]]:
    """Make the projections and the sequences, each in the order asked for."""
    sequences = [make_sequence(one, vectors, neighbors, judge, report) for one in planned if one.is_sequence]
    plain = [one for one in planned if not one.is_sequence]
    if not plain:
        return [first_frame(sequences[0])], sequences
    return _project(plain, vectors, neighbors, judge, report), sequences


def _project(
    planned: Sequence[PlannedProjection],
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    judge: MapJudge,
    report: StageReport,
) -> list[Projection]:
    """Lay the items out in every way that was asked for, and measure how well."""
    from ..bundle import Projection

    laid_out = [lay_out(one, vectors, neighbors, judge.cache, report) for one in planned]
    layouts, seconds, keys = zip(*laid_out, strict=True)
    return [
        Projection(
            name=one.name,
            title=one.title,
            method=one.method,
            layout=layout,
            parameters=one.parameters,
            seed=one.seed,
            seconds=took,
            quality=quality,
        )
        for one, layout, took, quality in zip(
            planned, layouts, seconds, judge.qualities(layouts, keys), strict=True
        )
    ]
