from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terrella.pipeline.kept_vectors import KeptVectors, content_key


def keep(folder, texts, vectors):
    kept = KeptVectors(folder)
    kept.add([content_key(text) for text in texts], np.asarray(vectors, np.float32))
    kept.close()


def read(folder, texts, dimension):
    kept = KeptVectors(folder)
    vectors = np.zeros((len(texts), dimension), np.float32)
    known = kept.fill(vectors, [None if text is None else content_key(text) for text in texts])
    return known.tolist(), vectors


def test_what_is_kept_is_there_again(tmp_path):
    keep(tmp_path, ["a", "b"], [[1, 2, 3], [4, 5, 6]])
    keep(tmp_path, ["c"], [[7, 8, 9]])
    known, vectors = read(tmp_path, ["c", None, "x", "a", "a"], 3)
    assert known == [True, False, False, True, True]
    assert vectors.tolist() == [[7, 8, 9], [0, 0, 0], [0, 0, 0], [1, 2, 3], [1, 2, 3]]
    assert len(KeptVectors(tmp_path)) == 3


def test_a_text_is_not_an_image_of_the_same_bytes():
    assert content_key("a") != content_key(b"a")
    assert content_key("\udc80") != content_key("")
    assert len(content_key(b"")) == 16


@settings(deadline=None)
@given(st.lists(st.text(), unique=True, max_size=20), st.integers(1, 9))
def test_round_trip(tmp_path_factory, texts, dimension):
    folder = tmp_path_factory.mktemp("kept")
    vectors = np.random.default_rng(0).normal(size=(len(texts), dimension)).astype(np.float32)
    keep(folder, texts, vectors)
    known, found = read(folder, texts, dimension)
    assert all(known)
    assert np.array_equal(found, vectors)


@pytest.mark.parametrize("cut", [1, 10, 31, 32, 33])
def test_a_torn_record_is_missing_and_no_other(tmp_path, cut):
    keep(tmp_path, ["a", "b", "c"], np.eye(3))  # 32 bytes a record
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-cut])
    assert read(tmp_path, ["a", "b", "c"], 3)[0] == [True, cut <= 32, False]


def test_a_flipped_or_empty_record_is_missing(tmp_path):
    keep(tmp_path, ["a", "b", "c"], np.eye(3))
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[16 + 32 : 16 + 64] = bytes(32)
    content[-3] ^= 1
    path.write_bytes(content)
    assert read(tmp_path, ["a", "b", "c"], 3)[0] == [True, False, False]


@pytest.mark.parametrize("content", [b"", b"TERRAVEC", b"x" * 500, b"TERRAVEC" + bytes(100)])
def test_a_foreign_file_is_nothing(tmp_path, content):
    (tmp_path / "x.vectors").write_bytes(content)
    assert len(KeptVectors(tmp_path)) == 0


def test_many_files_are_merged(tmp_path):
    for number in range(20):
        keep(tmp_path, [str(number), "again"], [[number, 0], [number, 1]])
    assert len(KeptVectors(tmp_path)) == 21
    assert len(list(tmp_path.iterdir())) < 16
    known, vectors = read(tmp_path, [str(number) for number in range(20)], 2)
    assert all(known)
    assert vectors[:, 0].tolist() == list(range(20))


def test_a_folder_that_takes_nothing_costs_nothing_but_the_next_run(tmp_path):
    (tmp_path / "file").write_text("")
    kept = KeptVectors(tmp_path / "file" / "folder")
    kept.add([content_key("a")], np.ones((1, 2), np.float32))
    kept.close()
    assert len(KeptVectors(tmp_path / "file" / "folder")) == 0


def test_forgotten_is_gone(tmp_path):
    keep(tmp_path, ["a"], [[1.0]])
    kept = KeptVectors(tmp_path)
    assert kept.vector(content_key("a")).tolist() == [1]
    kept.forget()
    assert len(kept) == 0
    assert list(tmp_path.iterdir()) == []
    kept.add([content_key("b")], np.ones((1, 5), np.float32))
    kept.close()
    assert read(tmp_path, ["b"], 5)[0] == [True]
