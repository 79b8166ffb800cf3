"""t-SNE: t-distributed stochastic neighbour embedding."""

from __future__ import annotations

from typing import Any

from .. import kernels
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

__all__ = ["TSNE"]

_EARLY = 5  # one part in so many of max_iter is exaggerated early


class TSNE(NeighborEmbedding):
    """Lay out items so that each keeps its nearest company (van der Maaten and Hinton 2008).

    perplexity: how many neighbours count, softly; from 1 to a third of the other items. affinity: how they
    count, "blend", "gaussian" (the paper's) or "uniform"; see `affinity.AFFINITIES`.
    early_exaggeration: attraction's weight in the first fifth of max_iter, while groups form; exaggeration:
    its weight afterwards, 1 for t-SNE, about 4 for UMAP's look (Böhm et al. 2022).
    max_iter: at most so many iterations; fewer where 50 of them gain too little. metric: one of
    `neighbors.METRICS`. init: "pca", "spectral", "random" or an array (n_samples, 2). learning_rate: "auto"
    is n_samples / exaggeration. random_state: the same number gives the same bits, on one instruction set,
    whatever the number of threads.

    Fitted: `layout_` (n_samples, 2), `graph_` the KNNGraph used, `n_iter_`, and `kl_divergence_` of the
    affinities from the layout's similarities, in nats.

    >>> layout = TSNE(perplexity=10).fit_transform(np.random.default_rng(0).normal(size=(100, 8)))
    >>> layout.shape
    (100, 2)
    """

    def __init__(
        self,
        perplexity: float = 30.0,
        *,
        early_exaggeration: float = 12.0,
        exaggeration: float = 1.0,
        max_iter: int = 750,
        metric: str = "euclidean",
        init: str | Any = "pca",
        learning_rate: float | str = "auto",
        affinity: str = "blend",
        random_state: int = 0,
    ) -> None:
        self.perplexity = perplexity
        self.early_exaggeration = early_exaggeration
        self.exaggeration = exaggeration
        self.max_iter = max_iter
        self.metric = metric
        self.init = init
        self.learning_rate = learning_rate
        self.affinity = affinity
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> TSNE:
        """Lay out the rows of X, (n_samples, n_features); y is ignored.

        A precomputed `graph` of the same rows, with `n_neighbors(n_samples)` neighbours or more, spares the
        search. `callback(done, total)` counts iterations and may raise to stop. Raises ParameterError or
        ShapeError for options or a graph that do not fit X.
        """
        vectors = check_vectors(X)
        seed = check_random_state(self.random_state)
        early = check_exaggeration("early_exaggeration", self.early_exaggeration)
        late = check_exaggeration("exaggeration", self.exaggeration)
        max_iter = check_max_iter(self.max_iter)
        rate = check_learning_rate(self.learning_rate)
        waiting = None if callback is None else lambda _done, _total: callback(0, max_iter)
        affinities = self._affinities(vectors, graph, seed, waiting)
        layout = small_start(self.init, vectors, affinities, seed, self.graph_.order)
        descent = Descent(affinities, rate, callback, max_iter)
        layout = descent.run(layout, early, max_iter // _EARLY)
        layout = descent.run(layout, late, max_iter - descent.done, TOLERANCE)
        descent.finish()
        self.layout_ = back_in_place(layout, self.graph_.order)
        self.n_iter_ = descent.done
        self.kl_divergence_ = kernels.tsne_divergence(affinities, layout, step=descent.step)
        return self

    def transform(self, X: Any, *, neighbors: Found | None = None) -> Layout:
        """Return places on the map for the rows of X, (n_samples, n_features); the fitted items stay.

        Each is held by the 15 fitted items nearest to it and pushed by all, as if it were the only new one.
        Raises NotFittedError before `fit`, ShapeError for other features.
        """
        self._check_is_fitted("transform(X)")
        return self._place(X, self.layout_, float(self.exaggeration), neighbors)
