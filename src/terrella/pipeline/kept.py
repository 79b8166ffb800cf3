"""What the maker of a map remembers of it, to make it again without moving what did not change.

    <dataset>/maps/.kept/<map>~<key>.npz      the items' ids and vectors' digests, exact layouts, the options

The map's manifest names the key, so that the map and what is remembered of it change at one stroke: the file
is written before the manifest, older ones are removed after it. A file that is missing or damaged costs a
new layout and nothing else.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import StorageError
from ..stage_cache import fingerprint
from ..typing import Layout, Parameters

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Measure

__all__ = [
    "Judged",
    "KeptLayout",
    "KeptMap",
    "forget_older",
    "kept_layout",
    "kept_options",
    "load_kept",
    "save_kept",
]

_FORMAT = "terrella-kept-map-1"
_FOLDER = ".kept"


Measures: TypeAlias = "dict[str, Measure]"
"""A layout's measures by name."""


@dataclass(frozen=True)
class Judged:
    """How good a layout was found, frame by frame, when it had `count` items.

    `way` names the metric it was judged under and the labels that the items had, as a hash.
    """

    frames: list[Measures]
    count: int
    way: str


@dataclass(frozen=True, eq=False)
class KeptLayout:
    """A projection, or a sequence of them, as it was computed: in float32, not on the map's grid.

    `key` names the method, its options and its seed. `layout` is (n_samples, 2), a sequence's (n_frames,
    n_samples, 2). `placed` (n_samples,) marks the items that were placed among the others since as many as
    `laid_out` were laid out together; both took `seconds`. `memory` is the estimator's, for placing more.
    `judged` says how good it is, while only few items were added since that was measured.
    """

    key: str
    layout: NDArray[np.float32]
    placed: NDArray[np.bool_]
    laid_out: int
    seconds: float
    memory: Mapping[str, NDArray[Any]]
    judged: Judged | None = None

    @property
    def placed_count(self) -> int:
        """How many items were placed."""
        return int(self.placed.sum())


@dataclass(frozen=True, eq=False)
class KeptMap:
    """A map's items by id and by what their vectors were, (n_samples, 2) digests, and its layouts by name.

    `options` are the map's, as JSON values.
    """

    ids: pa.Array
    digests: NDArray[np.uint64]
    layouts: Mapping[str, KeptLayout]
    options: Parameters


def save_kept(maps: Path, name: str, kept: KeptMap) -> str:
    """Keep it for the map `name` in the folder `maps` of all maps; return the key that finds it again."""
    arrays: dict[str, NDArray[Any]] = {"ids": _ids_as_bytes(kept.ids), "digests": kept.digests}
    about: dict[str, Any] = {"format": _FORMAT, "options": kept.options, "layouts": {}}
    for projection, one in kept.layouts.items():
        about["layouts"][projection] = {
            "key": one.key,
            "laid_out": one.laid_out,
            "seconds": one.seconds,
            "memory": list(one.memory),
            "judged": one.judged and asdict(one.judged),
        }
        arrays[f"{projection}.layout"] = one.layout
        arrays[f"{projection}.placed"] = np.packbits(one.placed)
        arrays |= {f"{projection}.memory.{part}": array for part, array in one.memory.items()}
    key = fingerprint(about, *arrays.values())
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    content = io.BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]  # the stub takes names for a flag
    _write_durably(_path(maps, name, key), content.getbuffer())
    return key


def load_kept(maps: Path, name: str, key: str) -> KeptMap | None:
    """Return what was kept under `key`, or None where that can't be read."""
    try:
        with _path(maps, name, key).open("rb") as file, np.load(file, allow_pickle=False) as found:
            arrays = {part: found[part] for part in found.files}
        about = json.loads(arrays["about"].tobytes())
        if about["format"] != _FORMAT:
            return None
        return KeptMap(
            _ids_from_bytes(arrays["ids"]),
            arrays["digests"],
            {projection: _layout(projection, one, arrays) for projection, one in about["layouts"].items()},
            about["options"],
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def kept_options(maps: Path, name: str, key: str) -> Parameters | None:
    """Return only the options that were kept under `key`, or None where they can't be read."""
    try:
        with _path(maps, name, key).open("rb") as file, np.load(file, allow_pickle=False) as found:
            about = json.loads(found["about"].tobytes())
        options: Parameters = about["options"]
        return options if about["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def kept_layout(maps: Path, name: str, key: str, projection: str) -> Layout | None:
    """Return only the places (n_samples, 2) that were kept of a projection, or None."""
    try:
        with _path(maps, name, key).open("rb") as file, np.load(file, allow_pickle=False) as found:
            layout: Layout = found[f"{projection}.layout"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return layout


def forget_older(maps: Path, name: str, key: str) -> None:
    """Remove what was kept of earlier makings of the map `name`."""
    for path in (maps / _FOLDER).glob(f"{name}~*"):
        if path != _path(maps, name, key):
            with suppress(OSError):
                path.unlink()


def _layout(projection: str, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> KeptLayout:
    layout = arrays[f"{projection}.layout"]
    placed = np.unpackbits(arrays[f"{projection}.placed"], count=layout.shape[-2]).astype(bool)
    memory = {part: arrays[f"{projection}.memory.{part}"] for part in about["memory"]}
    judged = Judged(**about["judged"]) if about.get("judged") else None
    return KeptLayout(about["key"], layout, placed, about["laid_out"], about["seconds"], memory, judged)


def _path(maps: Path, name: str, key: str) -> Path:
    return maps / _FOLDER / f"{name}~{key}.npz"


def _ids_as_bytes(ids: pa.Array) -> NDArray[np.uint8]:
    import pyarrow as pa

    table = pa.table({"id": ids})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return np.frombuffer(sink.getvalue(), np.uint8)


def _ids_from_bytes(content: NDArray[np.uint8]) -> pa.Array:
    import pyarrow as pa

    found: pa.Array = pa.ipc.open_stream(content.tobytes()).read_all()["id"].combine_chunks()
    return found


def _write_durably(path: Path, content: memoryview) -> None:
    """Write the file so that a loss of power leaves it whole or absent."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"could not keep the map's layouts in {path.parent}: {error.strerror or error}. "
            "Free some space and run it again; the map that was there is unchanged."
        ) from error
