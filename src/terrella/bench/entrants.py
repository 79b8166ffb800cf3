"""Who runs: our methods and each rival as its documentation says to use it, on every core."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..typing import Vectors

__all__ = ["ENTRANTS", "N_NEIGHBORS", "TASKS", "Entrant"]

N_NEIGHBORS = 15

TASKS = {"knn": "Nearest neighbours", "umap": "UMAP", "tsne": "t-SNE"}
"""What is raced: the k nearest of every row, and two layouts."""


@dataclass(frozen=True)
class Entrant:
    """A method: the distribution and module it comes from, and run(vectors, seed).

    `run` returns the neighbours (n_samples, 15 or 16 with the row itself) or the layout (n_samples, 2). Above
    `most_rows` the method takes minutes and is left out.
    """

    task: str
    name: str
    distribution: str
    module: str
    run: Callable[[Vectors, int], Any]
    most_rows: int = 1_000_000

    @property
    def installed(self) -> bool:
        """Whether it can be imported here."""
        return importlib.util.find_spec(self.module.partition(".")[0]) is not None

    @property
    def version(self) -> str:
        """The installed version."""
        if self.distribution == "terrella":
            from .. import __version__

            return __version__
        return importlib.metadata.version(self.distribution)


def _terrella_knn(vectors: Vectors, seed: int) -> Any:
    from ..neighbors import knn_graph

    return knn_graph(vectors, N_NEIGHBORS, random_state=seed).indices


def _hnswlib(vectors: Vectors, seed: int) -> Any:
    """M = 16, ef_construction = 100, ef = 40: from there on recall rises slower than seconds do."""
    import hnswlib

    index = hnswlib.Index("l2", vectors.shape[1])
    index.init_index(len(vectors), M=16, ef_construction=100, random_seed=100 + seed)
    index.add_items(vectors)
    index.set_ef(40)
    return index.knn_query(vectors, k=N_NEIGHBORS + 1)[0]


def _pynndescent(vectors: Vectors, seed: int) -> Any:
    import pynndescent

    return pynndescent.NNDescent(vectors, n_neighbors=N_NEIGHBORS + 1, random_state=seed).neighbor_graph[0]


def _sklearn_knn(vectors: Vectors, _seed: int) -> Any:
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=N_NEIGHBORS, n_jobs=-1).fit(vectors)
    return search.kneighbors(return_distance=False)


def _terrella_umap(vectors: Vectors, seed: int) -> Any:
    from ..layouts import UMAP

    return UMAP(N_NEIGHBORS, random_state=seed).fit_transform(vectors)


def _umap_learn(vectors: Vectors, _seed: int) -> Any:
    """Unseeded, for a seed would hold umap-learn to one core."""
    import umap

    return umap.UMAP(n_neighbors=N_NEIGHBORS, n_jobs=-1).fit_transform(vectors)


def _terrella_tsne(vectors: Vectors, seed: int) -> Any:
    from ..layouts import TSNE

    return TSNE(random_state=seed).fit_transform(vectors)


def _opentsne(vectors: Vectors, seed: int) -> Any:
    import openTSNE

    return openTSNE.TSNE(n_jobs=-1, negative_gradient_method="fft", random_state=seed).fit(vectors)


def _sklearn_tsne(vectors: Vectors, seed: int) -> Any:
    from sklearn.manifold import TSNE

    return TSNE(n_jobs=-1, random_state=seed).fit_transform(vectors)


ENTRANTS = (
    Entrant("knn", "terrella", "terrella", "terrella.neighbors", _terrella_knn),
    Entrant("knn", "hnswlib", "hnswlib", "hnswlib", _hnswlib),
    Entrant("knn", "pynndescent", "pynndescent", "pynndescent", _pynndescent),
    Entrant("knn", "scikit-learn", "scikit-learn", "sklearn.neighbors", _sklearn_knn),
    Entrant("umap", "terrella", "terrella", "terrella.layouts", _terrella_umap),
    Entrant("umap", "umap-learn", "umap-learn", "umap", _umap_learn),
    Entrant("tsne", "terrella", "terrella", "terrella.layouts", _terrella_tsne),
    Entrant("tsne", "openTSNE", "openTSNE", "openTSNE", _opentsne),
    Entrant("tsne", "scikit-learn", "scikit-learn", "sklearn.manifold", _sklearn_tsne, most_rows=3_000),
)
