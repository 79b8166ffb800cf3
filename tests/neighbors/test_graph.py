import numpy as np
import pytest

from terrella.errors import NotFiniteError, ShapeError
from terrella.neighbors import KNNGraph

INDICES = np.array([[1, 2], [0, 2], [1, 0]])
DISTANCES = np.array([[1.0, 2.0], [1.0, 1.5], [1.5, 2.0]])


def test_keeps_int32_and_float32():
    graph = KNNGraph(INDICES, DISTANCES, "euclidean")
    assert (graph.indices.dtype, graph.distances.dtype) == (np.int32, np.float32)
    assert (len(graph), graph.n_neighbors) == (3, 2)


def test_nearest_takes_the_first_columns():
    graph = KNNGraph(INDICES, DISTANCES, "cosine")
    assert graph.nearest(2) is graph
    assert graph.nearest(1).indices.tolist() == [[1], [0], [1]]
    assert graph.nearest(1).metric == "cosine"


@pytest.mark.parametrize(
    ("indices", "distances", "message"),
    [
        (INDICES, DISTANCES[:2], "of the same shape; got \\(3, 2\\) and \\(2, 2\\)"),
        (INDICES[0], DISTANCES[0], "must be 2-D"),
        (INDICES[:, :0], DISTANCES[:, :0], "must be 2-D"),
        (INDICES * 1.0, DISTANCES, "must be integers; got float64"),
        (np.array([[1, 3], [0, 2], [1, 0]]), DISTANCES, "0 to 2; row 0 holds 3"),
        (np.array([[1, 2], [0, 1], [1, 0]]), DISTANCES, "other rows.*row 1 holds 1"),
        (np.array([[1, 2], [0, 2], [1, -1]]), DISTANCES, "row 2 holds -1"),
        (np.array([[1, 2], [2, 2], [1, 0]]), DISTANCES, "row must name 2 different rows; row 1"),
        (INDICES, DISTANCES[:, ::-1], "must ascend.*row 0 does not"),
        (INDICES, -DISTANCES[:, ::-1], "must ascend from 0"),
    ],
)
def test_what_is_no_graph_is_refused(indices, distances, message):
    with pytest.raises(ShapeError, match=message):
        KNNGraph(indices, distances, "euclidean")


def test_an_infinite_distance_is_refused():
    with pytest.raises(NotFiniteError, match="row 2"):
        KNNGraph(INDICES, np.where(DISTANCES > 1.9, np.inf, DISTANCES)[[1, 1, 0]], "euclidean")
