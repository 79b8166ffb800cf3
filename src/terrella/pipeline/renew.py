"""Maps that are made again as they were asked for: on request, and where items were removed.

Removing items gives rows other numbers, and a map that was made before shows what is gone. The store commits
a removal first and the maps follow, each at one stroke; a map's manifest says of which version of the dataset
it is, so that a map which a crash left behind is found and made again before anybody sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError, TerrellaError
from ..progress import Progress, Silent
from ..projections import MODELS, MapOptions, as_options
from .kept import kept_options
from .make import MIN_ITEMS, MadeMap, make_map
from .maps import find_map, outdated_maps
from .recipe import as_asked

if TYPE_CHECKING:
    from ..bundle import Bundle
    from ..store import StoredDataset

__all__ = ["remove_items", "renew_map", "renew_outdated", "restore_version"]


def remove_items(dataset: StoredDataset, ids: Any, *, progress: Progress | None = None) -> list[MadeMap]:
    """Remove items from the dataset and from every map of it; return the maps that were made again.

    When this returns none of them shows the items any more. Killed after the store's commit, it leaves maps
    that `renew_outdated` finds. Raises NotFoundError, with nothing removed, for an id that is not stored.
    """
    dataset.remove(ids)
    return renew_outdated(dataset, wait=True, progress=progress)


def restore_version(
    dataset: StoredDataset, version: int, *, progress: Progress | None = None
) -> list[MadeMap]:
    """Make what `version` holds the newest version of the dataset, and make every map again; return the maps.

    Raises NotFoundError for a version that is not kept.
    """
    dataset.restore(version)
    return renew_outdated(dataset, wait=True, progress=progress)


def renew_outdated(
    dataset: StoredDataset,
    *,
    only: str | None = None,
    wait: bool = False,
    progress: Progress | None = None,
) -> list[MadeMap]:
    """Make every map again, or `only` one, that shows rows by numbers they have no more; return those maps.

    It can `wait` for whoever makes one of them just now, which else raises StorageError. A map that can't be
    made again, for want of items or of its vectors, is deleted, with a warning.
    """
    progress = progress or Silent()
    made = []
    for name in outdated_maps(dataset):
        if only not in (None, name):
            continue
        try:
            if dataset.count < MIN_ITEMS:
                raise NotFoundError(f"{dataset.count} items are left, a map needs {MIN_ITEMS}")
            made.append(renew_map(dataset, name, wait=wait, progress=progress))
        except (NotFoundError, ValueError) as error:
            if not isinstance(error, TerrellaError):
                raise
            dataset.drop_map(name)
            progress.warn(f"the map {name!r} of {dataset.name} was deleted: {error}")
    return made


def renew_map(
    dataset: StoredDataset,
    name: str,
    *,
    relayout: bool = False,
    wait: bool = False,
    progress: Progress | None = None,
) -> MadeMap:
    """Make a map again as it was asked for, of the items that are stored now.

    Raises NotFoundError where there is no such map, InputError where its vectors can't be had any more.
    """
    from dataclasses import replace

    from ..bundle import read_bundle

    bundle = read_bundle(find_map(dataset, name))
    options = replace(_options(bundle, dataset), relayout=relayout)
    return make_map(dataset, options, map_name=name, wait=wait, progress=progress)


def _options(bundle: Bundle, dataset: StoredDataset) -> MapOptions:
    """Return what the map was asked for with, as far as it is known."""
    made = bundle.manifest.get("made")
    key = made.get("kept") if made else None
    recipe = kept_options(bundle.folder.parent, bundle.folder.name, key) if key else None
    if recipe is not None:
        return as_asked(recipe, dataset)
    knn = bundle.manifest["knn"]
    methods = [one["method"] for one in bundle.manifest["projections"]]
    methods += [one["kind"] for one in bundle.manifest["sequences"]]
    column = made["vectors"] if made else None
    return MapOptions(
        projections=as_options([method for method in methods if method in MODELS]),
        vectors=column if column in dataset.vector_columns else None,
        metric=knn["metric"] if knn else "euclidean",
    )
