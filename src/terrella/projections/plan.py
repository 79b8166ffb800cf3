"""From what is asked for to the estimators that lay it out, for as many items as there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ParameterError
from ..typing import Parameters
from .bounds import BOUNDS
from .options import ProjectionOptions

if TYPE_CHECKING:
    from ..layouts.estimator import LayoutEstimator

__all__ = ["PlannedProjection", "plan_projections"]

_METHODS = {"auto": "umap", "nomic-project-v1": "umap", "nomic-project-v2": "umap"}
_APPROXIMATE = {"nomic-project-v1", "nomic-project-v2"}
_TITLES = {"umap": "UMAP", "tsne": "t-SNE", "pca": "PCA", "spectrum": "Spectrum"}
_SEQUENCES = {"spectrum"}
_MOST_ATTRACTION = 32.0


@dataclass(frozen=True, eq=False)
class PlannedProjection:
    """A projection, or a sequence of them, that is ready to be made.

    `name` (a slug) and `title` are unique in the map. `n_neighbors` is how many neighbours the estimator
    needs of each item, 0 where it needs none; `approximate` is whether approximate ones were asked for.
    `asked` is what the projection was asked for with.
    """

    name: str
    title: str
    method: str
    estimator: LayoutEstimator
    n_neighbors: int
    approximate: bool
    asked: ProjectionOptions

    @property
    def is_sequence(self) -> bool:
        """Whether the estimator leaves several layouts, one a frame, in its `layouts_`."""
        return self.method in _SEQUENCES

    @property
    def parameters(self) -> Parameters:
        """Everything that steers the estimator, by its own names, but for the seed."""
        given = self.estimator.get_params()
        return {name: value for name, value in given.items() if name != "random_state"}

    @property
    def key(self) -> str:
        """What was asked for, as text: equal where more items are to join the same projection."""
        asked = {"method": self.method, **self.asked.given(), "seed": self.seed}
        metric = self.parameters.get("metric")
        return json.dumps(asked if metric is None else {**asked, "metric": metric}, sort_keys=True)

    @property
    def seed(self) -> int:
        """The number that what is random depends on."""
        return int(self.estimator.get_params()["random_state"])


def plan_projections(
    asked: Sequence[ProjectionOptions],
    count: int,
    n_features: int,
    *,
    metric: str = "euclidean",
    random_state: int = 0,
) -> tuple[PlannedProjection, ...]:
    """Return the estimators for `count` items with n_features each, in the order asked for.

    A default that so few items do not allow is lowered; a value that was given is refused with
    ParameterError. What comes to the same layout is made once. A second one by the same method is called
    after its place among them: umap-2, "UMAP 2".
    """
    planned: list[PlannedProjection] = []
    for options in asked:
        method = _METHODS.get(options.model, options.model)
        estimator, n_neighbors = _ESTIMATORS[method](options, count, n_features, metric, random_state)
        alike = [one for one in planned if one.method == method]
        if any(one.estimator.get_params() == estimator.get_params() for one in alike):
            continue
        number = len(alike) + 1
        planned.append(
            PlannedProjection(
                name=method if number == 1 else f"{method}-{number}",
                title=_TITLES[method] if number == 1 else f"{_TITLES[method]} {number}",
                method=method,
                estimator=estimator,
                n_neighbors=n_neighbors,
                approximate=options.model in _APPROXIMATE,
                asked=options,
            )
        )
    return tuple(planned)


Estimator = tuple["LayoutEstimator", int]


def _umap(options: ProjectionOptions, count: int, _features: int, metric: str, seed: int) -> Estimator:
    from ..layouts import UMAP

    given = options.given()
    local = given.pop("local_neighborhood_size", None)
    if local is not None:
        given["n_neighbors"] = local
    rho = given.pop("rho", None)
    if rho is not None:
        given["min_dist"] = rho * given.get("spread", 1.0)
    estimator = UMAP(**given, metric=metric, random_state=seed)
    if "n_neighbors" in given:
        _check_fits("n_neighbors", estimator.n_neighbors, count - 1, "all others", count)
    estimator.n_neighbors = min(estimator.n_neighbors, count - 1)
    return estimator, estimator.n_neighbors


def _tsne(options: ProjectionOptions, count: int, _features: int, metric: str, seed: int) -> Estimator:
    from ..layouts import TSNE

    given = {**options.given(), "perplexity": _perplexity(options, count)}
    estimator = TSNE(**given, metric=metric, random_state=seed)
    return estimator, estimator.n_neighbors(count)


def _perplexity(options: ProjectionOptions, count: int) -> float:
    """Return the perplexity asked for, which must fit the items, or the usual one as far as it fits."""
    most = max(1.0, (count - 1) / 3.0)
    if options.perplexity is None:
        return min(BOUNDS["perplexity"].usual, most)
    _check_fits("perplexity", options.perplexity, most, "a third", count)
    return options.perplexity


def _spectrum(options: ProjectionOptions, count: int, _features: int, metric: str, seed: int) -> Estimator:
    """Plan frames from t-SNE to 32 times its attraction, each as many times stronger as the one before."""
    from ..layouts import Spectrum

    given = options.given()
    frames = given.pop("frames", None)
    if frames is not None:
        steps = np.geomspace(1.0, _MOST_ATTRACTION, frames)
        given["exaggerations"] = tuple(float(step) for step in steps.round(3))
    given["perplexity"] = _perplexity(options, count)
    estimator = Spectrum(**given, metric=metric, random_state=seed)
    return estimator, estimator.n_neighbors(count)


def _pca(_options: ProjectionOptions, count: int, n_features: int, _metric: str, seed: int) -> Estimator:
    from ..layouts import PCA

    return PCA(min(2, n_features, count), random_state=seed), 0


_ESTIMATORS: dict[str, Any] = {"umap": _umap, "tsne": _tsne, "pca": _pca, "spectrum": _spectrum}


def _check_fits(name: str, value: float, most: float, reason: str, count: int) -> None:
    if value > most:
        raise ParameterError(
            f"{name} must be at most {most:.4g}, {reason} of the {count} items; got {value}. "
            "Ask for less or add items."
        )
