"""From items to vectors: pixels for images, weighted words for texts."""

from __future__ import annotations

from .encoded import Encoded
from .pixels import pixels
from .tfidf import tfidf

__all__ = ["Encoded", "pixels", "tfidf"]
