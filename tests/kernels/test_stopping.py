"""Long work reports, stops when asked to, lets other Python threads run, and leaves no thread behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from terrella.kernels import UmapSettings, WeightedGraph, nearest_neighbors, optimize_umap
from terrella.kernels.nearest import reference_nearest_neighbors

VECTORS = np.random.default_rng(0).normal(size=(4000, 32)).astype(np.float32)
RING = WeightedGraph(
    np.arange(0, 2001, 2),
    ((np.arange(1000)[:, None] + [-1, 1]).ravel() % 1000).astype(np.int32),
    np.ones(2000, np.float32),
)
LAYOUT = np.random.default_rng(1).normal(size=(1000, 2)).astype(np.float32)


class StopError(Exception):
    pass


def stop_at(limit):
    def callback(done, total):
        if done >= limit:
            raise StopError

    return callback


def test_the_search_reports_until_all_is_done():
    seen = []
    nearest_neighbors(VECTORS, 5, callback=lambda done, total: seen.append((done, total)), threads=2)
    total = seen[-1][1]
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(seen) > 2


def test_the_optimisation_reports_every_epoch():
    seen = []
    settings = UmapSettings(1.577, 0.895, n_epochs=9, repulsion=5.5)
    optimize_umap(RING, LAYOUT, settings, callback=lambda done, total: seen.append((done, total)))
    assert seen == [(epoch, 9) for epoch in range(1, 10)]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_callback_that_raises_stops_the_work(threads):
    with pytest.raises(StopError):
        nearest_neighbors(VECTORS, 5, callback=stop_at(1), threads=threads)
    settings = UmapSettings(1.577, 0.895, n_epochs=10**9, repulsion=5.5)
    with pytest.raises(StopError):
        optimize_umap(RING, LAYOUT, settings, callback=stop_at(3), threads=threads)


LONG = """
import numpy as np
from terrella import kernels
vectors = np.random.default_rng(0).normal(size=(100_000, 128)).astype(np.float32)
rows = np.arange(100_000, dtype=np.int32)
print("ready", flush=True)
{work}
"""

WORKS = {
    "graph": "kernels.nearest_neighbors(vectors, 15, isa='portable', threads=2)",
    "manhattan": "kernels.nearest_neighbors(vectors, 15, metric='manhattan', isa='portable', threads=2)",
    "new rows": "kernels.query_neighbors(vectors, vectors[::-1].copy(), 15, isa='portable', threads=2)",
    "ranks": "kernels.neighbor_ranks(vectors, rows, rows[::-1, None].copy(), isa='portable', threads=2)",
}


@pytest.mark.parametrize("work", WORKS)
def test_ctrl_c_stops_long_before_the_end(work, interrupted):
    assert "KeyboardInterrupt" in interrupted(LONG.format(work=WORKS[work]), after=0.5)


def test_other_threads_run_meanwhile():
    ticks = []
    ended = threading.Event()

    def tick():
        while not ended.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.005)

    ticker = threading.Thread(target=tick)
    ticker.start()
    begun = time.perf_counter()
    try:
        nearest_neighbors(np.tile(VECTORS, (4, 1)), 10, isa="portable", threads=1)
    finally:
        lasted = time.perf_counter() - begun
        ended.set()
        ticker.join()
    assert lasted > 0.1
    assert len([t for t in ticks if begun < t < begun + lasted]) > 5


@pytest.mark.parametrize("metric", ["euclidean", "inner_product", "manhattan", "hamming"])
def test_two_calls_at_once_give_the_right_answers(metric):
    batches = [VECTORS[:1500], VECTORS[1500:]]
    expected = [reference_nearest_neighbors(batch, 7, metric=metric) for batch in batches]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda batch: nearest_neighbors(batch, 7, metric=metric), batches))
    for (indices, distances), (wanted_indices, wanted_distances) in zip(found, expected, strict=True):
        np.testing.assert_array_equal(indices, wanted_indices)
        np.testing.assert_array_equal(distances, wanted_distances)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc to count threads in")
def test_no_thread_is_left_running():
    def running():
        return len(list(Path("/proc/self/task").iterdir()))

    before = running()
    nearest_neighbors(VECTORS, 5, threads=4)
    deadline = time.perf_counter() + 30.0  # the system lists a joined thread for a moment more
    while running() > before and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert running() <= before
