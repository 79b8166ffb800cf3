"""The searches for neighbours that are compared, and what runs in the process of one run."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .apart import peak_gib

__all__ = ["SEARCHES", "Search", "find_neighbors"]


@dataclass(frozen=True)
class Search:
    """A search: its distribution and module, and find(vectors, k, metric) → indices (n_samples, ≥ k).

    What it finds may hold the row itself.
    """

    distribution: str
    module: str
    find: Callable[[np.ndarray, int, str], np.ndarray]


def _terrella(method: str) -> Callable[[np.ndarray, int, str], np.ndarray]:
    def find(vectors: np.ndarray, k: int, metric: str) -> np.ndarray:
        from terrella.neighbors import knn_graph

        return knn_graph(vectors, k, metric=metric, method=method).indices

    return find


def _hnswlib(vectors: np.ndarray, k: int, metric: str) -> np.ndarray:
    """M = 16, ef_construction = 100, ef = 40: from there on recall rises slower than seconds do."""
    import hnswlib

    index = hnswlib.Index("cosine" if metric == "cosine" else "l2", vectors.shape[1])
    index.init_index(len(vectors), M=16, ef_construction=100)
    index.set_num_threads(len(os.sched_getaffinity(0)))
    index.add_items(vectors)
    index.set_ef(max(40, k + 1))
    return index.knn_query(vectors, k=k + 1)[0].astype(np.int64)


def _pynndescent(vectors: np.ndarray, k: int, metric: str) -> np.ndarray:
    import pynndescent

    return pynndescent.NNDescent(vectors, n_neighbors=k + 1, metric=metric, n_jobs=-1).neighbor_graph[0]


SEARCHES = {
    "terrella-exact": Search("terrella", "terrella.neighbors", _terrella("exact")),
    "terrella-approximate": Search("terrella", "terrella.neighbors", _terrella("approximate")),
    "hnswlib": Search("hnswlib", "hnswlib", _hnswlib),
    "pynndescent": Search("pynndescent", "pynndescent", _pynndescent),
}


def find_neighbors(
    *, search: str, vectors: str, metric: str, n_neighbors: int, fits: int, indices: str, spawned: float
) -> dict[str, Any]:
    """Search `fits` times and keep the last answer in the file `indices`; return seconds and peak memory."""
    chosen = SEARCHES[search]
    importlib.import_module(chosen.module)
    imported = time.time() - spawned
    data = np.load(vectors, mmap_mode="r")
    walls, cpus, peak = [], [], 0.0
    for _ in range(fits):
        wall, cpu = time.perf_counter(), time.process_time()
        found = chosen.find(data, n_neighbors, metric)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        peak = peak or peak_gib()
    np.save(indices, found.astype(np.int32))
    return {"import": imported, "fits": walls, "cpu": cpus, "peak_gib": peak}
