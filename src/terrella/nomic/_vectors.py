"""Which vectors a map is made of, in the client's words and in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import ParameterError
from ..validation import check_choice, check_column

if TYPE_CHECKING:
    from .dataset import AtlasDataset

__all__ = ["vectors_asked"]

MODALITIES = ("embedding", "text", "image")


def vectors_asked(
    dataset: AtlasDataset, field: str | None, modality: str | None, model: Any, reused: str | None
) -> dict[str, Any]:
    """Return `vectors`, or `field` and `encoder`, of `Dataset.map`.

    The vectors of the map `reused`; else, by modality, the dataset's own, those of a text field or those of
    the images. Raises ParameterError for a modality that the dataset has nothing for, UnknownColumnError for
    a field that is not there.
    """
    if reused is not None:
        return {"vectors": dataset.get_map(reused).vector_column}
    kind = dataset.modality if modality is None else check_choice("modality", modality, MODALITIES)
    if kind == "embedding":
        own = dataset.own_vectors
        if not own:
            raise ParameterError(
                f"modality 'embedding' needs vectors; {dataset.slug} was stored without. "
                "Pass add_data(data, embeddings=array), or modality='text'."
            )
        return {"vectors": own[0]}
    if kind == "image" and dataset.local.exists and not dataset.stored.has_images:
        raise ParameterError(
            f"modality 'image' needs images; {dataset.slug} was stored without. "
            "Pass add_data(data, blobs=images), or another modality."
        )
    if kind == "image":
        return {"encoder": "pixels" if model is None else model}
    if field is not None:
        check_column(field, dataset.dataset_fields, dataset.slug)
    return {"field": field, "encoder": model}
