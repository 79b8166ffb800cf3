from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrella.bundle import Bundle, MapContent, PartSizes, read_bundle, write_bundle
from terrella.errors import (
    FormatVersionError,
    NotFoundError,
    ParameterError,
    SourceError,
    StorageError,
    UnknownColumnError,
)

MakeContent = Callable[..., MapContent]


def _edit(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.fixture
def bundle(make_content: MakeContent, tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path, make_content())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(2, 90),
    seed=st.integers(0, 99),
    sizes=st.builds(
        PartSizes,
        first=st.integers(1, 40),
        later=st.integers(1, 40),
        neighbors=st.integers(1, 40),
        shard=st.sampled_from([8, 24]),
        row_group=st.sampled_from([2, 8]),
    ),
)
def test_everything_comes_back(
    make_content: MakeContent, tmp_path: Path, count: int, seed: int, sizes: PartSizes
) -> None:
    content = make_content(count, seed=seed)
    written = write_bundle(tmp_path, content, sizes=sizes)
    found = read_bundle(tmp_path)
    assert found.verify() == written.verify()
    assert found.count == count
    for projection in content.projections:
        span = np.ptp(projection.layout, axis=0).max()
        assert np.abs(found.layout(projection.name) - projection.layout).max() <= span / 2**25 + 1e-6
        assert np.array_equal(found.positions(projection.name), found.layout(projection.name)[found.order])
    assert content.graph is not None
    assert np.array_equal(found.neighbors().indices, content.graph.indices)
    assert np.array_equal(found.neighbors().distances, content.graph.distances)
    shown = content.records.take(pa.array(found.order))
    assert found.rows().to_pylist() == shown.to_pylist()
    start, stop = count // 3, count - count // 4
    assert found.rows(start, stop).to_pylist() == shown.slice(start, stop - start).to_pylist()
    assert found.column("size").to_pylist() == shown["size"].cast(pa.float32()).to_pylist()


def test_a_category_comes_back_with_its_nulls(make_content: MakeContent, bundle: Bundle) -> None:
    shown = make_content().records.take(pa.array(bundle.order))
    assert bundle.column("label").to_pylist() == shown["label"].to_pylist()


def test_another_version_is_refused_with_both_named(bundle: Bundle) -> None:
    _edit(bundle.folder, version=2)
    with pytest.raises(FormatVersionError, match="got v2, this build reads v1"):
        read_bundle(bundle.folder)


def test_a_folder_without_a_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="the folder doesn't exist"):
        read_bundle(tmp_path / "nowhere")
    with pytest.raises(NotFoundError, match=r"is not a map: it has no manifest\.json"):
        read_bundle(tmp_path)
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(StorageError, match="can't be read"):
        read_bundle(tmp_path)


@pytest.mark.parametrize(
    ("text", "error", "match"),
    [
        ("", StorageError, "is damaged: it is not JSON"),
        ('{"format": "terrella', StorageError, "is damaged: it is not JSON"),
        ("\udcff", StorageError, "is damaged: it is not JSON"),
        ("[]", SourceError, "is not a Terrella map's"),
        ('{"format": "other", "version": 1}', SourceError, "is not a Terrella map's"),
        ('{"format": "terrella-map"}', FormatVersionError, "got version None, this build reads v1"),
        (
            '{"format": "terrella-map", "version": "1"}',
            FormatVersionError,
            "got version '1', this build reads v1",
        ),
        ('{"format": "terrella-map", "version": 1}', StorageError, "it lacks capabilities, columns, count"),
    ],
)
def test_a_manifest_that_is_none_is_refused(
    tmp_path: Path, text: str, error: type[Exception], match: str
) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(error, match=match):
        read_bundle(tmp_path)


def test_a_damaged_file_is_named(bundle: Bundle) -> None:
    entry = bundle.manifest["projections"][1]["positions"]["parts"][0]
    path = bundle.folder / entry["path"]
    whole = path.read_bytes()
    path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    for read in (bundle.verify, lambda: bundle.layout("pca")):
        with pytest.raises(
            StorageError, match=rf"{entry['path']} is damaged: its contents don't match its hash"
        ):
            read()
    path.write_bytes(whole[:-1])
    with pytest.raises(StorageError, match=rf"{entry['path']} is damaged: it has {len(whole) - 1} bytes"):
        bundle.verify()
    path.unlink()
    with pytest.raises(StorageError, match=rf"{entry['path']} is damaged: it is missing"):
        bundle.verify()
    assert bundle.layout("umap").shape == (50, 2)


def test_damaged_rows_are_named(bundle: Bundle) -> None:
    rows = bundle.manifest["rows"]
    assert rows
    path = bundle.folder / rows["parts"][0]["path"]
    path.write_bytes(b"PAR1 not really PAR1")
    with pytest.raises(StorageError, match=rf"{path.name} is damaged: it is not Parquet"):
        bundle.rows(0, 1)
    path.unlink()
    with pytest.raises(StorageError, match=rf"{path.name} is damaged: it is missing"):
        bundle.rows(0, 1)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", "a\\..\\b", ""])
def test_a_path_never_leaves_the_folder(bundle: Bundle, path: str) -> None:
    bundle.manifest["order"]["parts"][0]["path"] = path
    bundle.manifest["rows"]["parts"][0]["path"] = path  # type: ignore[index]  # this map has rows
    for read in (lambda: bundle.order, lambda: bundle.rows(0, 1), bundle.verify):
        with pytest.raises(StorageError, match="the path leaves the map's folder"):
            read()


def test_an_array_shorter_than_the_map_is_refused(bundle: Bundle) -> None:
    _edit(bundle.folder, count=51)
    with pytest.raises(StorageError, match="has 50 items and the map 51"):
        _ = read_bundle(bundle.folder).order


def test_what_the_map_has_not_is_refused_with_the_nearest_name(bundle: Bundle) -> None:
    with pytest.raises(NotFoundError, match=r"no projection 'umapp'; it has umap, pca\. Did you mean 'umap'"):
        bundle.layout("umapp")
    with pytest.raises(UnknownColumnError, match=r"no column 'lable'.*Did you mean 'label'"):
        bundle.column("lable")
    for start, stop in ((-1, 3), (0, 51), (5, 5), (9, 3)):
        with pytest.raises(ParameterError, match=rf"rows must lie in 0 … 50.*got {start} … {stop}"):
            bundle.rows(start, stop)


def test_a_map_without_rows_or_neighbours_says_so(bundle: Bundle) -> None:
    _edit(bundle.folder, rows=None, knn=None)
    bare = read_bundle(bundle.folder)
    with pytest.raises(NotFoundError, match="carries no rows"):
        bare.rows()
    with pytest.raises(NotFoundError, match="carries no neighbours"):
        bare.neighbors()
