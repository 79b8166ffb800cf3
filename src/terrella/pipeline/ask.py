"""What a column of vectors can be asked: the encoder that made it, made again for what is searched for."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import TYPE_CHECKING

from ..errors import InputError, MissingExtraError, NotFoundError, SourceError
from ..typing import Parameters, Vectors
from ..validation import check_column
from .fitted import fitted_again

if TYPE_CHECKING:
    from ..encoders import Encoder
    from ..store import StoredDataset

__all__ = ["abilities", "column_takes", "encoder_of", "vector_of_image", "vector_of_text"]

_HELD = 4
_held: dict[Hashable, Encoder] = {}
"""The encoders that were used last: a model takes seconds to load, and hundreds of megabytes."""

_lock = Lock()

_BEFORE = {"tfidf": frozenset({"text"}), "pixels": frozenset({"image"})}
"""What columns take whose metadata do not say; there were two encoders then."""


def abilities(dataset: StoredDataset, column: str) -> tuple[str, ...]:
    """Return what a column can be searched by: 'item' and 'vector', and 'text' or 'image' or both."""
    return ("item", "vector", *sorted(column_takes(dataset, column), reverse=True))


def column_takes(dataset: StoredDataset, column: str) -> frozenset[str]:
    """Return which of "text" and "image" can be encoded as a column was, without loading a model for it."""
    about = _about(dataset, column)
    if not about.get("derived"):
        return frozenset()
    if "kind" not in about:
        return _BEFORE.get(column, frozenset())
    from ..encoders import LASTING, FunctionEncoder, known_encoder

    known = known_encoder(about["model"])
    if about["kind"] not in LASTING and known is None:
        return frozenset()
    # A function may be given anything and take only what it was made for.
    return frozenset({about["modality"]} if isinstance(known, FunctionEncoder) else about["takes"])


def vector_of_text(dataset: StoredDataset, column: str, text: str) -> Vectors:
    """Return the vector (n_features,) of a text; raise InputError where none can be made, saying why."""
    _require(dataset, column, "text")
    vector: Vectors = encoder_of(dataset, column).encode_queries([text])[0]
    return vector


def vector_of_image(dataset: StoredDataset, column: str, image: bytes) -> Vectors:
    """Return the vector (n_features,) of an encoded image; raise InputError for what is none."""
    _require(dataset, column, "image")
    vector: Vectors = encoder_of(dataset, column).encode_images([image])[0]
    return vector


def encoder_of(dataset: StoredDataset, column: str) -> Encoder:
    """Return the encoder that made a column of vectors, good for texts and images that are searched for.

    Raises InputError where it can't be made again: the vectors were given, or came from a function of
    another session, or the model is another one now.
    """
    about = _about(dataset, column)
    if not about.get("derived"):
        raise InputError(
            f"the vectors {column!r} of {dataset.name} were given, so nobody here can encode others alike. "
            "Search by an item or a vector."
        )
    from ..encoders import LASTING

    kind = about.get("kind") or column
    if kind not in LASTING:
        return _of_this_session(dataset, column, about)
    fitted = kind in ("tfidf", "pixels")
    state = (dataset.path, dataset.version) if fitted else (about["model"], about.get("identity"))
    with _lock:
        key = (kind, column, state)
        encoder = _held.pop(key, None) or (
            _fitted(dataset, column, kind) if fitted else _model(dataset, column, about)
        )
        _held[key] = encoder
        for oldest in list(_held)[:-_HELD]:
            del _held[oldest]
    return encoder


def _about(dataset: StoredDataset, column: str) -> Parameters:
    check_column(column, list(dataset.vector_columns), f"{dataset.name} (vectors)")
    return dataset.vector_columns[column]


def _require(dataset: StoredDataset, column: str, ability: str) -> None:
    possible = abilities(dataset, column)
    if ability not in possible:
        encoder_of(dataset, column)  # which says why, where there is none
        raise InputError(
            f"{dataset.name} can't be searched by {ability}: its vectors come from {column!r}, "
            f"which does not encode one. Search by {' or '.join(possible)}."
        )


def _fitted(dataset: StoredDataset, column: str, kind: str) -> Encoder:
    from ..encoders import PixelsEncoder, WordsEncoder

    encoder = WordsEncoder() if kind == "tfidf" else PixelsEncoder()
    fitted_again(dataset, encoder, _about(dataset, column), dataset.vectors(column))
    return encoder


def _of_this_session(dataset: StoredDataset, column: str, about: Parameters) -> Encoder:
    from ..encoders import known_encoder

    found = known_encoder(about.get("model", ""))
    if found is None:
        raise InputError(
            f"the vectors {column!r} of {dataset.name} come from {about.get('encoder', 'an encoder')} of "
            f"another session. "
            "Search by an item or a vector, or encode what you look for with it and pass the vector."
        )
    return found


def _model(dataset: StoredDataset, column: str, about: Parameters) -> Encoder:
    """Return the model; raise InputError where it is not to be had, or has other weights than then."""
    from ..encoders import as_encoder

    revision = about["revision"] if about.get("hub") else None
    try:
        encoder = as_encoder(about["model"], name=column, revision=revision)
    except MissingExtraError:
        raise
    except (NotFoundError, SourceError) as error:
        raise InputError(
            f"the vectors {column!r} of {dataset.name} can't be searched by meaning: {error}"
        ) from error
    if encoder.identity != about.get("identity", encoder.identity):
        raise InputError(
            f"the vectors {column!r} of {dataset.name} were made by {about['model']} at {about['revision']}, "
            f"which is at {encoder.metadata['revision']} now. Encode the dataset again."
        )
    return encoder
