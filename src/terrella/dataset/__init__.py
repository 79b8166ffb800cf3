"""The plain Python face: a dataset you add to, and the maps you make of it.

    import terrella

    dataset = terrella.open("flowers")
    dataset.add({"name": names}, vectors=vectors)
    terrella.serve(dataset.map())

Thin on purpose: the store keeps, the pipeline computes, the bundle writes and reads.
"""

from ._dataset import Dataset, open
from ._map import Map

__all__ = ["Dataset", "Map", "open"]
