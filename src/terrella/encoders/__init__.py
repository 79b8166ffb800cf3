"""From items to vectors: pixels for images, weighted words for texts."""

from __future__ import annotations

from .affine import ImageEncoder
from .encoded import Encoded
from .pixels import pixels
from .tfidf import TfidfEncoder, tfidf

__all__ = ["Encoded", "ImageEncoder", "TfidfEncoder", "pixels", "tfidf"]
