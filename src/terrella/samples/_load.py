"""Make `Items` of a sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, SourceError
from ..progress import Progress, Silent
from ..typing import Callback, Rows
from ..validation import check_choice
from ._catalog import CATALOG, SAMPLES, Entry
from ._fetch import MirrorsUnreachableError, contents

if TYPE_CHECKING:
    from ..sources import Items

__all__ = ["sample"]

_SEED = 0
_DIGITS = (
    "1,797 handwritten digits of 8 by 8 pixels, the test part of the UCI Optical Recognition set. "
    "E. Alpaydin, C. Kaynak 1998; CC BY 4.0."
)


def sample(
    name: str,
    *,
    points: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
    callback: Callback | None = None,
    mirrors: Sequence[str] | None = None,
) -> Items:
    """Return a sample: 'mnist', 'fashion', 'kmnist' (70,000 images, train then test) or 'digits' (1,797).

    The files come from TERRELLA_SAMPLES, else from `cache`, by default in the user's cache folder, else from
    the sample's public mirrors with their checksums. Without a network scikit-learn's digits stand in, and
    `progress` is told so. `points` draws that
    many at random, without replacement and always the same, and keeps their order. `callback` hears of the
    download in bytes, `mirrors` are other addresses to try.
    Raises ParameterError for another name or more points than there are, SourceError for a damaged file.
    """
    check_choice("sample", name, SAMPLES)
    if points is not None and points < 1:
        raise ParameterError(f"points must be at least 1; got {points}.")
    if name == "digits":
        return _digits(points)
    entry = CATALOG[name]
    try:
        files = contents(
            entry,
            cache or _cache_folder(),
            mirrors or entry.mirrors,
            callback or (lambda done, total: None),
        )
    except MirrorsUnreachableError as error:
        (progress or Silent()).warn(
            f"{entry.title} can't be downloaded ({error}); scikit-learn's digits stand in for it"
        )
        return _digits(None if points is None else min(points, _digits(None).records.num_rows))
    return _items(entry, files, points)


def _cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("terrella", appauthor=False)) / "samples"


def _items(entry: Entry, files: list[bytes], points: int | None) -> Items:
    from ..sources.idx import parse_idx

    names = [f"{entry.name}/{file.name}" for file in entry.files]
    arrays = [parse_idx(data, name) for data, name in zip(files, names, strict=True)]
    for images, labels in (arrays[:2], arrays[2:]):
        if images.ndim != 3 or labels.shape != images.shape[:1] or labels.max(initial=0) > 9:
            raise SourceError(
                f"{entry.title} has images {images.shape} and labels {labels.shape} "
                f"up to {labels.max(initial=0)}; expected (n, height, width) and (n,) up to 9. "
                "Fetch its files again."
            )
    pixels = np.concatenate([arrays[0], arrays[2]])
    labels = np.concatenate([arrays[1], arrays[3]])
    splits = np.repeat(["train", "test"], [len(arrays[0]), len(arrays[2])])
    rows = _draw(len(pixels), points, entry.title)
    named = labels.astype(np.int64) if entry.classes is None else np.array(entry.classes)[labels]
    fields = {"label": named[rows], "split": splits[rows]}
    return _assemble(entry.name, entry.title, entry.description, pixels[rows], rows, fields)


def _digits(points: int | None) -> Items:
    from sklearn.datasets import load_digits

    bunch: Any = load_digits()
    rows = _draw(len(bunch.images), points, "digits")
    pixels = np.rint(bunch.images[rows] * (255 / 16)).astype(np.uint8)  # 17 shades of grey
    fields = {"label": bunch.target[rows].astype(np.int64)}
    return _assemble("digits", "Digits", _DIGITS, pixels, rows, fields)


def _draw(count: int, points: int | None, title: str) -> Rows:
    """Return the rows to take, in ascending order."""
    if points is None:
        return np.arange(count)
    if points > count:
        raise ParameterError(f"points must be at most {count}, which is all that {title} has; got {points}.")
    return np.sort(np.random.default_rng(_SEED).permutation(count)[:points])


def _assemble(
    name: str,
    title: str,
    description: str,
    pixels: NDArray[np.uint8],
    rows: Rows,
    fields: dict[str, NDArray[Any]],
) -> Items:
    """Return the items; an item's id is its row in the whole sample, however many are drawn."""
    import pyarrow as pa

    from ..sources import Items, Roles
    from ..sources.images import ArrayImages

    columns = {"id": pa.array(rows, pa.int64())}
    for field, values in fields.items():
        columns[field] = pa.array(values.tolist())
    return Items(
        records=pa.table(columns),
        roles=Roles(id="id", label="label"),
        images=ArrayImages(pixels, name),
        name=name,
        title=title,
        source=f"sample {name}",
        description=description,
    )
