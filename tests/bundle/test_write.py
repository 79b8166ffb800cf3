from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from jsonschema import Draft202012Validator

from terrella.bundle import (
    FORMAT_VERSION,
    Frame,
    FrameSequence,
    MapContent,
    PartSizes,
    Projection,
    display_order,
    write_bundle,
)
from terrella.errors import (
    DuplicateIdError,
    InputError,
    NotFiniteError,
    NotFoundError,
    ParameterError,
    ShapeError,
    SourceError,
    UnknownColumnError,
)
from terrella.sources import Roles
from terrella.sprites import build_sprites

SCHEMA = Path(__file__).parents[2] / "schema" / "manifest.schema.json"

MakeContent = Callable[..., MapContent]


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert isinstance(manifest, dict)
    return manifest


def _files(folder: Path) -> dict[str, int]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in found}


def _without_images(rows: Any) -> list[bytes | None]:
    return [None] * len(rows)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_the_manifest_follows_the_schema(make_content: MakeContent, tmp_path: Path, count: int) -> None:
    content = make_content(count)
    order, _ = display_order(content.projections[0].layout)
    content = replace(content, sprites=build_sprites(_without_images, order))
    write_bundle(tmp_path, content, sizes=PartSizes(first=16, later=20, neighbors=7, shard=32, row_group=8))
    manifest = _manifest(tmp_path)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(manifest)
    assert manifest["version"] == FORMAT_VERSION
    assert set(manifest["capabilities"]) >= {"rows", "sprites"}


def _sequence(**changes: Any) -> FrameSequence:
    layout = np.random.default_rng(5).normal(size=(50, 2)).astype(np.float32)
    frames = [Frame("first", layout, 1.0, {"trustworthiness": {"value": 0.9}}), Frame("last", layout * 4 + 1)]
    return FrameSequence(**{"name": "run", "title": "A run", "kind": "run", "frames": frames, **changes})


def test_a_sequence_s_frames_share_one_extent(make_content: MakeContent, tmp_path: Path) -> None:
    sequence = _sequence(parameters={"rate": 0.1}, seed=3, seconds=1.5)
    bundle = write_bundle(tmp_path, make_content(sequences=[sequence]), sizes=PartSizes(first=16, later=20))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(_manifest(tmp_path))
    (written,) = bundle.manifest["sequences"]
    assert {key: written[key] for key in ("name", "title", "kind", "parameters", "seed", "seconds")} == {
        "name": "run", "title": "A run", "kind": "run", "parameters": {"rate": 0.1}, "seed": 3, "seconds": 1.5
    }  # fmt: skip
    assert [(frame["name"], frame["value"]) for frame in written["frames"]] == [
        ("first", 1.0),
        ("last", None),
    ]
    assert [frame["quality"] for frame in written["frames"]] == [{"trustworthiness": {"value": 0.9}}, None]
    side = max(np.ptp(sequence.frames[1].layout, axis=0))
    for frame, found in zip(sequence.frames, bundle.frames("run"), strict=True):
        assert np.abs(found - frame.layout).max() <= side / 2**16
    assert bundle.verify() == len(_files(tmp_path)) - 1
    with pytest.raises(NotFoundError, match=r"no sequence 'runs'; it has run\. Did you mean 'run'"):
        next(bundle.frames("runs"))


def test_the_barest_map_follows_the_schema(make_content: MakeContent, tmp_path: Path) -> None:
    bare = make_content(3, records=pa.table({"raw": [b"1", b"2", b"3"]}), roles=Roles("raw"), graph=None)
    bundle = write_bundle(tmp_path, bare)
    manifest = _manifest(tmp_path)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(manifest)
    assert (manifest["rows"], manifest["knn"], manifest["sprites"]) == (None, None, None)
    assert (manifest["columns"], manifest["capabilities"]) == ([], [])
    assert bundle.verify() == len(_files(tmp_path)) - 1


def test_files_are_named_by_their_contents(make_content: MakeContent, tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path, make_content())
    named = {entry["path"]: entry for entry in bundle.files()}
    assert set(_files(tmp_path)) == {*named, "manifest.json"}
    assert all(entry["sha256"][:12] in path for path, entry in named.items())


def test_what_did_not_change_is_not_written_again(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    write_bundle(tmp_path, content)
    before = _files(tmp_path)
    changed = [
        content.projections[0],
        replace(content.projections[1], layout=content.projections[1].layout ** 3),
    ]
    write_bundle(tmp_path, replace(content, projections=changed))
    after = _files(tmp_path)
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert {path.split(".")[0] for path in gone} == {"projections/pca", "projections/pca-fine"}
    assert {path.split(".")[0] for path in new} == {"projections/pca", "projections/pca-fine"}
    kept = before.keys() & after.keys() - {"manifest.json"}
    assert kept
    assert all(before[path] == after[path] for path in kept)


def test_a_damaged_file_is_written_again(make_content: MakeContent, tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path, make_content())
    path = tmp_path / bundle.manifest["order"]["parts"][0]["path"]
    path.write_bytes(b"\0" * path.stat().st_size)
    assert write_bundle(tmp_path, make_content()).verify() > 0


def test_files_of_others_stay(make_content: MakeContent, tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    for name in ("index.html", "notes.0.txt", "rows/mine.parquet"):
        (tmp_path / name).write_text("mine")
    left = [tmp_path / "rows" / "9.0123456789ab.parquet", tmp_path / "order.0.0123456789ab.u32.part"]
    for path in left:
        path.write_text("left by a killed writer")
    write_bundle(tmp_path, make_content())
    assert {"index.html", "notes.0.txt", "rows/mine.parquet"} <= _files(tmp_path).keys()
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize("text", ['{"name": "my web app"}', "[1, 2]"])
def test_somebody_elses_manifest_is_not_replaced(
    make_content: MakeContent, tmp_path: Path, text: str
) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(SourceError, match=r"belongs to something else.*Choose another folder"):
        write_bundle(tmp_path, make_content())
    assert (tmp_path / "manifest.json").read_text() == text


@pytest.mark.parametrize("text", ["", "{", '{"format": "terrella-map", "version": 99}'])
def test_a_damaged_or_newer_map_is_replaced(make_content: MakeContent, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert write_bundle(tmp_path, make_content()).count == 50


def test_the_callback_counts_to_the_end_and_may_stop_the_work(
    make_content: MakeContent, tmp_path: Path
) -> None:
    content = make_content()
    order, _ = display_order(content.projections[0].layout)
    for parts in (
        {},
        {"graph": None},
        {"sequences": [_sequence()]},
        {"sprites": build_sprites(_without_images, order)},
    ):
        calls: list[tuple[int, int]] = []
        write_bundle(tmp_path, replace(content, **parts), callback=partial(_note, calls))
        assert [done for done, _ in calls] == list(range(1, calls[0][1] + 1))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = _files(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_bundle(tmp_path, make_content(seed=5), callback=stop)
    assert _files(tmp_path) == before


@pytest.mark.parametrize(
    ("color", "roles", "images", "shown"),
    [
        ("size", Roles("id", label="label"), True, "size"),
        (None, Roles("id", label="label"), True, "label"),
        (None, Roles("id"), True, None),
        (None, Roles("id"), False, "label"),
        ("text", Roles("id"), True, None),
    ],
)
def test_the_first_colour_is_the_one_asked_for_else_the_label_else_the_items_own(
    make_content: MakeContent,
    tmp_path: Path,
    color: str | None,
    roles: Roles,
    images: bool,
    shown: str | None,
) -> None:
    content = make_content(roles=roles, color=color)
    if images:
        order, _ = display_order(content.projections[0].layout)
        content = replace(content, sprites=build_sprites(_without_images, order))
    assert write_bundle(tmp_path, content).manifest["view"] == {"projection": "umap", "color": shown}


def test_ids_are_no_column_and_files_have_plain_names(make_content: MakeContent, tmp_path: Path) -> None:
    records = pa.table({"id": [1, 1, 2, 2], "Größe / (m)": [0.5, 1.5, 2.5, 3.5], "金": [True, False] * 2})
    bundle = write_bundle(tmp_path, make_content(4, records=records, roles=Roles("id")))
    columns = bundle.manifest["columns"]
    assert [column["name"] for column in columns] == ["Größe / (m)", "金"]
    stems = [column["values"]["parts"][0]["path"].split(".")[0] for column in columns]
    assert stems == ["columns/grosse-m", "columns/column"]


def test_the_time_of_writing_is_utc(make_content: MakeContent, tmp_path: Path) -> None:
    made = datetime.fromisoformat("2026-11-21T01:00:00+02:00")
    assert write_bundle(tmp_path, make_content(), created=made).manifest["created"] == "2026-11-20T23:00:00Z"
    now = write_bundle(tmp_path, make_content()).manifest["created"]
    assert abs(datetime.fromisoformat(now) - datetime.now(UTC)).total_seconds() < 60


def _note(calls: list[tuple[int, int]], done: int, total: int) -> None:
    calls.append((done, total))


def _projection(**changes: Any) -> list[Projection]:
    layout = np.zeros((50, 2), dtype=np.float32)
    return [Projection(**{"name": "umap", "title": "U", "method": "umap", "layout": layout, **changes})]


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"name": "My Map"}, ParameterError, "name must be lower-case.*got 'My Map'"),
        ({"name": "../x"}, ParameterError, "name must be lower-case"),
        ({"records": pa.table({"id": pa.array([], pa.string())})}, ShapeError, "has no rows"),
        ({"projections": []}, InputError, "has no projection"),
        ({"projections": _projection(name="t/SNE")}, ParameterError, "got 't/SNE'"),
        ({"projections": _projection() * 2}, DuplicateIdError, "the same name; got umap, umap"),
        ({"projections": _projection(layout=np.zeros((50, 3)))}, ShapeError, r"\(50, 2\); got \(50, 3\)"),
        ({"projections": _projection(layout=np.zeros((49, 2)))}, ShapeError, r"\(50, 2\); got \(49, 2\)"),
        ({"projections": _projection(layout=np.full((50, 2), np.nan))}, NotFiniteError, "layout of 'umap'"),
        ({"projections": _projection(parameters={"a": np.zeros(2)})}, ParameterError, "JSON values"),
        ({"projections": _projection(seconds=float("nan"))}, ParameterError, "JSON values"),
        ({"sequences": [_sequence(name="A run")]}, ParameterError, "a sequence's name must .*got 'A run'"),
        ({"sequences": [_sequence(frames=[])]}, InputError, "'run' has no frame"),
        (
            {"sequences": [_sequence()] * 2},
            DuplicateIdError,
            "two sequences have the same name; got run, run",
        ),
        (
            {"sequences": [_sequence(frames=[Frame("0", np.zeros((49, 2)))])]},
            ShapeError,
            r"layout of 'run, 0' must have shape \(50, 2\); got \(49, 2\)",
        ),
        (
            {"sequences": [_sequence(frames=[Frame("0", np.zeros((50, 2)), float("inf"))])]},
            ParameterError,
            "quality of 'run, 0' must be finite JSON",
        ),
        ({"color": "lable"}, UnknownColumnError, "no column 'lable'.*Did you mean 'label'"),
        ({"roles": Roles("key")}, UnknownColumnError, "no column 'key'"),
    ],
)
def test_parts_that_do_not_fit_are_refused_and_nothing_is_written(
    make_content: MakeContent, tmp_path: Path, changes: Any, error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        write_bundle(tmp_path / "map", make_content(**changes))
    assert not (tmp_path / "map").exists()


def test_two_columns_of_one_name_are_refused(make_content: MakeContent, tmp_path: Path) -> None:
    twice = pa.table([pa.array(range(50)), pa.array(range(50))], names=["id", "id"])
    with pytest.raises(InputError, match="two columns named 'id'"):
        write_bundle(tmp_path, make_content(records=twice))


def test_a_graph_of_other_items_is_refused(make_content: MakeContent, tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match=r"one row of neighbours per record \(50\); got 20"):
        write_bundle(tmp_path, make_content(graph=make_content(20).graph))


def test_sprites_in_another_order_are_refused(make_content: MakeContent, tmp_path: Path) -> None:
    sheets = build_sprites(_without_images, np.arange(50))
    with pytest.raises(InputError, match="packed in another order"):
        write_bundle(tmp_path, make_content(sprites=sheets))
    assert not _files(tmp_path)
