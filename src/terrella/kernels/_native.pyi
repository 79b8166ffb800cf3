from numpy import float32, int8, int32, int64, uint8
from numpy.typing import NDArray

from terrella.typing import Callback

def available_isas() -> list[str]: ...
def neighbor_graph(
    vectors: NDArray[float32],
    k: int,
    metric: str,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> tuple[NDArray[int32], NDArray[float32]]: ...
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
def measure_rows(
    vectors: NDArray[float32],
    query: NDArray[float32],
    rows: NDArray[int32] | None,
    metric: str,
    isa: str,
    threads: int,
) -> NDArray[float32]: ...
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
def gaussian_weights(
    distances: NDArray[float32], perplexity: float, isa: str, threads: int
) -> NDArray[float32]: ...
def blended_weights(
    indices: NDArray[int32],
    distances: NDArray[float32],
    perplexity: float,
    near: int,
    kept: int,
    seed: int,
    isa: str,
    threads: int,
) -> tuple[NDArray[int32], NDArray[float32]]: ...
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
    tolerance: float,
    max_iter: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> tuple[NDArray[float32], int]: ...
def place_tsne(
    layout: NDArray[float32],
    indices: NDArray[int32],
    weights: NDArray[float32],
    exaggeration: float,
    step: float,
    max_iter: int,
    isa: str,
    threads: int,
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
    repulsion: float,
    n_epochs: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
def place_umap(
    indptr: NDArray[int64],
    indices: NDArray[int32],
    weights: NDArray[float32],
    layout: NDArray[float32],
    start: NDArray[float32],
    a: float,
    b: float,
    repulsion: float,
    n_epochs: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
def project(
    vectors: NDArray[float32],
    origin: NDArray[float32],
    axes: NDArray[float32],
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> NDArray[float32]: ...
def partition(
    coordinates: NDArray[float32],
    cell_size: int,
    seed: int,
    isa: str,
    threads: int,
    callback: Callback | None = None,
) -> tuple[NDArray[int32], NDArray[int64]]: ...
def scan_cell(
    rows: NDArray[int8],
    columns: NDArray[int8],
    norms: NDArray[float32],
    gains: NDArray[float32],
    thresholds: NDArray[float32],
    offsets: NDArray[float32],
    isa: str,
) -> tuple[NDArray[int32], NDArray[float32], NDArray[int32]]: ...

class CellIndex:
    def __init__(
        self,
        vectors: NDArray[float32],
        coordinates: NDArray[float32],
        order: NDArray[int32],
        starts: NDArray[int64],
        isa: str,
        threads: int,
    ) -> None: ...
    def tune(
        self, k: int, recall: float, n_queries: int, threads: int, callback: Callback | None = None
    ) -> tuple[int, int, int]: ...
    def search(
        self,
        k: int,
        reach: int,
        probes: int,
        keep: int,
        threads: int,
        callback: Callback | None = None,
    ) -> tuple[NDArray[int32], NDArray[float32]]: ...
    def arrays(
        self,
    ) -> tuple[
        NDArray[float32],
        NDArray[float32],
        NDArray[int32],
        NDArray[int32],
        NDArray[uint8],
        NDArray[float32],
    ]: ...

class CellQueries:
    def __init__(
        self,
        vectors: NDArray[float32],
        centres: NDArray[float32],
        steps: NDArray[float32],
        first: NDArray[int32],
        points: NDArray[int32],
        codes: NDArray[uint8],
        norms: NDArray[float32],
        isa: str,
    ) -> None: ...
    def search(
        self,
        queries: NDArray[float32],
        coordinates: NDArray[float32],
        k: int,
        probes: int,
        keep: int,
        threads: int,
    ) -> tuple[NDArray[int32], NDArray[float32]]: ...
