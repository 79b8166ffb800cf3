"""Hold today's writer and reader to the golden map, and the golden map to the specification."""

from __future__ import annotations

import gzip
import importlib.util
import json
import struct
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from terrella.bundle import Bundle, read_bundle

HERE = Path(__file__).parent
FOLDER = HERE / "map-v1"
SCHEMA = HERE.parents[1] / "schema" / "manifest.schema.json"

COLOUR_TOLERANCE = 6  # levels of 255: another libwebp may round otherwise


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_golden", HERE / "make_golden.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def written(golden: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    bundle = golden.write_golden(tmp_path_factory.mktemp("golden"))
    assert isinstance(bundle, Bundle)
    return bundle


def _without_files(node: Any) -> Any:
    """Return a manifest without what may differ between versions of the compressors."""
    if isinstance(node, dict):
        left_out = {"path", "bytes", "sha256", "encoding", "generator"}
        return {key: _without_files(value) for key, value in node.items() if key not in left_out}
    return [_without_files(value) for value in node] if isinstance(node, list) else node


def _check(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if key == "sprites":
            for level, means in value.items():
                assert np.abs(np.array(found[key][level]) - means).max() <= COLOUR_TOLERANCE
        else:
            assert found[key] == value, key


def test_the_golden_map_follows_the_schema_and_is_whole() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(manifest)
    assert read_bundle(FOLDER).verify() == len([path for path in FOLDER.rglob("*.*.*") if path.is_file()])


def test_todays_reader_decodes_the_golden_map(golden: ModuleType, expected: dict[str, Any]) -> None:
    _check(golden.decoded(read_bundle(FOLDER)), expected)


def test_todays_writer_makes_the_golden_map(
    golden: ModuleType, written: Bundle, expected: dict[str, Any]
) -> None:
    _check(golden.decoded(written), expected)
    assert _without_files(written.manifest) == _without_files(read_bundle(FOLDER).manifest)


def test_the_golden_map_holds_what_was_put_in(golden: ModuleType) -> None:
    content, bundle = golden.golden_content(), read_bundle(FOLDER)
    for projection in content.projections:
        error = np.abs(bundle.layout(projection.name) - projection.layout).max(axis=0)
        assert (error <= np.ptp(projection.layout, axis=0).clip(min=1) / 2**25 + 1e-4).all()
    kept = content.records.drop_columns(["bytes"])
    shown = bundle.rows().take(np.argsort(bundle.order))
    assert str(shown.to_pylist()) == str(kept.to_pylist())  # as text, for NaN is not equal to itself
    assert np.array_equal(bundle.neighbors().indices, content.graph.indices)
    unreadable = bundle.manifest["sprites"]["unreadable"]  # type: ignore[index]  # the golden map has sprites
    assert sorted(bundle.order[unreadable]) == sorted(golden.BROKEN)


def _numbers(array: dict[str, Any]) -> list[tuple[float, ...]]:
    """Decode an array by the words of docs/format.md alone, with nothing but the standard library."""
    letter, itemsize = {"u8": ("B", 1), "u16": ("H", 2), "u32": ("I", 4), "f32": ("f", 4)}[array["dtype"]]
    components = array["components"]
    items: list[tuple[float, ...]] = []
    for part in array["parts"]:
        assert part["first"] == len(items)
        data = (FOLDER / part["path"]).read_bytes()
        count = part["count"]
        if part["encoding"] == "planes-gzip":
            planes = gzip.decompress(data)
            data = bytes(
                planes[(c * itemsize + b) * count + i]
                for i in range(count)
                for c in range(components)
                for b in range(itemsize)
            )
        flat = struct.unpack(f"<{count * components}{letter}", data)
        items += [flat[at : at + components] for at in range(0, len(flat), components)]
    assert len(items) == array["count"]
    return items


def test_a_reader_written_from_the_specification_agrees(expected: dict[str, Any]) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert [row for (row,) in _numbers(manifest["order"])] == expected["order"]
    for projection in manifest["projections"]:
        x_min, y_min, x_max, y_max = projection["extent"]
        stored = zip(_numbers(projection["positions"]), _numbers(projection["fine"]), strict=True)
        points = [
            (
                x_min + (x * 256 + fine_x + 0.5) / 2**24 * (x_max - x_min),
                y_min + (y * 256 + fine_y + 0.5) / 2**24 * (y_max - y_min),
            )
            for (x, y), (fine_x, fine_y) in stored
        ]
        assert np.allclose(points, expected["projections"][projection["name"]], rtol=1e-6, atol=1e-7)
    for sequence in manifest["sequences"]:
        x_min, y_min, x_max, y_max = sequence["extent"]
        for frame, known in zip(sequence["frames"], expected["sequences"][sequence["name"]], strict=True):
            points = [
                (x_min + (x + 0.5) / 2**16 * (x_max - x_min), y_min + (y + 0.5) / 2**16 * (y_max - y_min))
                for x, y in _numbers(frame["positions"])
            ]
            assert np.allclose(points, known, rtol=1e-6, atol=1e-7)
    for column in manifest["columns"]:
        stored = [value for (value,) in _numbers(column["values"])]
        assert _meanings(column, stored) == expected["columns"][column["name"]]
    assert _numbers(manifest["knn"]["indices"]) == [tuple(row) for row in expected["neighbors"]["indices"]]


def _meanings(column: dict[str, Any], stored: list[float]) -> list[Any]:
    if column["kind"] == "category":
        missing = 255 if column["values"]["dtype"] == "u8" else 65535
        return [None if code == missing else column["categories"][int(code)] for code in stored]
    if column["kind"] == "time":
        return [None if value == 4294967295 else value for value in stored]
    return [None if value != value else value for value in stored]
