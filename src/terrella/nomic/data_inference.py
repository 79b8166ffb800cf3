"""The options of `create_index`, with the client's names and defaults.

None leaves an option to Terrella. A dict with the same keys does wherever an object does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from ..errors import ParameterError
from ..validation import nearest_name

__all__ = ["NomicDuplicatesOptions", "NomicEmbedOptions", "NomicTopicOptions", "ProjectionOptions"]


@dataclass(kw_only=True)
class _Options:
    """What the options have in common."""

    def __new__(cls, **given: Any) -> Self:
        """Raise ParameterError, naming the nearest, for an option that there is not."""
        names = [option.name for option in fields(cls)]
        for name in given:
            if name not in names:
                nearest = nearest_name(str(name), names)
                hint = f" Did you mean {nearest!r}?" if nearest else ""
                raise ParameterError(
                    f"{cls.__name__} has no option {name!r}; it has {', '.join(names)}.{hint}"
                )
        return super().__new__(cls)

    def model_dump(self) -> dict[str, Any]:
        """Return the options by name."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Self:
        """Take the options from a dict."""
        return cls(**{str(name): value for name, value in given.items()})


@dataclass(kw_only=True)
class ProjectionOptions(_Options):
    """How the items are laid out.

    model: "umap", "nomic-project-v1" or "nomic-project-v2", or any of `terrella.projections.MODELS`; None
    takes UMAP, on approximate neighbours where there are many items. n_neighbors, n_epochs, min_dist and
    spread steer it; local_neighborhood_size and rho steer nomic-project-v2.
    """

    model: str | None = None
    n_neighbors: int | None = None
    n_epochs: int | None = None
    min_dist: float | None = None
    spread: float | None = None
    local_neighborhood_size: int | None = None
    rho: float | None = None


@dataclass(kw_only=True)
class NomicTopicOptions(_Options):
    """Whether topics are found, and the field whose words name them.

    cluster_method and enforce_topic_hierarchy are accepted: Terrella has one method, and its topics always
    form a hierarchy.
    """

    build_topic_model: bool = True
    topic_label_field: str | None = None
    cluster_method: str = "fast"
    enforce_topic_hierarchy: bool = False


@dataclass(kw_only=True)
class NomicDuplicatesOptions(_Options):
    """Whether near duplicates are found, and how far apart they may be: smaller is stricter."""

    tag_duplicates: bool = True
    duplicate_cutoff: float = 0.1


@dataclass(kw_only=True)
class NomicEmbedOptions(_Options):
    """The model that makes vectors of the items.

    Any that Terrella knows: a model's name on the Hugging Face hub, a folder, an .onnx file, "tfidf" or
    "pixels"; the client's own names stand for the models they name.
    """

    model: str = "nomic-embed-text-v1.5"
