"""Encoders that only this process knows, found again to encode what is searched for."""

from __future__ import annotations

from .contract import Encoder

__all__ = ["LASTING", "known_encoder", "remember"]

LASTING = frozenset({"tfidf", "pixels", "sentence-transformers", "transformers", "onnx"})
"""Kinds of encoders that their metadata are enough to make again."""

_HELD = 8
_known: dict[str, Encoder] = {}


def remember(encoder: Encoder) -> None:
    """Hold an encoder under its metadata's 'model'; the oldest go first, as one may hold a whole model."""
    model = encoder.metadata["model"]
    _known.pop(model, None)
    _known[model] = encoder
    for oldest in list(_known)[:-_HELD]:
        del _known[oldest]


def known_encoder(model: str) -> Encoder | None:
    """Return the encoder that was remembered under `model` in this process, if it was not long ago."""
    return _known.get(model)
