"""Measure where a held-out tenth lands on a finished map, against umap-learn's transform; prints JSON.

    python benchmarks/transform.py --data mnist
    python benchmarks/transform.py --data digits --points 300 --runs 1     # a smoke test

A random tenth of the rows is held out; the map is made of the rest. A held-out row
lands with its class if most of the 10 map points nearest to where it lands have its label. Medians over
--runs seeds, each in a process of its own that has imported and fitted before `transform` is timed.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from arena.apart import call_apart
from arena.command import note, parser, publish
from arena.data import DATA, DataSet, prepare
from arena.medians import medians
from arena.methods import METHODS, version_of

Report = dict[str, Any]
LAYOUTS = ("terrella-umap", "umap-learn", "terrella-tsne")
VOTES = 10


def land(*, method: str, folder: str, metric: str, seed: int, spawned: float) -> Report:
    """Fit on the known rows, place the new ones; return seconds and the share that lands with its class."""
    from sklearn.neighbors import KNeighborsClassifier

    importlib.import_module(METHODS[method].module)
    known, new = (np.load(Path(folder) / f"{name}.npy") for name in ("known", "new"))
    known_labels, new_labels = (np.load(Path(folder) / f"{name}-labels.npy") for name in ("known", "new"))
    estimator = METHODS[method].make(metric, seed)
    begun = time.perf_counter()
    layout = np.array(estimator.fit_transform(known))
    fitted = time.perf_counter()
    landed = np.asarray(estimator.transform(new))
    seconds = time.perf_counter() - fitted
    votes = KNeighborsClassifier(VOTES).fit(layout, known_labels)
    accuracy = float((votes.predict(landed) == new_labels).mean())
    error = float(np.sqrt(accuracy * (1 - accuracy) / len(new)))
    return {"fit": fitted - begun, "transform": seconds, "accuracy": accuracy, "error": error}


def split(data: DataSet, folder: Path) -> None:
    """Write a random nine tenths of the rows as `known` and the others as `new`."""
    order = np.random.default_rng(0).permutation(len(data.vectors))
    tenth = len(order) // 10
    for name, rows in (("new", order[:tenth]), ("known", order[tenth:])):
        np.save(folder / f"{name}.npy", data.vectors[np.sort(rows)])
        np.save(folder / f"{name}-labels.npy", data.labels[np.sort(rows)])


def compare(data: DataSet, options: argparse.Namespace) -> Report:
    """Return medians for every method, and whether ours lands with its class as often as the rival's."""
    found: dict[str, Report] = {}
    with tempfile.TemporaryDirectory() as folder:
        split(data, Path(folder))
        for name in options.methods:
            method = METHODS[name]
            if not method.installed:
                found[name] = {"missing": f"pip install {method.distribution}"}
                continue
            runs = []
            for seed in range(options.runs):
                runs.append(
                    call_apart("transform:land", method=name, folder=folder, metric=data.metric, seed=seed)
                )
                note(f"{data.name} {name} {runs[-1]['transform']:.2f} s, {runs[-1]['accuracy']:.4f}")
            found[name] = {"version": version_of(method.distribution, method.module), **medians(runs)}
    rival = found.get("umap-learn", {})
    for name, report in found.items():
        if name.startswith("terrella") and "accuracy" in rival:
            report["at_least"] = report["accuracy"] >= rival["accuracy"]
            report["times_faster"] = rival["transform"] / report["transform"]
    return {"shape": list(data.vectors.shape), "held_out": len(data.vectors) // 10, "methods": found}


def main() -> None:
    """Measure every method that is installed on every data set that is named."""
    command = parser(__doc__.splitlines()[0], runs=3)
    command.add_argument("--data", nargs="+", choices=DATA, default=["digits"])
    command.add_argument("--methods", nargs="+", choices=LAYOUTS, default=list(LAYOUTS[:2]))
    options = command.parse_args()
    found = {name: compare(prepare(name, options.work, options.points), options) for name in options.data}
    publish({"benchmark": "transform", "runs": options.runs, "data": found}, options.out)


if __name__ == "__main__":
    main()
