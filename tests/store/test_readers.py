"""Readers never wait, and see one version whole, whatever a writer in another process does."""

from __future__ import annotations

import runpy
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from terrella.errors import StorageError
from terrella.store import Store

WRITER = str(Path(__file__).with_name("killed_writer.py"))
MODEL = runpy.run_path(WRITER)
expected, image = MODEL["expected"], MODEL["image"]

VERSIONS = 4
PATIENCE = 60.0
GONE = ("was replaced or deleted while it was read", "is not kept any more")
"""What a slow reader is told: the writer makes the dataset anew, and prunes it, every eighth time."""


def read_whole(home: Path) -> set[int]:
    """Read again and again until some versions were seen, each of them whole; return them."""
    seen: set[int] = set()
    until = time.monotonic() + PATIENCE
    while len(seen) < VERSIONS and time.monotonic() < until:
        try:
            dataset = Store(home).open("x")
            rows = dataset.records().to_pylist()
            vectors = dataset.vectors("vectors").tolist()
            images = dataset.images(range(0, dataset.count, 7))
        except StorageError as error:
            if not any(reason in str(error) for reason in GONE):
                raise
            continue
        wanted = expected(dataset.version)
        assert [(row["id"], row["mark"]) for row in rows] == list(wanted.items())
        assert vectors == [[number, ord(mark)] for number, mark in wanted.items()]
        assert images == [image(*item) for item in list(wanted.items())[::7]]
        seen.add(dataset.version)
    return seen


def test_readers_see_whole_versions_while_another_process_writes(tmp_path):
    writer = subprocess.Popen(
        [sys.executable, WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(lambda _: read_whole(tmp_path), range(3)))
    finally:
        writer.kill()
        writer.communicate()
    assert [len(seen) for seen in found] == [VERSIONS] * 3


def test_a_checkout_is_read_while_the_dataset_is_written(store, items, content):
    dataset = store.create("x", items(range(50)))
    reader = store.open("x")
    known = content(reader)
    older = store.open("x").at(1)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(
            lambda: [dataset.upsert(items(range(50), mark=mark)) for mark in "bcdefghijklmnopqrstuvwxyz"]
        )
        while not writing.done():
            assert content(reader) == known
            assert content(older) == known
        writing.result()
    assert dataset.version == 26
