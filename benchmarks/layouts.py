"""Time and judge Terrella's UMAP against its rivals; prints JSON.

    python benchmarks/layouts.py --data digits
    python benchmarks/layouts.py --data mnist --samples FOLDER_OF_IDX_FILES --runs 3
    python benchmarks/layouts.py --data mnist --samples FOLDER --points 500 --runs 1     # a smoke test

Every run is a process of its own: `import` is the time from its start until the method is imported, `cold`
its first fit, `warm` its second. Times and quality are medians over the runs; quality is judged against the
vectors as given, on sampled rows. A rival that is not installed is named as missing.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

N_NEIGHBORS = 15
PCA_AXES = 96  # what the pipeline's pixel vectors come to
JUDGED_ROWS = 2000


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return scikit-learn's 1,797 digits, 8 × 8 pixels, and their labels."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return found.data.astype(np.float32), found.target


def mnist(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return MNIST's 70,000 digits, 28 × 28 pixels, and their labels, from its four IDX files."""

    def read(name: str, header: int) -> np.ndarray:
        with gzip.open(folder / name) as file:
            return np.frombuffer(file.read()[header:], np.uint8)

    parts = ("train", "t10k")
    pixels = [read(f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784) for part in parts]
    labels = [read(f"{part}-labels-idx1-ubyte.gz", 8) for part in parts]
    return np.concatenate(pixels).astype(np.float32), np.concatenate(labels)


def fit_terrella(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Lay out as the pipeline does: many features are first reduced to their principal components."""
    from terrella.layouts import PCA, UMAP

    if vectors.shape[1] > PCA_AXES:
        vectors = PCA(PCA_AXES).fit_transform(vectors)
    return UMAP(N_NEIGHBORS, random_state=seed).fit_transform(vectors)


def fit_umap_learn(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Lay out with every core, which umap-learn can only do unseeded: `seed` is left unused for that."""
    import umap

    return umap.UMAP(n_neighbors=N_NEIGHBORS, n_jobs=-1).fit_transform(vectors)


@dataclass(frozen=True)
class Method:
    """A layout to measure: the distribution it comes from, the module its import is timed by, and its fit."""

    distribution: str
    module: str
    fit: Callable[[np.ndarray, int], np.ndarray]


METHODS = {
    "terrella": Method("terrella", "terrella.layouts", fit_terrella),
    "umap-learn": Method("umap-learn", "umap", fit_umap_learn),
}


def measure(method: Method, data: Path, seed: int, spawned: float) -> dict[str, Any]:
    """Import, fit twice and judge, in this process, which was started at `spawned`."""
    importlib.import_module(method.module)
    times = {"import": time.time() - spawned}
    with np.load(data) as arrays:
        vectors, labels = arrays["vectors"], arrays["labels"]
    for name in ("cold", "warm"):
        begun = time.perf_counter()
        layout = method.fit(vectors, seed)
        times[name] = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"seconds": times, "peak_gib": peak, "quality": judge(vectors, layout, labels)}


def judge(vectors: np.ndarray, layout: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Return the measures of `terrella.metrics.quality` by name, the same rows for every method."""
    from terrella.metrics import quality

    measures = quality(vectors, layout, labels=labels, n_neighbors=N_NEIGHBORS, sample=JUDGED_ROWS)
    return {name: found.value for name, found in measures.items()}


def medians(runs: list[Any]) -> Any:
    """Return the runs' common shape with the median of each number."""
    if isinstance(runs[0], dict):
        return {name: medians([run[name] for run in runs]) for name in runs[0]}
    return round(statistics.median(runs), 4)


def load(arguments: argparse.Namespace) -> tuple[np.ndarray, np.ndarray]:
    """Return the vectors and labels that the arguments name, a seeded sample of them if --points says so."""
    vectors, labels = digits() if arguments.data == "digits" else mnist(arguments.samples)
    if arguments.points is not None and arguments.points < len(vectors):
        rows = np.sort(np.random.default_rng(0).choice(len(vectors), arguments.points, replace=False))
        vectors, labels = vectors[rows], labels[rows]
    return vectors, labels


def run_apart(name: str, data: Path, seed: int) -> dict[str, Any]:
    """Measure one method in a process of its own."""
    command = [sys.executable, __file__, "--measure", name, str(data), str(seed), repr(time.time())]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def version(method: Method) -> str:
    """Return the installed version; a checkout on the path that is not installed says so."""
    try:
        return importlib.metadata.version(method.distribution)
    except importlib.metadata.PackageNotFoundError:
        return f"{importlib.import_module(method.distribution).__version__} (checkout)"


def compare(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what was measured of every method, each run in a process of its own."""
    vectors, labels = load(arguments)
    report: dict[str, Any] = {
        "data": arguments.data,
        "shape": vectors.shape,
        "runs": arguments.runs,
        "cores": len(os.sched_getaffinity(0)),
        "methods": {},
    }
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.npz"
        np.savez(data, vectors=vectors, labels=labels)
        for name in arguments.methods:
            method = METHODS[name]
            if importlib.util.find_spec(method.module) is None:
                report["methods"][name] = {"missing": f"pip install {method.distribution}"}
                continue
            runs = [run_apart(name, data, seed) for seed in range(arguments.runs)]
            report["methods"][name] = {"version": version(method), **medians(runs)}
    return report


def main() -> None:
    """Measure every method that is installed and print the medians as JSON."""
    if sys.argv[1:2] == ["--measure"]:
        name, data, seed, spawned = sys.argv[2:]
        print(json.dumps(measure(METHODS[name], Path(data), int(seed), float(spawned))))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", choices=("digits", "mnist"), default="digits")
    parser.add_argument("--samples", type=Path, default=os.environ.get("TERRELLA_SAMPLES", "."))
    parser.add_argument("--points", type=int, help="take a seeded sample of so many rows")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    print(json.dumps(compare(parser.parse_args()), indent=2))


if __name__ == "__main__":
    main()
