"""Time single searches among many vectors and texts, exact and indexed, with recall; prints JSON.

    python benchmarks/search.py                                           # a million vectors of 384 features
    python benchmarks/search.py --rivals hnswlib lancedb --queries 100
    python benchmarks/search.py --points 3000 --queries 20 --rivals       # a smoke test

Vectors are made like an encoder's: of length 1, in clusters of unequal sizes, their spread falling slowly
with the direction's rank. Queries are new vectors of the same kind, one at a time; a found item as near as
the k-th true one counts for recall. Texts are of words with Zipf's frequencies.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from arena.command import note, parser, publish
from arena.methods import version_of

Report = dict[str, Any]
Vectors = NDArray[np.float32]

FEATURES = 384
CLUSTERS = 2_000
FOUND = (10, 100)
RIVALS = {"hnswlib": "hnswlib", "lancedb": "lancedb", "bm25s": "bm25s"}
_BLOCK = 50_000


def write_vectors(path: Path, n: int, seed: int = 0) -> Vectors:
    """Write n rows of length 1, (n, 384), and return them memory-mapped; each block has a seed of its own.

    A row is a cluster's centre and its own deviation, of equal variance, both with variances ∝ 1 / (i + 4)
    along the i-th of 384 random directions, the more frequent clusters the tighter.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        random = np.random.default_rng(seed)
        spread = np.sqrt(1 / (np.arange(FEATURES) + 4)).astype(np.float32)
        turn = np.linalg.qr(random.normal(size=(FEATURES, FEATURES)))[0].astype(np.float32)
        centres = random.normal(size=(CLUSTERS, FEATURES)).astype(np.float32) * spread
        shares = random.dirichlet(np.full(CLUSTERS, 0.5))
        radii = random.uniform(0.5, 1.2, CLUSTERS).astype(np.float32)
        rows = open_memmap(unfinished, "w+", np.float32, (n, FEATURES))
        for start in range(0, n, _BLOCK):
            random = np.random.default_rng((seed, start))
            count = min(_BLOCK, n - start)
            cluster = random.choice(CLUSTERS, count, p=shares)
            own = random.standard_normal((count, FEATURES), np.float32) * spread * radii[cluster, None]
            block = (centres[cluster] + own) @ turn
            rows[start : start + count] = block / np.linalg.norm(block, axis=1, keepdims=True)
        rows.flush()
        del rows
        unfinished.rename(path)
    return np.load(path, mmap_mode="r")


def timed(search: Callable[[Vectors], Any], queries: Vectors) -> tuple[list[Any], Report]:
    """Return what each search found; the median, the 95th percentile and the worst of their milliseconds."""
    search(queries[0])
    found, took = [], []
    for query in queries:
        begun = time.perf_counter()
        found.append(search(query))
        took.append(1e3 * (time.perf_counter() - begun))
    return found, {
        "median_ms": statistics.median(took),
        "p95_ms": float(np.quantile(took, 0.95)),
        "worst_ms": max(took),
    }


def recall(found: list[NDArray[Any]], vectors: Vectors, queries: Vectors, truth: Vectors) -> float:
    """Return the share of found rows that are as near as the k-th true one; found: (k,) rows a query."""
    shares = []
    for rows, query, distances in zip(found, queries, truth, strict=True):
        apart = np.linalg.norm(vectors[np.sort(rows)] - query, axis=1)
        shares.append(float((apart <= distances[len(rows) - 1] * (1 + 1e-6)).sum() / len(rows)))
    return float(np.mean(shares))


def measure_ours(vectors: Vectors, queries: Vectors) -> tuple[Report, Vectors]:
    """Return what was measured of our searches, and the true distances of each query's nearest, (n, 100)."""
    from terrella.search import VectorIndex

    index = VectorIndex(vectors)
    limit = min(max(FOUND), len(vectors))
    exact, exact_times = timed(lambda query: index.search(query, limit, method="exact"), queries)
    truth = np.array([one[1] for one in exact])
    report: Report = {"exact": exact_times}
    for share in (0.5, 0.1, 0.01):
        among = np.random.default_rng(1).random(len(vectors)) < share
        found, times = timed(lambda query, among=among: index.search(query, 10, among=among), queries[:40])
        assert all(among[rows].all() and len(rows) == min(10, among.sum()) for rows, _, _ in found)
        report[f"filtered to {share}"] = times
    note(f"exact {exact_times['median_ms']:.1f} ms")
    begun = time.perf_counter()
    index.build()
    report["build_s"] = time.perf_counter() - begun
    assert index.arrays is not None
    assert index.recall is not None
    report["index_mb"] = sum(array.nbytes for array in index.arrays.values()) / 1e6
    report["breadth"] = index.arrays["breadth"].tolist()
    report["axes"] = len(index.arrays["axes"])
    report["recall_recorded"] = {"value": index.recall[0], "error": index.recall[1]}
    for k in FOUND:
        found, times = timed(lambda query, k=k: index.search(query, k, method="indexed")[0], queries)
        report[f"indexed, {k} nearest"] = {**times, "recall": recall(found, vectors, queries, truth)}
    return report, truth


def measure_hnswlib(vectors: Vectors, queries: Vectors, truth: Vectors) -> Report:
    """Return the same of hnswlib at M = 16, with the smallest ef of a ladder that has a recall of 0.95."""
    import hnswlib

    begun = time.perf_counter()
    index = hnswlib.Index("l2", vectors.shape[1])
    index.init_index(len(vectors), M=16, ef_construction=200)
    for start in range(0, len(vectors), _BLOCK):
        index.add_items(vectors[start : start + _BLOCK])
        note(f"hnswlib {start + _BLOCK}")
    report: Report = {"build_s": time.perf_counter() - begun}
    for k in FOUND:
        for ef in (k, 2 * k, 4 * k, 8 * k, 16 * k, 32 * k):
            index.set_ef(ef)
            found, times = timed(lambda query, k=k: index.knn_query(query, k, num_threads=1)[0][0], queries)
            share = recall(found, vectors, queries, truth)
            if share >= 0.95:
                break
        report[f"indexed, {k} nearest"] = {**times, "recall": share, "ef": ef}
    return report


def measure_lancedb(vectors: Vectors, queries: Vectors, truth: Vectors, folder: Path) -> Report:
    """Return the same of LanceDB's IVF_HNSW_SQ, with the least probes that have a recall of 0.95."""
    import lancedb
    import pyarrow as pa
    from lancedb.index import HnswSq

    begun = time.perf_counter()
    values = pa.array(np.asarray(vectors).reshape(-1))
    column = pa.FixedSizeListArray.from_arrays(values, vectors.shape[1])
    table = lancedb.connect(folder).create_table(
        "vectors", pa.table({"row": np.arange(len(vectors)), "vector": column}), mode="overwrite"
    )
    report: Report = {"write_s": time.perf_counter() - begun}
    begun = time.perf_counter()
    table.create_index("vector", config=HnswSq(distance_type="l2"))
    report["build_s"] = time.perf_counter() - begun
    for k in FOUND:
        for probes, refine in ((1, 1), (2, 1), (4, 2), (8, 2), (16, 2), (32, 4)):

            def search(query: Vectors, k: int = k, probes: int = probes, refine: int = refine) -> Any:
                asked = table.search(query, vector_column_name="vector").limit(k).nprobes(probes)
                return asked.refine_factor(refine).select(["row", "_distance"]).to_arrow()["row"].to_numpy()

            found, times = timed(search, queries)
            share = recall(found, vectors, queries, truth)
            if share >= 0.95:
                break
        report[f"indexed, {k} nearest"] = {**times, "recall": share, "nprobes": probes}
    return report


def texts_of(n: int, seed: int = 0) -> list[str]:
    """Return texts of 40 words on average, drawn from 200,000 by Zipf's law."""
    random = np.random.default_rng(seed)
    lengths = random.poisson(40, n)
    words = np.minimum(random.zipf(1.15, lengths.sum()), 200_000)
    names = np.array([f"w{number}" for number in range(200_001)])
    ends = np.cumsum(lengths)
    return [" ".join(names[words[end - length : end]]) for end, length in zip(ends, lengths, strict=True)]


def measure_words(n: int, n_queries: int, rivals: list[str]) -> Report:
    """Return seconds to index n texts and milliseconds for queries of three words, ours and bm25s's."""
    import pyarrow as pa

    from terrella.neighbors import rank_rows
    from terrella.search import TextIndex

    texts = texts_of(n)
    random = np.random.default_rng(2)
    queries = [
        " ".join(random.choice(sorted(set(texts[row].split())), 3, replace=False))
        for row in random.integers(0, n, n_queries)
    ]
    begun = time.perf_counter()
    index = TextIndex.build(pa.chunked_array([texts]))
    report: Report = {"texts": n, "build_s": time.perf_counter() - begun}

    def search(query: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        scores = index.scores(query)
        rows = rank_rows(-scores, 10, among=scores > 0)
        return rows, scores[rows]

    ours, report["search"] = timed(search, np.array(queries, dtype=object))
    if "bm25s" in rivals:
        import bm25s

        begun = time.perf_counter()
        rival = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        pattern = r"(?u)\b\w+\b"
        rival.index(
            bm25s.tokenize(texts, stopwords=None, token_pattern=pattern, show_progress=False),
            show_progress=False,
        )
        seconds = time.perf_counter() - begun

        def rival_search(query: str) -> NDArray[np.float32]:
            tokens = bm25s.tokenize(query, stopwords=None, token_pattern=pattern, show_progress=False)
            return rival.retrieve(tokens, k=10, show_progress=False).scores[0]

        theirs, times = timed(rival_search, np.array(queries, dtype=object))
        apart = [
            np.abs(np.sort(b)[::-1][: len(a[1])] - a[1]).max() for a, b in zip(ours, theirs, strict=True)
        ]
        report["bm25s"] = {
            "version": version_of("bm25s", "bm25s"),
            "build_s": seconds,
            "search": times,
            "largest_difference_of_scores": float(max(apart)),
        }
    return report


def main() -> None:
    """Measure our searches and those of the rivals that are asked for and installed."""
    command = parser(__doc__.splitlines()[0], runs=1)
    command.add_argument("--queries", type=int, default=200, help="searches timed for each number (200)")
    command.add_argument("--rivals", nargs="*", choices=RIVALS, default=list(RIVALS))
    command.add_argument("--texts", type=int, help="texts to index (as many as vectors)")
    options: argparse.Namespace = command.parse_args()
    n = options.points or 1_000_000
    every = np.array(write_vectors(options.work / "data" / f"encoded-{n}.npy", n + options.queries))
    vectors, queries = every[: -options.queries], every[-options.queries :]
    report, truth = measure_ours(vectors, queries)
    found: dict[str, Report] = {"terrella": report}
    here = {name for name in options.rivals if importlib.util.find_spec(RIVALS[name]) is not None}
    for name in sorted(set(options.rivals) - here):
        found[name] = {"missing": f"pip install {name}"}
    if "hnswlib" in here:
        found["hnswlib"] = measure_hnswlib(vectors, queries, truth)
    if "lancedb" in here:
        found["lancedb"] = measure_lancedb(vectors, queries, truth, options.work / "lancedb")
    words = measure_words(options.texts or n, options.queries, sorted(here))
    shape = list(vectors.shape)
    publish(
        {"benchmark": "search", "shape": shape, "queries": options.queries, "vectors": found, "words": words},
        options.out,
    )


if __name__ == "__main__":
    main()
