from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terrella.pipeline.pictures import drawing_sprites
from terrella.png import encode_png

COUNT = 10_000


class Pictures:
    """As much of a dataset as its images need; reading the second batch waits until it may."""

    has_images = True
    count = COUNT
    pixels = None

    def __init__(self, folder: Path, may_go_on: threading.Event) -> None:
        self.path = folder
        self.read_rows = 0
        self._may_go_on = may_go_on

    def images(self, rows: Sequence[int]) -> list[bytes | None]:
        if rows[0]:
            assert self._may_go_on.wait(20)
        self.read_rows += len(rows)
        return [encode_png(np.full((28, 28), 40, np.uint8))] * len(rows)


class Report:
    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def note(self, text: str) -> None:
        pass


def test_sprites_are_drawn_while_the_block_goes_on(tmp_path: Path) -> None:
    go_on = threading.Event()
    pictures: Any = Pictures(tmp_path, go_on)
    report = Report()
    with drawing_sprites(pictures) as drawing:
        go_on.set()
        drawing.pack(np.random.default_rng(0).normal(size=(COUNT, 2)).astype(np.float32))
        sheets = drawing.sheets(report)
    assert sheets is not None
    assert sum(page.count for page in sheets.levels[0].pages) == COUNT
    assert report.steps[-1] == (2 * COUNT, 2 * COUNT)
    assert all(before <= after for before, after in zip(report.steps, report.steps[1:], strict=False))


def test_an_error_in_the_block_ends_the_drawing(tmp_path: Path) -> None:
    go_on = threading.Event()
    pictures: Any = Pictures(tmp_path, go_on)
    threading.Timer(0.2, go_on.set).start()
    with pytest.raises(KeyboardInterrupt), drawing_sprites(pictures):
        raise KeyboardInterrupt
    assert pictures.read_rows < COUNT


def test_what_goes_wrong_beside_is_raised_where_the_sprites_are_wanted(tmp_path: Path) -> None:
    pictures: Any = Pictures(tmp_path, threading.Event())
    pictures.images = lambda rows: []
    with drawing_sprites(pictures) as drawing:
        drawing.pack(np.zeros((COUNT, 2), np.float32))
        with pytest.raises(Exception, match="one image"):
            drawing.sheets(Report())
