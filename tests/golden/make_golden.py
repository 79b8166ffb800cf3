"""Write tests/golden/map-v1 and expected.json: a small map with everything format v1 has, and what it holds.

Python's writer makes it, Python's tests hold today's writer to it and the viewer's tests read it. Run it
after a change of the format, look at the difference, and commit it:

    python tests/golden/make_golden.py
"""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from PIL import Image, ImageDraw

from terrella.bundle import (
    Bundle,
    Frame,
    FrameSequence,
    MapContent,
    PartSizes,
    Projection,
    display_order,
    read_bundle,
    write_bundle,
)
from terrella.clusters import UNLABELLED, Duplicates, Topic, TopicTree
from terrella.neighbors import KNNGraph
from terrella.sources import Roles
from terrella.sprites import build_sprites

HERE = Path(__file__).parent
FOLDER = HERE / "map-v1"
EXPECTED = HERE / "expected.json"

COUNT = 200
SIZES = PartSizes(first=64, later=128, neighbors=100, shard=128, row_group=16)
PAGES = (128, 256)
CREATED = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
BROKEN = (17, 101)
SHAPES = ("circle", "square", "Dreieck (△)", "звезда", "")


def golden_content() -> MapContent:
    """Return the golden map's content, the same at every call."""
    random = np.random.default_rng(7)
    shape = random.integers(0, len(SHAPES), COUNT)
    angle = 2 * np.pi * shape / len(SHAPES)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 4
    layout = (ring + random.normal(0, 0.8, (COUNT, 2))).astype(np.float32)
    line = np.stack([np.arange(COUNT) * 10.0 - 700, np.full(COUNT, -3.5)], axis=1).astype(np.float32)
    sheets = build_sprites(
        lambda rows: [_image(row, int(shape[row])) for row in rows],
        display_order(layout)[0],
        page_widths=PAGES,
    )
    parameters = {"spread": 0.8, "centres": [5, "ring"]}
    quality: dict[str, Any] = {
        "trustworthiness": {"value": 0.93, "error": 0.004},
        "continuity": {"value": 0.95},
    }
    return MapContent(
        name="golden",
        title="Golden map: 金",
        description='Everything format v1 has, in 200 items: "quotes", <tags> & emoji 🌍.',
        records=_records(random, shape),
        roles=Roles("id", label="shape", text="text", image="file"),
        projections=[
            Projection("shapes", "Shapes", "given", layout, parameters, 7, 0.25, quality),
            Projection("line", "A line", "given", line),
        ],
        sequences=[_sequence(layout, line, quality)],
        graph=_graph(layout),
        sprites=sheets,
        color="shape",
        topics=_topics(layout, shape),
        duplicates=_duplicates(),
    )


def _topics(layout: np.ndarray, shape: np.ndarray) -> TopicTree:
    """Return two broad topics, the second of three fine ones; some items are in none, some in a broad one
    only."""
    rows = np.arange(COUNT)
    broad = np.where(rows % 23 == 0, UNLABELLED, (shape > 1).astype(np.int64))
    fine = np.where((broad < 0) | (rows % 17 == 0), UNLABELLED, np.maximum(shape, 1) + 1)
    codes = np.stack([broad, fine], axis=1).astype(np.int32)
    named = [
        (1, None, "Round, square", ("round", "square"), "words"),
        (1, None, "углы", ("углы",), "namer"),
        (2, 0, "Round, square", ("round", "square"), "words"),
        (2, 1, "Dreieck (△)", (), "labels"),
        (2, 1, 'maker: "<b>Ö&Ö</b>"', (), "fields"),
        (2, 1, "Topic 1", (), "number"),
    ]
    topics = []
    for id, (depth, parent, name, words, named_by) in enumerate(named):
        own = np.flatnonzero(codes[:, depth - 1] == id)
        x, y = layout[own].mean(axis=0).astype(np.float64).round(3).tolist()
        zoom = (1.0, 3.5) if id == 1 else (float(depth), None)
        some = tuple(own[:3].tolist())
        topics.append(Topic(id, depth, parent, name, words, named_by, len(own), x, y, zoom, some))
    return TopicTree(tuple(topics), codes, {"depth": 3, "min_items": 7})


def _duplicates() -> Duplicates:
    """Return two clusters of near duplicates, of two and of three items."""
    clusters = np.full(COUNT, -1, np.int32)
    clusters[[5, 150]] = 0
    clusters[[8, 9, 199]] = 1
    classes = np.zeros(COUNT, np.uint8)
    classes[[5, 8]] = 1
    classes[[150, 9, 199]] = 2
    return Duplicates(classes, clusters, 0.125, 2.5)


def _records(random: np.random.Generator, shape: np.ndarray) -> pa.Table:
    rows = range(COUNT)
    weight = random.normal(0, 100, COUNT)
    weight[3], weight[4], weight[5] = np.nan, np.inf, -np.inf
    seen = [datetime(2024, 2, 28, 23, 59, 58) + timedelta(hours=7 * row) for row in rows]
    born = [date(1700, 1, 1) + timedelta(days=500 * row) for row in rows]
    text = [f"Zeile {row}\nnext <b>line</b> 🐙 {'x' * (row % 7)}" for row in rows]
    tags = [[SHAPES[(row + k) % 4] for k in range(row % 4)] for row in rows]
    return pa.table(
        {
            "id": [f"item-{row:03d}" for row in rows],
            "shape": [SHAPES[value] for value in shape],
            "text": _gaps(text, 29, 0),
            "file": [f"images/{row:03d}.png" for row in rows],
            "grade": pa.array(_gaps([row % 4 + 8 for row in rows], 50, 0), pa.int64()),
            "good": _gaps([row % 3 == 0 for row in rows], 40, 1),
            "weight": weight,
            "many": pa.array(np.arange(COUNT) * 1_000_000_007, pa.int64()),
            "seen": pa.array(_gaps(seen, 60, 2), pa.timestamp("us")),
            "born": pa.array(_gaps(born, 70, 3), pa.date32()),
            "tags": _gaps(tags, 11, 0),
            "box": [{"x": row, "y": None if row % 2 else row / 2} for row in rows],
            "bytes": [b"left out"] * COUNT,
            "Größe / (m)": pa.array(np.round(random.random(COUNT), 3), pa.float32()),
        }
    )


def _gaps(values: list[Any], step: int, start: int) -> list[Any]:
    """Return `values` with a null at every `step`th place from `start`."""
    return [None if place % step == start else value for place, value in enumerate(values)]


def _image(row: int, shape: int) -> bytes | None:
    """Draw one of five shapes on a clear ground; two of the items have none that can be read."""
    if row in BROKEN:
        return None if row == BROKEN[0] else b"\x89PNG\r\n\x1a\nbroken"
    width = 30 if row % 5 else 20  # every fifth is taller than wide
    picture = Image.new("RGBA", (width, 30), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    colour = (40 + 40 * shape, (row * 37) % 256, 220 - 30 * shape, 255)
    box = (3, 3, width - 4, 26)
    if shape == 0:
        pen.ellipse(box, fill=colour)
    elif shape == 1:
        pen.rectangle(box, fill=colour)
    else:
        pen.regular_polygon((width // 2, 15, width // 2 - 2), shape + 1, rotation=row, fill=colour)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _sequence(layout: np.ndarray, line: np.ndarray, quality: dict[str, Any]) -> FrameSequence:
    """Return five frames that lead from one layout to the other; the last has no value and no quality."""
    ends = [(values - values.mean(axis=0)) / values.std() for values in (layout, line)]
    frames = [
        Frame(
            f"{step} / 4", (ends[0] * (4 - step) + ends[1] * step).astype(np.float32) / 4, step / 4, quality
        )
        for step in range(4)
    ]
    return FrameSequence(
        "unrolling",
        "Unrolling ↔",
        "run",
        [*frames, Frame("the end", ends[1].astype(np.float32))],
        {"to": "line"},
        7,
        2.5,
    )


def _graph(layout: np.ndarray) -> KNNGraph:
    squared = ((layout[:, None] - layout[None]) ** 2).sum(axis=2)
    np.fill_diagonal(squared, np.inf)
    indices = np.argsort(squared, axis=1, kind="stable")[:, :5]
    return KNNGraph(indices, np.sqrt(np.take_along_axis(squared, indices, axis=1)), metric="euclidean")


def decoded(bundle: Bundle) -> dict[str, Any]:
    """Return what a map holds as JSON: every array whole, in display order, as a reader should decode it.

    Missing numbers are null; times are numbers since the column's origin. Rows are the first and last items'.
    Sprites are each item's mean RGBA over its L1 cell, to be met within a few levels: WebP is lossy.
    """
    manifest = bundle.manifest
    knn = manifest["knn"]
    return {
        "count": bundle.count,
        "order": bundle.order.tolist(),
        "projections": {
            projection["name"]: _numbers(bundle.positions(projection["name"]))
            for projection in manifest["projections"]
        },
        "sequences": {
            sequence["name"]: [_numbers(frame[bundle.order]) for frame in bundle.frames(sequence["name"])]
            for sequence in manifest["sequences"]
        },
        "columns": {column["name"]: _column(bundle, column) for column in manifest["columns"]},
        "neighbors": _display_neighbors(bundle) if knn else None,
        "topics": _topic_codes(bundle),
        "duplicates": _clusters(bundle),
        "rows": {str(at): _row(bundle, at) for at in (0, 1, 15, 16, 127, 128, 199)},
        "sprites": {level["name"]: sprite_means(bundle, level) for level in manifest["sprites"]["levels"]},
    }


def _numbers(values: np.ndarray) -> list[Any]:
    return np.where(np.isnan(values), None, values.astype(np.float64)).tolist()


def _column(bundle: Bundle, column: dict[str, Any]) -> list[Any]:
    values = bundle.column(column["name"])
    if column["kind"] != "time":
        return values.to_pylist()
    return [None if value == 2**32 - 1 else value for value in _stored(bundle, column["values"])]


def _stored(bundle: Bundle, array: dict[str, Any]) -> list[Any]:
    return bundle.array(array)[:, 0].tolist()


def _display_neighbors(bundle: Bundle) -> dict[str, Any]:
    knn = bundle.manifest["knn"]
    return {
        "indices": bundle.array(knn["indices"]).tolist(),
        "distances": _numbers(bundle.array(knn["distances"])),
    }


def _topic_codes(bundle: Bundle) -> dict[str, Any]:
    tree = bundle.topics()
    name_of = {-1: None, **{topic.id: topic.name for topic in tree.topics}}
    names = [[name_of[id] for id in ids] for ids in tree.codes[bundle.order].tolist()]
    return {"items": names, "parents": [topic.parent for topic in tree.topics]}


def _clusters(bundle: Bundle) -> list[int]:
    return bundle.duplicates().clusters[bundle.order].tolist()


def _row(bundle: Bundle, at: int) -> dict[str, Any]:
    (row,) = bundle.rows(at, at + 1).to_pylist()
    return {
        name: value.isoformat() if isinstance(value, date) else _finite(value) for name, value in row.items()
    }


def _finite(value: Any) -> Any:
    """Return floats that JSON lacks as text."""
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value


def sprite_means(bundle: Bundle, level: dict[str, Any]) -> list[list[int]]:
    """Return each item's mean red, green, blue (weighted by alpha) and alpha over its cell."""
    cell, columns = level["cell"], level["page"] // level["cell"]
    means = []
    for page in level["pages"]:
        with Image.open(bundle.folder / page["path"]) as picture:
            pixels = np.asarray(picture.convert("RGBA")).astype(np.float64)
        for place in range(page["count"]):
            top, left = place // columns * cell, place % columns * cell
            tile = pixels[top : top + cell, left : left + cell].reshape(-1, 4)
            weights = tile[:, 3:] if tile[:, 3].any() else np.ones((len(tile), 1))
            colour = (tile[:, :3] * weights).sum(axis=0) / weights.sum()
            means.append([round(value) for value in (*colour, tile[:, 3].mean())])
    return means


def write_golden(folder: Path) -> Bundle:
    """Write the golden map to `folder`."""
    return write_bundle(folder, golden_content(), sizes=SIZES, created=CREATED)


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    write_golden(FOLDER)
    text = json.dumps(
        decoded(read_bundle(FOLDER)), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    EXPECTED.write_text(text + "\n", encoding="utf-8")
