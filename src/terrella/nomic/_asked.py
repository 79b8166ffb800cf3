"""What the client's callers ask for, as `Dataset.map` takes it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

from .. import projections
from ..errors import ParameterError
from .data_inference import NomicDuplicatesOptions, NomicEmbedOptions, NomicTopicOptions, ProjectionOptions

__all__ = ["as_cutoff", "as_field", "as_model", "as_projection", "check_asked", "model_source"]

_LOG = logging.getLogger("terrella.nomic")

_VERSION_TWO = ("local_neighborhood_size", "rho")
"""Options that the client documents as used by nomic-project-v2 alone; for other models it drops them."""

_MODELS = {
    "nomic-embed-text-v1": "nomic-ai/nomic-embed-text-v1",
    "nomic-embed-text-v1.5": "nomic-ai/nomic-embed-text-v1.5",
    "nomic-embed-vision-v1": "nomic-ai/nomic-embed-vision-v1",
    "nomic-embed-vision-v1.5": "nomic-ai/nomic-embed-vision-v1.5",
    "gte-multilingual-base": "Alibaba-NLP/gte-multilingual-base",
}
"""The client's names of models, and where the Hugging Face hub has them."""

Options = TypeVar("Options", NomicDuplicatesOptions, NomicEmbedOptions, NomicTopicOptions)


def as_projection(asked: Any) -> projections.Asked:
    """Return the projection that a name, a dict or options of either kind ask for; None is the usual one."""
    if asked is None:
        return "auto"
    if isinstance(asked, str | projections.ProjectionOptions):
        return asked
    if isinstance(asked, ProjectionOptions):
        asked = asked.model_dump()
    if not isinstance(asked, Mapping):
        raise ParameterError(
            f"projection must be a name such as 'umap', a dict or ProjectionOptions; got {asked!r:.60}."
        )
    given = {name: value for name, value in asked.items() if value is not None}
    if given.get("model", "auto") not in ("auto", "nomic-project-v2"):
        for name in _VERSION_TWO:
            if given.pop(name, None) is not None:
                _LOG.warning("%s is an option of nomic-project-v2 alone; it is left out", name)
    return given


def as_field(asked: Any, indexed: str | None) -> bool | dict[str, Any]:
    """Return `topics` of `Dataset.map`: whether to find topics, and the field whose words name them."""
    options = _as_one("topic_model", asked, NomicTopicOptions, NomicTopicOptions(build_topic_model=False))
    if not options.build_topic_model:
        return False
    field = options.topic_label_field or indexed
    return {"field": field} if field else True


def as_cutoff(asked: Any) -> bool | dict[str, Any]:
    """Return `duplicates` of `Dataset.map`: whether to find near duplicates, and how near."""
    options = _as_one(
        "duplicate_detection", asked, NomicDuplicatesOptions, NomicDuplicatesOptions(tag_duplicates=False)
    )
    return {"cutoff": options.duplicate_cutoff} if options.tag_duplicates else False


def check_asked(projection: Any, topic_model: Any, duplicate_detection: Any) -> None:
    """Raise ParameterError for an option that `Dataset.map` would refuse, before anything is stored."""
    projections.as_options([as_projection(projection)])
    projections.as_topic_options(as_field(topic_model, None))
    projections.as_duplicate_options(as_cutoff(duplicate_detection))


def as_model(asked: Any) -> Any:
    """Return the encoder to use, None for Terrella's own choice."""
    if isinstance(asked, Mapping | NomicEmbedOptions):
        asked = _as_one("embedding_model", asked, NomicEmbedOptions, NomicEmbedOptions()).model
    return model_source(asked) if isinstance(asked, str) else asked


def model_source(name: str) -> str:
    """Return where the model `name` is to be had: the hub's name for one of the client's, else the name."""
    return _MODELS.get(name, name)


def _as_one(name: str, asked: Any, kind: type[Options], none: Options) -> Options:
    """Return `asked` as options: True is the defaults, False or None is `none`."""
    if asked is None or isinstance(asked, bool):
        return kind() if asked else none
    if isinstance(asked, kind):
        return asked
    if isinstance(asked, Mapping):
        return kind.from_mapping(asked)
    raise ParameterError(
        f"{name} must be True, False, a dict or {kind.__name__}; got {type(asked).__name__} {asked!r:.60}."
    )
