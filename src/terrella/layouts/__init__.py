"""Layouts: from vectors and their neighbours to positions on a map."""

from __future__ import annotations

from .pca import PCA
from .spectrum import Spectrum
from .tsne import TSNE
from .umap import UMAP

__all__ = ["PCA", "TSNE", "UMAP", "Spectrum"]
