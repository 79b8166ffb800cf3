"""The data sets, each a folder of .npy files that every process maps into memory."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .synthetic import hard_set, write_mixture

__all__ = ["DATA", "DataSet", "prepare", "samples_folder"]

Arrays = tuple[NDArray[np.float32], NDArray[np.int32]]
_MILLION = 1_000_000


@dataclass(frozen=True)
class DataSet:
    """A folder with vectors.npy (n_samples, n_features) float32 and labels.npy, and the metric they mean."""

    name: str
    folder: Path
    metric: str

    @property
    def path(self) -> Path:
        """The file of the vectors."""
        return self.folder / "vectors.npy"

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors, memory-mapped."""
        return np.load(self.path, mmap_mode="r")

    @property
    def labels(self) -> NDArray[np.int32]:
        """A class for each row, for label accuracy."""
        return np.load(self.folder / "labels.npy", mmap_mode="r")


def samples_folder() -> Path:
    """Return the folder that `TERRELLA_SAMPLES` names; end the program if it names none."""
    folder = Path(os.environ.get("TERRELLA_SAMPLES") or "missing")
    if not folder.is_dir():
        raise SystemExit(
            f"TERRELLA_SAMPLES is {os.environ.get('TERRELLA_SAMPLES')!r}; set it to the folder that holds "
            "mnist/ and reviews/, or choose --data digits, hard or million, which need no files."
        )
    return folder


def mnist() -> Arrays:
    """Return MNIST's 70,000 digits, 28 × 28 pixels from 0 to 255."""
    folder = samples_folder() / "mnist"

    def read(name: str, header: int) -> NDArray[np.uint8]:
        with gzip.open(folder / name) as file:
            return np.frombuffer(file.read()[header:], np.uint8)

    parts = ("train", "t10k")
    pixels = [read(f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784) for part in parts]
    labels = [read(f"{part}-labels-idx1-ubyte.gz", 8) for part in parts]
    return np.concatenate(pixels).astype(np.float32), np.concatenate(labels).astype(np.int32)


def reviews() -> Arrays:
    """Return the airline reviews' TF-IDF vectors (100 singular directions, length 1) and their ratings."""
    from terrella.encoders import tfidf

    (table,) = (samples_folder() / "reviews").glob("*.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ratings = [int(row["Overall Rating"]) if row["Overall Rating"].isdigit() else 0 for row in rows]
    return tfidf([row["Detail Review"] for row in rows]).vectors, np.array(ratings, np.int32)


def digits() -> Arrays:
    """Return scikit-learn's 1,797 digits, 8 × 8 pixels from 0 to 16."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return found.data.astype(np.float32), found.target.astype(np.int32)


@dataclass(frozen=True)
class _Source:
    load: Callable[[], Arrays]
    metric: str = "euclidean"


_SOURCES = {
    "mnist": _Source(mnist),
    "mnist-cosine": _Source(mnist, "cosine"),
    "reviews": _Source(reviews),
    "digits": _Source(digits),
    "hard": _Source(hard_set),
}
DATA = (*_SOURCES, "million")


def prepare(name: str, work: Path, points: int | None = None) -> DataSet:
    """Return the data set, made in `work` unless an earlier run left it there.

    `points` takes a seeded sample of so many rows, in their order; of the mixture, which "million" names, its
    first rows, more than a million too.
    """
    metric = _SOURCES[name].metric if name in _SOURCES else "euclidean"
    folder = work / "data" / (f"{name}-{points}" if points else name)
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        if name == "million":
            write_mixture(unfinished, points or _MILLION)
        else:
            _write(unfinished, *_sample(*_SOURCES[name].load(), points))
        unfinished.rename(folder)
    return DataSet(name, folder, metric)


def _sample(vectors: NDArray[np.float32], labels: NDArray[np.int32], points: int | None) -> Arrays:
    if points is None or points >= len(vectors):
        return vectors, labels
    rows = np.sort(np.random.default_rng(0).choice(len(vectors), points, replace=False))
    return vectors[rows], labels[rows]


def _write(folder: Path, vectors: NDArray[np.float32], labels: NDArray[np.int32]) -> None:
    np.save(folder / "vectors.npy", np.ascontiguousarray(vectors, np.float32))
    np.save(folder / "labels.npy", labels)
