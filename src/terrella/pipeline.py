"""From a source to a finished map: the only place where store and numerics meet.

    load ─▶ vectors ─▶ neighbours ─▶ layout ─▶ sprites ─▶ write

Every stage takes arrays, says how far it is, and keeps its result in the dataset's cache under a hash of its
inputs, so that what did not change is not computed again and an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InputError, ShapeError, TerrellaError
from .progress import Progress, Silent, StageReport
from .stage_cache import StageCache, fingerprint
from .typing import Layout, Parameters, Vectors
from .validation import check_choice

if TYPE_CHECKING:
    from .bundle import Projection
    from .neighbors import KNNGraph
    from .sources import Items
    from .sprites import SpriteSheets
    from .store import StoredDataset

__all__ = ["PROJECTIONS", "MadeMap", "check_projections", "import_and_map", "make_map"]

PROJECTIONS = ("umap", "pca")
"""The projections that can be asked for by name; both are made when nothing is asked for."""

MIN_ITEMS = 3
"""Fewer items have no shape that a map could show."""

_TITLES = {"umap": "UMAP", "pca": "PCA"}
_N_NEIGHBORS = 15
_SEED = 0
_PATHS_IN_NOTE = 5


@dataclass(frozen=True)
class MadeMap:
    """A map that was just written.

    `projections` and `count` describe it; `unreadable` names the items whose image could not be decoded, each
    with the reason.
    """

    dataset: str
    folder: Path
    count: int
    projections: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]


def import_and_map(
    home: Path | None,
    read: Callable[[], Items],
    *,
    name: str | None = None,
    projections: Sequence[str] = PROJECTIONS,
    progress: Progress | None = None,
) -> MadeMap:
    """Read a source, store it as the dataset `name` and make its map.

    `name` defaults to the source's own. An older dataset of that name stays, with its map, until the new one
    and its map are whole, whatever happens. After an interruption a new dataset is kept without a map, and in
    either case the finished stages' results are in the cache. Raises InputError for what the source can't
    give, StorageError for the disk.
    """
    from .store import Store

    names = check_projections(projections)
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
            made = make_map(dataset, projections=names, progress=progress)
        except TerrellaError:
            if older is None:
                store.delete(target)
            raise
    return replace(made, folder=store.open(target).map_folder())


def make_map(
    dataset: StoredDataset,
    *,
    projections: Sequence[str] = PROJECTIONS,
    map_name: str = "main",
    progress: Progress | None = None,
) -> MadeMap:
    """Make the map of a stored dataset: vectors, kNN graph, layouts, sprites, bundle.

    The vectors are the dataset's own where it has some, else its images' pixels, else its text's TF-IDF.
    An older map of that name is replaced when the new one is complete.
    """
    from .bundle import MapContent, display_order, write_bundle

    names = check_projections(projections)
    check_enough(dataset.count, dataset.name)
    progress = progress or Silent()
    cache = StageCache(dataset.cache_folder)

    with progress.stage("vectors") as report:
        vectors = _vectors(dataset, report)
    with progress.stage("neighbours") as report:
        graph = _graph(vectors, cache, report)
    with progress.stage("layout") as report:
        labels = _labels(dataset)
        made = [_projection(name, vectors, graph, labels, cache, report) for name in names]
    with progress.stage("sprites") as report:
        sheets = _sprites(dataset, made[0].layout, display_order, report)
        unreadable = _unreadable(dataset, sheets, report)
    with progress.stage("write") as report:
        content = MapContent(
            name=dataset.name,
            title=dataset.title,
            description=dataset.description,
            records=dataset.records(),
            roles=dataset.roles,
            projections=made,
            graph=graph,
            sprites=sheets,
            color=dataset.roles.label,
        )
        folder = dataset.map_folder(map_name)
        write_bundle(folder, content, callback=report)
    return MadeMap(dataset.name, folder, dataset.count, names, unreadable)


def check_projections(names: Sequence[str]) -> tuple[str, ...]:
    """Return `names` once each, in their order; raise ParameterError for one that is not in PROJECTIONS."""
    if not names:
        raise InputError(f"projections is empty; name at least one of {', '.join(PROJECTIONS)}.")
    return tuple(dict.fromkeys(check_choice("projection", name, PROJECTIONS) for name in names))


def check_enough(count: int, where: str) -> None:
    """Raise ShapeError unless there are enough items for a map."""
    if count < MIN_ITEMS:
        items = "item" if count == 1 else "items"
        raise ShapeError(f"{where} has {count} {items}; a map needs at least {MIN_ITEMS}. Add items.")


def _vectors(dataset: StoredDataset, report: StageReport) -> Vectors:
    """Return the vectors to map: the first stored column, made and stored now where there is none."""
    stored = dataset.vector_columns
    if stored:
        column = next(iter(stored))
        report.note(f"{column}, {stored[column].get('dimension', '?')} dimensions")
        return dataset.vectors(column)
    from .encoders import pixels, tfidf

    if dataset.has_images:
        encoded = pixels(dataset.images, dataset.count, callback=report)
    elif dataset.roles.text:
        texts = dataset.records([dataset.roles.text]).column(0).to_pylist()
        encoded = tfidf(texts, callback=report)
    else:
        fields = ", ".join(dataset.schema.names)
        raise InputError(
            f"{dataset.name} has no vectors, images or text to make a map of; its columns are {fields}. "
            "Name one with --vectors, --image or --text."
        )
    dataset.add_vectors(encoded.name, encoded.vectors, encoded.metadata)
    report.note(f"{encoded.name}, {encoded.vectors.shape[1]} dimensions")
    return encoded.vectors


def _graph(vectors: Vectors, cache: StageCache, report: StageReport) -> KNNGraph:
    from .neighbors import KNNGraph, knn_graph

    n_neighbors = min(_N_NEIGHBORS, len(vectors) - 1)
    settings: Parameters = {"n_neighbors": n_neighbors, "metric": "euclidean"}
    key = fingerprint(vectors, settings)
    found = cache.load("neighbors", key)
    if found is not None:
        report.note("from the cache")
        return KNNGraph(found["indices"], found["distances"], metric="euclidean")
    graph = knn_graph(vectors, n_neighbors, metric="euclidean", callback=report)
    cache.save("neighbors", key, {"indices": graph.indices, "distances": graph.distances})
    return graph


def _labels(dataset: StoredDataset) -> list[str] | None:
    """Return each item's label as text, or None where there are none or nearly every item has its own."""
    if dataset.roles.label is None:
        return None
    labels = [str(label) for label in dataset.records([dataset.roles.label]).column(0).to_pylist()]
    return labels if 1 < len(set(labels)) <= len(labels) / 2 else None


def _projection(
    name: str,
    vectors: Vectors,
    graph: KNNGraph,
    labels: list[str] | None,
    cache: StageCache,
    report: StageReport,
) -> Projection:
    """Lay out `vectors` by the method `name`, or take the layout from the cache, and measure its quality."""
    from .bundle import Projection
    from .metrics import quality

    settings = _settings(name, vectors, graph)
    key = fingerprint(vectors, name, settings)
    found = cache.load("layout", key)
    if found is None:
        started = time.perf_counter()
        layout = _lay_out(name, vectors, graph, settings, report)
        found = {"layout": layout, "seconds": np.array(time.perf_counter() - started)}
        cache.save("layout", key, found)
    measures = quality(vectors, found["layout"], labels=labels)
    return Projection(
        name=name,
        title=_TITLES[name],
        method=name,
        layout=found["layout"],
        parameters=settings,
        seed=_SEED,
        seconds=float(found["seconds"]),
        quality={
            measure: {"value": score.value, "error": score.error} for measure, score in measures.items()
        },
    )


def _settings(name: str, vectors: Vectors, graph: KNNGraph) -> Parameters:
    if name == "umap":
        return {"n_neighbors": graph.n_neighbors, "min_dist": 0.1, "spread": 1.0, "metric": graph.metric}
    return {"n_components": min(2, vectors.shape[1])}


def _lay_out(
    name: str, vectors: Vectors, graph: KNNGraph, settings: dict[str, Any], report: StageReport
) -> Layout:
    from .layouts import PCA, UMAP

    if name == "umap":
        return UMAP(**settings, random_state=_SEED).fit_transform(vectors, graph=graph, callback=report)
    line_or_plane = PCA(**settings, random_state=_SEED).fit_transform(vectors)
    return np.pad(line_or_plane, ((0, 0), (0, 2 - line_or_plane.shape[1])))


def _sprites(
    dataset: StoredDataset, layout: Layout, display_order: Callable[..., Any], report: StageReport
) -> SpriteSheets | None:
    if not dataset.has_images:
        report.note("no images")
        return None
    from .sprites import build_sprites

    order, _ = display_order(layout)
    return build_sprites(dataset.images, order, callback=report, scratch=dataset.path)


def _unreadable(
    dataset: StoredDataset, sheets: SpriteSheets | None, report: StageReport
) -> tuple[tuple[str, str], ...]:
    """Name the items whose image could not be decoded, and say so at the end of the stage."""
    if sheets is None or not sheets.unreadable:
        return ()
    rows = [item.row for item in sheets.unreadable]
    named = tuple(zip(dataset.image_names(rows), (item.reason for item in sheets.unreadable), strict=True))
    shown = ", ".join(f"{path} ({reason})" for path, reason in named[:_PATHS_IN_NOTE])
    more = f" and {len(named) - _PATHS_IN_NOTE} more" if len(named) > _PATHS_IN_NOTE else ""
    report.note(f"{len(named)} unreadable: {shown}{more}")
    return named
