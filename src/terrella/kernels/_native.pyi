from numpy import float32, int32, int64
from numpy.typing import NDArray

from terrella.typing import Callback

def available_isas() -> list[str]: ...
def nearest_neighbors(
    vectors: NDArray[float32],
    queries: NDArray[int32],
    k: int,
    targets: NDArray[int32] | None,
    metric: str,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> tuple[NDArray[int32], NDArray[float32], NDArray[int32]]: ...
def query_neighbors(
    vectors: NDArray[float32],
    queries: NDArray[float32],
    k: int,
    metric: str,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> tuple[NDArray[int32], NDArray[float32], NDArray[int32]]: ...
def pair_distances(
    vectors: NDArray[float32],
    first: NDArray[int32],
    second: NDArray[int32],
    metric: str,
    isa: str,
    threads: int,
) -> NDArray[float32]: ...
def smooth_distances(
    distances: NDArray[float32], threads: int
) -> tuple[NDArray[float32], NDArray[float32]]: ...
def fuzzy_union(
    indices: NDArray[int32],
    distances: NDArray[float32],
    rho: NDArray[float32],
    sigma: NDArray[float32],
    threads: int,
) -> tuple[NDArray[int64], NDArray[int32], NDArray[float32]]: ...
def chebyshev_filter(
    indptr: NDArray[int64],
    indices: NDArray[int32],
    weights: NDArray[float32],
    block: NDArray[float32],
    degree: int,
    low: float,
    high: float,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
def convolve_grid(
    charges: NDArray[float32], step: float, exponent: float, isa: str, threads: int
) -> tuple[NDArray[float32], float]: ...
def mesh_field(
    points: NDArray[float32],
    targets: NDArray[float32],
    step: float,
    exponent: float,
    isa: str,
    threads: int,
) -> tuple[NDArray[float32], NDArray[float32], float]: ...
def gaussian_weights(distances: NDArray[float32], perplexity: float, threads: int) -> NDArray[float32]: ...
def symmetric_mean(
    indices: NDArray[int32], weights: NDArray[float32], threads: int
) -> tuple[NDArray[int64], NDArray[int32], NDArray[float32]]: ...
def optimize_tsne(
    indptr: NDArray[int64],
    indices: NDArray[int32],
    weights: NDArray[float32],
    layout: NDArray[float32],
    exaggeration: float,
    learning_rate: float,
    momentum: float,
    step: float,
    max_iter: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
def tsne_divergence(
    indptr: NDArray[int64],
    indices: NDArray[int32],
    weights: NDArray[float32],
    layout: NDArray[float32],
    step: float,
    isa: str,
    threads: int,
) -> float: ...
def optimize_umap(
    indptr: NDArray[int64],
    indices: NDArray[int32],
    weights: NDArray[float32],
    layout: NDArray[float32],
    a: float,
    b: float,
    learning_rate: float,
    negative_rate: float,
    damping: float,
    decay_power: float,
    n_epochs: int,
    seed: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
