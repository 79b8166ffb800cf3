"""The layouts that are compared: ours, and each rival as its documentation says to use it, on every core."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["METHODS", "Method", "version_of"]

N_NEIGHBORS = 15
_ANGULAR = {"euclidean": "euclidean", "cosine": "angular"}


@dataclass(frozen=True)
class Method:
    """A layout: the distribution and module it comes from, how to make one, and the rival it must beat.

    `make(metric, seed)` returns an object with fit_transform; imports are done when `module` is imported.
    """

    distribution: str
    module: str
    make: Callable[[str, int], Any]
    rival: str | None = None

    @property
    def installed(self) -> bool:
        """Whether the module can be imported here."""
        return importlib.util.find_spec(self.module.partition(".")[0]) is not None


class _OpenTSNE:
    """openTSNE's `fit` behind the name that all others have."""

    def __init__(self, metric: str, seed: int) -> None:
        import openTSNE

        self.estimator = openTSNE.TSNE(
            n_jobs=-1, metric=metric, negative_gradient_method="fft", random_state=seed
        )

    def fit_transform(self, vectors: np.ndarray) -> np.ndarray:
        return np.asarray(self.estimator.fit(vectors))


def _terrella_umap(metric: str, seed: int) -> Any:
    from terrella.layouts import UMAP

    return UMAP(n_neighbors=N_NEIGHBORS, metric=metric, random_state=seed)


def _terrella_tsne(metric: str, seed: int) -> Any:
    from terrella.layouts import TSNE

    return TSNE(metric=metric, random_state=seed)


def _umap_learn(metric: str, seed: int) -> Any:
    """umap-learn on all cores, which it can only be unseeded; the seed goes to numpy, which it draws from."""
    import umap

    np.random.seed(seed)  # noqa: NPY002  what umap-learn reads when random_state is None
    return umap.UMAP(n_neighbors=N_NEIGHBORS, metric=metric, n_jobs=-1)


def _umap_learn_from_pca(metric: str, seed: int) -> Any:
    """umap-learn from a PCA start: its spectral one still ran on the synthetic million after 18 minutes."""
    import umap

    np.random.seed(seed)  # noqa: NPY002  what umap-learn reads when random_state is None
    return umap.UMAP(n_neighbors=N_NEIGHBORS, metric=metric, init="pca", n_jobs=-1)


def _pacmap(metric: str, seed: int) -> Any:
    import pacmap

    return pacmap.PaCMAP(distance=_ANGULAR[metric], random_state=seed)


def _localmap(metric: str, seed: int) -> Any:
    import pacmap

    return pacmap.LocalMAP(distance=_ANGULAR[metric], random_state=seed)


METHODS = {
    "terrella-umap": Method("terrella", "terrella.layouts", _terrella_umap, rival="umap-learn"),
    "umap-learn": Method("umap-learn", "umap", _umap_learn),
    "umap-learn-pca": Method("umap-learn", "umap", _umap_learn_from_pca),
    "terrella-tsne": Method("terrella", "terrella.layouts", _terrella_tsne, rival="opentsne"),
    "opentsne": Method("openTSNE", "openTSNE", _OpenTSNE),
    "pacmap": Method("pacmap", "pacmap", _pacmap),
    "localmap": Method("pacmap", "pacmap", _localmap),
}


def version_of(distribution: str, module: str) -> str:
    """Return the installed version; a checkout on the path that is not installed says so."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return f"{importlib.import_module(module.partition('.')[0]).__version__} (checkout)"
