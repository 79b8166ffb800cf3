from __future__ import annotations

import signal
import threading
import time

import pytest

from terrella.store._interrupt import run_whole


def press_ctrl_c() -> None:
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


class Slow:
    """Images that take their time, during which Ctrl-C is pressed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.reads = 0

    def __len__(self) -> int:
        return self.count

    def read(self, rows):
        self.reads += 1
        if self.reads == 2:
            press_ctrl_c()
        time.sleep(0.005)
        return [b"x" * (1 << 20)] * len(rows)

    def names(self, rows):
        return [str(row) for row in rows]


@pytest.mark.parametrize("write", ["create", "replace", "append", "upsert"])
def test_ctrl_c_ends_a_write_at_once_and_whole(store, items, content, write):
    store.create("x", items([1]))
    known = content(store.open("x"))
    big = items(range(10, 1010))
    slow = Slow(1000)
    object.__setattr__(big, "images", slow)
    writes = {
        "create": lambda: store.create("y", big),
        "replace": lambda: store.create("x", big, replace=True),
        "append": lambda: store.open("x").append(big),
        "upsert": lambda: store.open("x").upsert(big),
    }
    with pytest.raises(KeyboardInterrupt):
        writes[write]()
    reads = slow.reads
    assert reads < 20  # of 63
    time.sleep(0.05)
    assert slow.reads == reads  # nothing goes on in the background
    assert content(store.open("x")) == known
    assert not store.exists("y")
    dataset = store.open("x")
    dataset.append(items([2]))
    assert dataset.images([0, 1]) == [b"a1" * 9, b"a2" * 9]


def test_a_write_has_ended_when_ctrl_c_comes_out():
    ended = []

    def write(report):
        press_ctrl_c()
        time.sleep(0.1)
        ended.append(True)

    with pytest.raises(KeyboardInterrupt):
        run_whole(write, None)
    assert ended


def test_a_write_stops_at_its_next_report():
    told = []

    def write(report):
        press_ctrl_c()
        while True:
            time.sleep(0.002)
            report(len(told), 9)

    with pytest.raises(KeyboardInterrupt):
        run_whole(write, lambda done, total: told.append((done, total)))
    assert len(told) < 50


def test_results_reports_and_errors_pass():
    told = []

    def write(report):
        report(1, 2)
        return "done"

    assert run_whole(write, lambda done, total: told.append((done, total))) == "done"
    assert told == [(1, 2)]
    with pytest.raises(ZeroDivisionError):
        run_whole(lambda report: 1 / 0, None)
