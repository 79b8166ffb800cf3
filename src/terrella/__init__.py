"""Terrella: a local-first atlas of embeddings.

import terrella

dataset = terrella.open("flowers")
dataset.add({"name": names}, vectors=vectors)
dataset.map().serve()
"""

from __future__ import annotations

__version__ = "0.1.0"

from . import errors
from .dataset import Dataset, Map, open
from .errors import TerrellaError
from .serving import serve

__all__ = ["Dataset", "Map", "TerrellaError", "__version__", "errors", "open", "serve"]
