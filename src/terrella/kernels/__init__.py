"""The native kernels' typed face; beside each stands its slow, readable numpy reference.

Arrays that come here are already checked: float32 or int32, C-contiguous, finite. Every kernel takes `isa`
and `threads`; None means what `TERRELLA_ISA` and `TERRELLA_THREADS` say, or the machine's best and all its
cores.
"""

from __future__ import annotations

from .affinities import blended_weights, gaussian_weights, symmetric_mean
from .cell_queries import CellQueries, CodedCells
from .cells import Breadth, CellIndex, Cells, partition
from .distances import pair_distances
from .fuzzy import fuzzy_union, smooth_distances
from .graph import WeightedGraph
from .machine import available_isas, current_isa, thread_count
from .mesh import Field, convolve_grid, mesh_field
from .nearest import measure_rows, nearest_neighbors, query_neighbors
from .project import project
from .ranks import nearest_and_ranks, neighbor_ranks
from .spectral import chebyshev_filter
from .tsne_descent import TsneSettings, optimize_tsne, place_tsne, tsne_divergence
from .umap_epochs import UmapSettings, optimize_umap, place_umap

__all__ = [
    "Breadth",
    "CellIndex",
    "CellQueries",
    "Cells",
    "CodedCells",
    "Field",
    "TsneSettings",
    "UmapSettings",
    "WeightedGraph",
    "available_isas",
    "blended_weights",
    "chebyshev_filter",
    "convolve_grid",
    "current_isa",
    "fuzzy_union",
    "gaussian_weights",
    "measure_rows",
    "mesh_field",
    "nearest_and_ranks",
    "nearest_neighbors",
    "neighbor_ranks",
    "optimize_tsne",
    "optimize_umap",
    "pair_distances",
    "partition",
    "place_tsne",
    "place_umap",
    "project",
    "query_neighbors",
    "smooth_distances",
    "symmetric_mean",
    "thread_count",
    "tsne_divergence",
]
