"""The approximate graph holds nearly all true neighbours, whatever the data, and its distances are exact."""

import numpy as np
import pytest

from terrella.errors import ParameterError
from terrella.kernels import available_isas
from terrella.neighbors import knn_graph

K = 15


def clustered(n=9000, d=60, seed=0):
    random = np.random.default_rng(seed)
    centres = random.normal(size=(40, d)) * 4
    return centres[random.integers(40, size=n)] + random.normal(size=(n, d))


def uniform(n=6000, d=24):
    return np.random.default_rng(1).uniform(size=(n, d))


def heavy_tailed(n=6000, d=120):
    """Text-like: lengths and features of very different scale."""
    random = np.random.default_rng(2)
    topics = random.standard_t(2, (60, d)) * random.gamma(0.5, size=d)
    mixture = random.dirichlet(np.full(60, 0.05), n)
    return mixture @ topics * random.lognormal(0.0, 1.0, (n, 1)) + random.normal(0.0, 0.02, (n, d))


def duplicates():
    vectors = clustered(8000)
    vectors[1000:5000] = vectors[3]
    return vectors


def far_outlier():
    vectors = clustered(7000)
    vectors[77] = 1e5
    return vectors


def two_scales():
    """A tight group inside a wide one: one unit for all codes would blur it."""
    vectors = clustered(6000, 30)
    vectors[:2000] = vectors[5] + np.random.default_rng(3).normal(0.0, 1e-3, (2000, 30))
    return vectors


def one_dimension():
    return np.random.default_rng(4).normal(size=(5000, 1))


def wide():
    random = np.random.default_rng(5)
    return random.normal(size=(2000, 30)) @ random.normal(size=(30, 4096)) + random.normal(
        0.0, 0.05, (2000, 4096)
    )


SETS = (clustered, uniform, heavy_tailed, duplicates, far_outlier, two_scales, one_dimension, wide)


def recall(graph, truth):
    """The share of the k nearest, a row as near as the last of them as good as it."""
    return (graph.distances <= truth.distances[:, -1:]).mean()


def check_is_a_graph(graph):
    rows = np.sort(np.concatenate([graph.indices, np.arange(len(graph))[:, None]], axis=1), axis=1)
    assert (rows[:, 1:] > rows[:, :-1]).all()  # no row twice, none itself
    assert rows.min() >= 0
    assert rows.max() < len(graph)
    assert (np.diff(graph.distances, axis=1) >= 0).all()


@pytest.mark.parametrize("make", SETS)
@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_nearly_all_neighbours_are_found(make, metric):
    vectors = make().astype(np.float32)
    graph = knn_graph(vectors, K, metric=metric, method="approximate")
    truth = knn_graph(vectors, K, metric=metric, method="exact")
    assert (graph.method, truth.method) == ("approximate", "exact")
    assert graph.metric == metric
    check_is_a_graph(graph)
    assert recall(graph, truth) >= 0.98


@pytest.mark.parametrize("seed", range(3))
def test_recall_is_what_is_promised(seed):
    vectors = clustered(12_000, 100, seed).astype(np.float32)
    graph = knn_graph(vectors, K, method="approximate", random_state=seed)
    assert recall(graph, knn_graph(vectors, K, method="exact")) >= 0.985


def test_distances_are_exact():
    vectors = heavy_tailed().astype(np.float32)
    graph = knn_graph(vectors, K, method="approximate")
    differences = vectors[graph.indices].astype(np.float64) - vectors[:, None]
    np.testing.assert_array_equal(graph.distances, np.sqrt((differences**2).sum(axis=2)).astype(np.float32))


def test_equal_rows_are_zero_apart():
    graph = knn_graph(np.full((3000, 5), 0.3), K, method="approximate")
    assert not graph.distances.any()
    check_is_a_graph(graph)


def test_auto_is_exact_while_that_is_cheap_and_where_the_metric_asks():
    few, many = uniform(1000, 3), uniform(20_000, 3)
    assert knn_graph(few, 5).method == "exact"
    assert knn_graph(many, 5).method == "approximate"
    assert knn_graph(many[:16_000], 5, metric="manhattan").method == "exact"


def test_so_many_neighbours_that_all_must_be_seen_are_exact():
    vectors = uniform(700, 4)
    graph = knn_graph(vectors, 699, method="approximate")
    assert graph.method == "exact"
    check_is_a_graph(graph)


@pytest.mark.parametrize("metric", ["manhattan", "hamming", "inner_product"])
def test_a_metric_without_an_approximate_search_is_refused(metric):
    with pytest.raises(
        ParameterError, match=f"knows the metrics 'euclidean', 'cosine'; got metric='{metric}'"
    ):
        knn_graph(uniform(100), 5, metric=metric, method="approximate")


def test_an_unknown_method_is_refused():
    with pytest.raises(ParameterError, match=r"method must be one of .*got 'aproximate'.*'approximate'"):
        knn_graph(uniform(100), 5, method="aproximate")


@pytest.mark.parametrize("random_state", [-1, 1.5, None])
def test_a_wrong_seed_is_refused(random_state):
    with pytest.raises(ParameterError, match="random_state must be a whole number"):
        knn_graph(uniform(100), 5, random_state=random_state)


@pytest.mark.parametrize("isa", available_isas())
def test_the_same_seed_gives_the_same_bits_on_any_number_of_threads(isa, monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", isa)
    vectors = clustered(4000, 90)
    graphs = []
    for threads in ("1", "2", "3"):
        monkeypatch.setenv("TERRELLA_THREADS", threads)
        graphs.append(knn_graph(vectors, 7, method="approximate", random_state=5))
    for graph in graphs[1:]:
        np.testing.assert_array_equal(graph.indices, graphs[0].indices)
        np.testing.assert_array_equal(graph.distances, graphs[0].distances)


def test_different_seeds_differ():
    vectors = uniform(4000, 30)
    first, second = (knn_graph(vectors, K, method="approximate", random_state=seed) for seed in (0, 1))
    assert (first.indices != second.indices).any()


def test_the_order_keeps_near_rows_together():
    vectors = clustered(5000, 20)
    order = knn_graph(vectors, K, method="approximate").order
    np.testing.assert_array_equal(np.sort(order), np.arange(5000))
    steps = np.linalg.norm(np.diff(vectors[order], axis=0), axis=1).mean()
    assert steps < 0.6 * np.linalg.norm(np.diff(vectors, axis=0), axis=1).mean()
    assert knn_graph(vectors[:500], K).order is None


def test_a_memory_mapped_array_gives_the_same_graph(tmp_path):
    vectors = clustered(4000, 64).astype(np.float32)
    np.save(tmp_path / "vectors.npy", vectors)
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    np.testing.assert_array_equal(
        knn_graph(mapped, 9, method="approximate").indices,
        knn_graph(vectors, 9, method="approximate").indices,
    )


class StopError(Exception):
    pass


def test_the_callback_counts_to_the_end_and_may_stop():
    vectors = clustered(9000, 30)
    seen = []
    knn_graph(vectors, 5, method="approximate", callback=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert [done / total for done, total in seen] == sorted(done / total for done, total in seen)

    def stop(done, total):
        raise StopError

    with pytest.raises(StopError):
        knn_graph(vectors, 5, method="approximate", callback=stop)


LONG = """
import numpy as np
from terrella.neighbors import knn_graph
vectors = np.random.default_rng(0).uniform(size=(1_000_000, 60)).astype(np.float32)
print("ready", flush=True)
knn_graph(vectors, 15)
"""


def test_ctrl_c_stops_long_before_the_end(interrupted):
    assert "KeyboardInterrupt" in interrupted(LONG, after=1)
