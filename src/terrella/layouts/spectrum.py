"""The attraction-repulsion spectrum: one family of layouts from t-SNE to Laplacian eigenmaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..neighbors import KNNGraph
from ..typing import Callback, Layout
from .descent import (
    TOLERANCE,
    Descent,
    check_exaggeration,
    check_learning_rate,
    check_max_iter,
    small_start,
)
from .estimator import Found, check_random_state, check_vectors
from .neighbor_embedding import NeighborEmbedding
from .order import back_in_place

__all__ = ["Spectrum"]


class Spectrum(NeighborEmbedding):
    """Lay out items at several weights of attraction against repulsion (Böhm, Berens and Kobak 2022).

    exaggerations: the weights, in the order of the frames: 1 is t-SNE, about 4 has UMAP's look, 30 that of
    ForceAtlas2, and the limit is Laplacian eigenmaps. The greatest is laid out first, each of the others from
    the next greater, so that a slider through the frames moves every item along one path; frames are turned
    to lie on one another and scaled to one root mean square radius, that of the frame nearest to t-SNE.
    max_iter: at most so many iterations a frame. The other parameters are those of TSNE.

    Fitted: `layouts_` (n_frames, n_samples, 2), `exaggerations_` (n_frames,), `layout_` the frame whose
    exaggeration is nearest to 1 and `frame_` its number, `scales_` (n_frames,) what each frame was multiplied
    by, `graph_` the KNNGraph used, `n_iter_`.
    """

    def __init__(
        self,
        exaggerations: Sequence[float] = (1, 2, 4, 8, 16, 32),
        *,
        perplexity: float = 30.0,
        max_iter: int = 250,
        metric: str = "euclidean",
        init: str | Any = "pca",
        learning_rate: float | str = "auto",
        affinity: str = "blend",
        random_state: int = 0,
    ) -> None:
        self.exaggerations = exaggerations
        self.perplexity = perplexity
        self.max_iter = max_iter
        self.metric = metric
        self.init = init
        self.learning_rate = learning_rate
        self.affinity = affinity
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> Spectrum:
        """Lay out the rows of X, (n_samples, n_features), once for each exaggeration; y is ignored.

        `graph` and `callback` are as for TSNE.fit; the callback counts the iterations of all frames. Raises
        ParameterError or ShapeError for options or a graph that do not fit X.
        """
        vectors = check_vectors(X)
        seed = check_random_state(self.random_state)
        exaggerations = _check_exaggerations(self.exaggerations)
        max_iter = check_max_iter(self.max_iter)
        rate = check_learning_rate(self.learning_rate)
        total = len(exaggerations) * max_iter
        waiting = None if callback is None else lambda _done, _total: callback(0, total)
        affinities = self._affinities(vectors, graph, seed, waiting)
        layout = small_start(self.init, vectors, affinities, seed, self.graph_.order)
        descent = Descent(affinities, rate, callback, total)
        frames = np.empty((len(exaggerations), len(vectors), 2), np.float32)
        for frame in np.argsort(-exaggerations, kind="stable"):
            layout = descent.run(layout, float(exaggerations[frame]), max_iter, TOLERANCE)
            frames[frame] = back_in_place(layout, self.graph_.order)
        descent.finish()
        self.n_iter_ = descent.done
        self.exaggerations_ = exaggerations
        self.frame_ = int(np.argmin(np.abs(np.log(exaggerations))))
        self.layouts_, self.scales_ = _aligned(frames, self.frame_)
        self.layout_ = self.layouts_[self.frame_]
        return self

    def transform(self, X: Any, *, neighbors: Found | None = None) -> Layout:
        """Return places in `layout_` for the rows of X, (n_samples, n_features); as TSNE.transform."""
        self._check_is_fitted("transform(X)")
        return self._place(X, self.layout_, float(self.exaggerations_[self.frame_]), neighbors)

    def transform_frames(self, X: Any, *, neighbors: Found | None = None) -> NDArray[np.float32]:
        """Return places in every frame, (n_frames, m, 2), for the rows of X; as `transform` in each."""
        self._check_is_fitted("transform_frames(X)")
        frames = [
            self._place(X, layout / scale, float(exaggeration), neighbors) * scale
            for layout, scale, exaggeration in zip(
                self.layouts_, self.scales_.astype(np.float32), self.exaggerations_, strict=True
            )
        ]
        return np.stack(frames)

    def memory(self) -> dict[str, NDArray[Any]]:
        """Return what each frame was multiplied by."""
        return {"scales": self.scales_}

    def adopt(self, X: Any, layout: Any, memory: Mapping[str, NDArray[Any]] | None = None) -> Self:
        """Take `layout`, (n_frames, n_samples, 2), for the places of the rows of X in every frame."""
        self.exaggerations_ = _check_exaggerations(self.exaggerations)
        self.frame_ = int(np.argmin(np.abs(np.log(self.exaggerations_))))
        if memory is None or not len(layout) == len(memory["scales"]) == len(self.exaggerations_):
            raise ShapeError(f"layout and memory must hold {len(self.exaggerations_)} frames. Fit anew.")
        super().adopt(X, layout[self.frame_], memory)
        self.layouts_, self.scales_ = np.asarray(layout, np.float32), memory["scales"]
        return self


def _check_exaggerations(exaggerations: Sequence[float]) -> NDArray[np.float64]:
    try:
        values = list(exaggerations)
    except TypeError:
        values = []
    checked = np.array([check_exaggeration("exaggerations", value) for value in values])
    if len(checked) < 1 or len(set(checked)) < len(checked):
        raise ParameterError(
            f"exaggerations must be different numbers above 0, at least one; got {exaggerations!r}. "
            "The usual ones are (1, 2, 4, 8, 16, 32)."
        )
    return checked


def _aligned(frames: NDArray[np.float32], fixed: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Centre the frames, turn each to lie on its neighbour towards `fixed`, and scale all to its radius.

    The turn is the rotation of least squares (Kabsch 1976). Returns the frames and their scales.
    """
    centred = frames.astype(np.float64) - frames.mean(axis=1, dtype=np.float64)[:, None]
    radii = np.sqrt((centred**2).sum(axis=2).mean(axis=1))
    scales = radii[fixed] / np.maximum(radii, np.finfo(np.float64).tiny)
    centred *= scales[:, None, None]
    for frame in (*range(fixed + 1, len(frames)), *range(fixed - 1, -1, -1)):
        towards = frame - 1 if frame > fixed else frame + 1
        centred[frame] = centred[frame] @ _rotation(centred[frame], centred[towards])
    return centred.astype(np.float32), scales


def _rotation(layout: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the 2 × 2 rotation R that makes layout @ R nearest to target."""
    products = layout.T @ target
    angle = np.arctan2(products[0, 1] - products[1, 0], products[0, 0] + products[1, 1])
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
