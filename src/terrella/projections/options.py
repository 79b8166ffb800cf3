"""What can be asked of a projection: its model, and the options that steer it.

The names are those of the field and of the Nomic client (its ProjectionOptions), so that either habit works.
Every option steers something or is refused; none is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from ..errors import InputError, ParameterError
from ..validation import check_choice, nearest_name
from .bounds import BOUNDS

__all__ = ["MODELS", "Asked", "ProjectionOptions", "as_options"]

_UMAP = ("n_neighbors", "min_dist", "spread", "n_epochs")
_NOMIC = (*_UMAP, "local_neighborhood_size", "rho")

OPTIONS: dict[str, tuple[str, ...]] = {
    "auto": _NOMIC,
    "umap": _UMAP,
    "tsne": ("perplexity", "early_exaggeration", "exaggeration", "max_iter"),
    "pca": (),
    "spectrum": ("perplexity", "frames"),
    "nomic-project-v1": _UMAP,
    "nomic-project-v2": _NOMIC,
}
"""The options that each model has."""

MODELS = tuple(OPTIONS)


@dataclass(frozen=True, kw_only=True)
class ProjectionOptions:
    """A projection as it is asked for; None leaves an option to the layout's own default.

    model: "auto" and Nomic's "nomic-project-v1" and "nomic-project-v2" come to UMAP, the last two on
    approximate neighbours; "umap", "tsne", "pca"; "spectrum" is a sequence of layouts. n_neighbors, min_dist,
    spread, n_epochs steer UMAP; perplexity, early_exaggeration, exaggeration, max_iter steer t-SNE;
    perplexity and frames, how many layouts there are from t-SNE on, steer the spectrum.
    local_neighborhood_size and rho are nomic-project-v2's: the neighbours that the local structure is made
    from, which is UMAP's n_neighbors, and how loosely it is packed, from 0 to 1, which is UMAP's min_dist as
    a share of spread.

    Raises ParameterError for a model or a value that is not allowed, and for an option that the model
    does not have.

    >>> ProjectionOptions(model="umap", n_neighbors=30).given()
    {'n_neighbors': 30}
    """

    model: str = "auto"
    n_neighbors: int | None = None
    min_dist: float | None = None
    spread: float | None = None
    n_epochs: int | None = None
    local_neighborhood_size: int | None = None
    rho: float | None = None
    perplexity: float | None = None
    early_exaggeration: float | None = None
    exaggeration: float | None = None
    max_iter: int | None = None
    frames: int | None = None

    def __post_init__(self) -> None:
        check_choice("projection", self.model, MODELS)
        for name, value in self.given().items():
            _check_option(self.model, name)
            object.__setattr__(self, name, BOUNDS[name].check(name, value))
        _check_one_meaning(self, "n_neighbors", "local_neighborhood_size")
        _check_one_meaning(self, "min_dist", "rho")
        spread = 1.0 if self.spread is None else self.spread
        if self.min_dist is not None and self.min_dist > spread:
            raise ParameterError(
                f"min_dist must lie between 0 and spread = {spread}; got {self.min_dist!r}. "
                "The usual value is 0.1."
            )

    def given(self) -> dict[str, Any]:
        """Return the options that were asked for, by name."""
        options = {option.name: getattr(self, option.name) for option in fields(self)}
        return {name: value for name, value in options.items() if name != "model" and value is not None}

    @classmethod
    def parse(cls, text: str) -> ProjectionOptions:
        """Read "model" or "model:option=value,option=value"."""
        model, colon, rest = text.partition(":")
        model = check_choice("projection", model.strip(), MODELS)
        pairs = [pair.partition("=") for pair in rest.split(",")] if colon else []
        if not all(name.strip() and value.strip() for name, _, value in pairs):
            example = next(iter(OPTIONS[model]), None)
            form = f"{model}:{example}={BOUNDS[example].usual}" if example else f"{model} alone"
            raise ParameterError(f"projection {text!r} must name each option with its value, as in {form}.")
        given: dict[str, Any] = {}
        for name, _, value in pairs:
            option = _check_option(model, name.strip())
            if option in given:
                raise ParameterError(f"projection {text!r} names {option} twice. Give it one value.")
            given[option] = BOUNDS[option].read(option, value.strip())
        return cls(model=model, **given)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> ProjectionOptions:
        """Take the options by name, as Nomic's guides write them; a model of None is "auto"."""
        options = dict(mapping)
        model = check_choice("projection", options.pop("model", None) or "auto", MODELS)
        for name in options:
            _check_option(model, name)
        return cls(model=model, **options)


Asked: TypeAlias = str | Mapping[str, Any] | ProjectionOptions
"""One projection as a caller may write it."""


def as_options(asked: Asked | Sequence[Asked]) -> tuple[ProjectionOptions, ...]:
    """Return what is asked for, once each, in its order; raise InputError where that is nothing."""
    several: Iterable[Asked] = [asked] if isinstance(asked, str | Mapping | ProjectionOptions) else asked
    options = tuple(dict.fromkeys(_as_one(one) for one in several))
    if not options:
        raise InputError(f"projections is empty; name at least one of {', '.join(MODELS)}.")
    return options


def _as_one(asked: Asked) -> ProjectionOptions:
    if isinstance(asked, ProjectionOptions):
        return asked
    if isinstance(asked, str):
        return ProjectionOptions.parse(asked)
    if isinstance(asked, Mapping):
        return ProjectionOptions.from_mapping(asked)
    raise ParameterError(
        f"a projection must be a name such as 'umap', a dict or ProjectionOptions; got {asked!r}."
    )


def _check_option(model: str, name: str) -> str:
    """Return `name` if it is an option of `model`; else raise ParameterError that says whose it is."""
    allowed = OPTIONS[model]
    if name in allowed:
        return name
    has = f"it has {', '.join(allowed)}" if allowed else "it has none"
    owners = [other for other, options in OPTIONS.items() if name in options]
    nearest = nearest_name(name, allowed)
    hint = f" {name} is an option of {' and '.join(owners)}." if owners else ""
    if nearest and not owners:
        hint = f" Did you mean {nearest!r}?"
    raise ParameterError(f"projection {model!r} has no option {name!r}; {has}.{hint}")


def _check_one_meaning(options: ProjectionOptions, name: str, other: str) -> None:
    """Raise ParameterError where two options that steer the same thing are both given."""
    if getattr(options, name) is not None and getattr(options, other) is not None:
        raise ParameterError(
            f"{name} and {other} steer the same thing; got {getattr(options, name)!r} and "
            f"{getattr(options, other)!r}. Leave one of them out."
        )
