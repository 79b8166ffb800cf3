"""The maps that a dataset has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import NotFoundError, TerrellaError
from ..typing import Layout
from ..validation import nearest_name
from .kept import kept_layout

if TYPE_CHECKING:
    from ..bundle import Bundle, Made
    from ..store import StoredDataset

__all__ = [
    "exact_layout",
    "find_map",
    "is_outdated",
    "kept_key",
    "map_names",
    "mapped_column",
    "outdated_maps",
]

_MANIFEST = "manifest.json"


def map_names(dataset: StoredDataset) -> list[str]:
    """Return the names of the dataset's maps, "main" first, the others in alphabetical order."""
    from ..bundle import MAIN_MAP

    found = {path.parent.name for path in dataset.map_folder().parent.glob(f"[!.]*/{_MANIFEST}")}
    return sorted(found, key=lambda name: (name != MAIN_MAP, name))


def find_map(dataset: StoredDataset, name: str) -> Path:
    """Return the folder of the map `name`; raise NotFoundError, naming the nearest, where there is none."""
    names = map_names(dataset)
    if name in names:
        return dataset.map_folder(name)
    if not names:
        which = "" if name == "main" else f" {name!r}, nor any other"
        raise NotFoundError(f"{dataset.name} has no map{which} yet. Make one with map().")
    nearest = nearest_name(name, names)
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    raise NotFoundError(f"{dataset.name} has no map {name!r}; it has {', '.join(names)}.{hint}")


def mapped_column(bundle: Bundle) -> str | None:
    """Return the name of the vectors that a map was made from; None where its manifest does not say."""
    made = bundle.manifest.get("made")
    return made["vectors"] if made else None


def exact_layout(bundle: Bundle, projection: str) -> Layout:
    """Return a projection's places (n_samples, 2) in dataset order, as computed where that is kept.

    Else they are those of the map's grid, a cell of which is 2⁻²⁴ of the extent. Raises NotFoundError for a
    projection that the map does not have.
    """
    made = bundle.manifest.get("made")
    names = [one["name"] for one in bundle.manifest["projections"]]
    if made and "kept" in made and projection in names:
        folder = bundle.folder
        exact = kept_layout(folder.parent, folder.name, made["kept"], projection)
        if exact is not None and exact.shape == (bundle.count, 2):
            return exact
    return bundle.layout(projection)


def kept_key(folder: Path) -> str | None:
    """Return the key of what is kept of the map in `folder`; None where there is no map, or nothing kept."""
    made = _made(folder)
    return made.get("kept") if made else None


def is_outdated(version: int, dataset: StoredDataset) -> bool:
    """Whether the rows of `dataset` have other numbers than in `version`: some may be gone."""
    return version < dataset.head.renumbered


def outdated_maps(dataset: StoredDataset) -> list[str]:
    """Return the names of the maps that show rows as they were numbered before some were removed."""
    found = {name: _made(dataset.map_folder(name)) for name in map_names(dataset)}
    return [name for name, made in found.items() if made and is_outdated(made["version"], dataset)]


def _made(folder: Path) -> Made | None:
    """Return what a map's manifest says of its making; None for a map that is not there or can't be read."""
    from ..bundle import read_bundle

    try:
        return read_bundle(folder).manifest.get("made")
    except TerrellaError:
        return None
