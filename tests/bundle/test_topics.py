from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from jsonschema import Draft202012Validator

from terrella.bundle import MapContent, Projection, read_bundle, write_bundle
from terrella.clusters import Duplicates, TopicTree, duplicates, topics
from terrella.errors import NotFoundError, ShapeError, StorageError
from terrella.neighbors import knn_graph
from terrella.sources import Roles

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schema" / "manifest.schema.json").read_text(encoding="utf-8")
)

MakeContent = Callable[..., MapContent]
COUNT = 900


def _layout() -> np.ndarray:
    random = np.random.default_rng(4)
    heap = random.integers(0, 9, COUNT)
    centres = np.stack([heap % 3, heap // 3], axis=1) * 10.0
    return (centres + random.normal(0, 1, (COUNT, 2))).astype(np.float32)


@pytest.fixture(scope="module")
def found() -> tuple[np.ndarray, TopicTree, Duplicates]:
    layout = _layout()
    vectors = np.concatenate([layout, np.random.default_rng(1).normal(0, 0.1, (COUNT, 3))], axis=1)
    vectors[500:520] = vectors[:20]
    vectors = vectors.astype(np.float32)
    graph = knn_graph(vectors, n_neighbors=15)
    texts = [f"text of {'abcdefghi'[int(x)] * 3} {row % 4}" for row, x in enumerate(layout[:, 0].clip(0, 8))]
    return layout, topics(layout, graph=graph, texts=texts), duplicates(graph, 0.001)


@pytest.fixture
def written(make_content: MakeContent, found: Any, tmp_path: Path) -> Path:
    layout, tree, same = found
    projections = [
        Projection("umap", "UMAP", "umap", layout),
        Projection("pca", "PCA", "pca", layout[:, ::-1]),
    ]
    content = make_content(COUNT, projections=projections, topics=tree, duplicates=same, graph=None)
    write_bundle(tmp_path, content)
    return tmp_path


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert isinstance(manifest, dict)
    return manifest


def test_topics_come_back_as_they_went(written: Path, found: Any) -> None:
    _, tree, _ = found
    back = read_bundle(written).topics()
    assert back.topics == tree.topics
    assert np.array_equal(back.codes, tree.codes)
    assert back.parameters == tree.parameters


def test_duplicates_come_back_as_they_went(written: Path, found: Any) -> None:
    _, _, same = found
    back = read_bundle(written).duplicates()
    assert np.array_equal(back.classes, same.classes)
    assert np.array_equal(back.clusters, same.clusters)
    assert (back.cutoff, back.scale, back.count) == (same.cutoff, same.scale, same.count)
    assert back.deletion_candidates().tolist() == list(range(500, 520))


def test_the_manifest_and_topics_json_follow_the_schema(written: Path) -> None:
    manifest = _manifest(written)
    Draft202012Validator(SCHEMA).validate(manifest)
    stored = json.loads((written / manifest["topics"]["path"]).read_text(encoding="utf-8"))
    Draft202012Validator({"$ref": "#/$defs/TopicsFile", "$defs": SCHEMA["$defs"]}).validate(stored)
    assert {"topics", "duplicates"} <= set(manifest["capabilities"])
    read_bundle(written).verify()


def test_each_level_is_a_column_of_its_topics(written: Path, found: Any) -> None:
    _, tree, same = found
    bundle = read_bundle(written)
    names = bundle.manifest["topics"]["columns"]
    assert names == [f"topic_{depth}" for depth in range(1, tree.depth + 1)]
    for depth, name in enumerate(names, start=1):
        values = bundle.column(name).to_pylist()
        expected = [None if id < 0 else tree.topics[id].name for id in tree.codes[bundle.order, depth - 1]]
        assert values == expected
    classes = bundle.column("duplicate_class").to_pylist()
    assert classes.count("deletion candidate") == len(same.deletion_candidates())


def test_a_field_of_the_same_name_keeps_it(make_content: MakeContent, found: Any, tmp_path: Path) -> None:
    layout, tree, same = found
    records = pa.table(
        {
            "id": [f"{row}" for row in range(COUNT)],
            "topic_1": ["own"] * COUNT,
            "duplicate_class": [1.5] * COUNT,
        }
    )
    content = make_content(
        COUNT,
        records=records,
        roles=Roles("id"),
        projections=[Projection("umap", "UMAP", "umap", layout)],
        graph=None,
        topics=tree,
        duplicates=same,
    )
    bundle = write_bundle(tmp_path, content)
    assert bundle.manifest["topics"]["columns"][0] == "topic_1_"
    assert bundle.manifest["duplicates"]["column"] == "duplicate_class_"
    assert bundle.column("topic_1").to_pylist() == ["own"] * COUNT
    assert np.array_equal(bundle.topics().codes, tree.codes)


def test_a_map_without_a_label_is_coloured_by_topic_at_first(
    make_content: MakeContent, found: Any, tmp_path: Path
) -> None:
    layout, tree, _ = found
    projections = [Projection("umap", "UMAP", "umap", layout)]
    labelled = make_content(COUNT, projections=projections, graph=None, topics=tree)
    assert write_bundle(tmp_path / "a", labelled).manifest["view"]["color"] == "label"
    plain = make_content(COUNT, projections=projections, graph=None, topics=tree, roles=Roles("id"))
    assert write_bundle(tmp_path / "b", plain).manifest["view"]["color"] == "topic_1"


def test_a_map_without_topics_says_so(make_content: MakeContent, tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path, make_content())
    assert bundle.manifest["topics"] is None
    with pytest.raises(NotFoundError, match=r"has no topics: .* Make it again with topics=True"):
        bundle.topics()
    with pytest.raises(NotFoundError, match="nobody looked for duplicates"):
        bundle.duplicates()


def test_a_map_of_an_older_writer_has_no_duplicates(make_content: MakeContent, tmp_path: Path) -> None:
    write_bundle(tmp_path, make_content())
    manifest = _manifest(tmp_path)
    del manifest["duplicates"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    Draft202012Validator(SCHEMA).validate(manifest)
    with pytest.raises(NotFoundError, match="nobody looked for duplicates"):
        read_bundle(tmp_path).duplicates()


def test_items_without_topics_make_a_map_without(make_content: MakeContent, tmp_path: Path) -> None:
    none = topics(np.zeros((50, 2), np.float32))
    assert none.depth == 0
    assert write_bundle(tmp_path, make_content(topics=none)).manifest["topics"] is None


def test_topics_of_other_items_are_refused(make_content: MakeContent, found: Any, tmp_path: Path) -> None:
    _, tree, same = found
    with pytest.raises(ShapeError, match=r"topics must have one row per record \(50\); got 900"):
        write_bundle(tmp_path, make_content(topics=tree))
    with pytest.raises(ShapeError, match="duplicates must have one row per record"):
        write_bundle(tmp_path, make_content(duplicates=same))


@pytest.mark.parametrize("content", [b"{}", b'{"topics": [{}], "parameters": {}}'])
def test_a_damaged_topics_json_is_told(written: Path, content: bytes) -> None:
    manifest = _manifest(written)
    (written / manifest["topics"]["path"]).write_bytes(content)
    with pytest.raises(StorageError, match="is damaged"):
        read_bundle(written).topics()
