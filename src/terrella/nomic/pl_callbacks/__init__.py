"""A Lightning callback that maps what a model makes of its validation data. Needs Lightning."""

from __future__ import annotations

from ._explorer import AtlasEmbeddingExplorer
from ._log import AtlasLightningContainer

__all__ = ["AtlasEmbeddingExplorer", "AtlasLightningContainer"]
