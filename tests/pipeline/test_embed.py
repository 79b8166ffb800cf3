from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

import terrella
from terrella.errors import (
    InputError,
    NotFiniteError,
    ParameterError,
    ShapeError,
    SourceError,
    UnknownColumnError,
)
from terrella.pipeline import abilities, column_takes, embed, encoder_of, vector_of_image, vector_of_text
from terrella.store import Store

TEXTS = [f"text number {number}" for number in range(200)]


calls = {"seen": []}


def letters(texts):
    calls["seen"].extend(texts)
    return [[len(text), sum(map(ord, text)) % 97, 1] for text in texts]


@pytest.fixture
def seen():
    calls["seen"] = []
    return calls["seen"]


def expected(texts):
    return [
        [len(text), sum(map(ord, text)) % 97, 1] if text and text.strip() else [0, 0, 0] for text in texts
    ]


def png(value, size=(6, 5)):
    file = io.BytesIO()
    Image.new("RGB", size, value).save(file, "PNG")
    return file.getvalue()


def add(home, texts, name="notes"):
    dataset = terrella.open(name, home=home)
    start = len(dataset)
    ids = list(range(start, start + len(texts)))
    dataset.add(
        {"id": ids, "text": texts, "title": [f"title {number}" for number in ids]}, id="id", text="text"
    )
    return Store(home).open(name)


def test_vectors_are_stored_with_what_made_them(tmp_path, seen):
    dataset = add(tmp_path, TEXTS)
    assert embed(dataset, letters) == "letters"
    again = Store(tmp_path).open("notes")
    assert again.vectors("letters").tolist() == expected(TEXTS)
    about = again.vector_columns["letters"]
    assert about["kind"] == "function"
    assert about["encoder"].endswith("letters")
    assert (about["dimension"], about["derived"], about["field"], about["modality"]) == (
        3,
        True,
        "text",
        "text",
    )
    assert seen == TEXTS


def test_a_second_run_encodes_only_what_is_new(tmp_path, seen):
    embed(add(tmp_path, TEXTS), letters)
    seen.clear()
    dataset = add(tmp_path, ["new", "text number 7", "newer", "new"])
    embed(dataset, letters)
    assert dataset.vectors("letters").tolist() == expected([*TEXTS, "new", "text number 7", "newer", "new"])
    probe = seen[:1]
    assert seen == [*probe, "new", "newer"]
    assert probe[0] in TEXTS


def test_equal_texts_are_encoded_once(tmp_path, seen):
    dataset = add(tmp_path, ["same", "other", "same"] * 50)
    embed(dataset, letters)
    assert seen == ["same", "other"]
    assert dataset.vectors("letters").tolist() == expected(["same", "other", "same"] * 50)


def test_what_stopped_half_way_goes_on_there(tmp_path, seen):
    dataset = add(tmp_path, TEXTS)

    class Stop:
        def __call__(self, done, total):
            assert total == len(TEXTS)
            if done >= 64:
                raise KeyboardInterrupt

        def note(self, text):
            pass

    from terrella.pipeline.embed import embedded

    with pytest.raises(KeyboardInterrupt):
        embedded(dataset, encoder=letters, report=Stop())
    assert seen == TEXTS[:64]
    assert "letters" not in Store(tmp_path).open("notes").vector_columns
    seen.clear()
    embed(dataset, letters)
    assert seen == [TEXTS[0], *TEXTS[64:]]
    assert dataset.vectors("letters").tolist() == expected(TEXTS)


def test_a_function_that_gives_other_vectors_is_asked_for_all_again(tmp_path):
    factor = {"value": 1.0}

    def outside(texts):
        return [[factor["value"] * len(text), 1] for text in texts]

    dataset = add(tmp_path, TEXTS)
    embed(dataset, outside)
    version = dataset.version
    embed(dataset, outside)
    assert dataset.version == version
    factor["value"] = 2.0
    embed(dataset, outside)
    assert dataset.vectors("outside")[:, 0].tolist() == [2.0 * len(text) for text in TEXTS]


def test_missing_texts_have_the_zero_vector_and_are_counted(tmp_path, seen):
    texts = ["one", None, "", "  \n", "two"]
    dataset = add(tmp_path, texts)
    embed(dataset, letters)
    assert dataset.vectors("letters").tolist() == expected(texts)
    assert dataset.vector_columns["letters"]["empty"] == 3
    assert seen == ["one", "two"]


def test_a_field_of_its_own_gets_a_column_of_its_own(tmp_path, seen):
    dataset = add(tmp_path, TEXTS)
    assert embed(dataset, letters) == "letters"
    assert embed(dataset, letters, field="title") == "letters title"
    assert embed(dataset, letters, field="title", name="titles") == "titles"
    assert dataset.vectors("letters title").tolist() == expected([f"title {n}" for n in range(200)])
    assert np.array_equal(dataset.vectors("titles"), dataset.vectors("letters title"))
    assert dataset.vector_columns["titles"]["field"] == "title"
    assert len(seen) <= 402


def test_unreadable_images_get_the_mean_and_are_counted(tmp_path):
    images = [png((10, 20, 30)), None, png((30, 40, 50)), b"no image", png((10, 20, 30))]
    dataset = terrella.open("colours", home=tmp_path).add({"id": list(range(5))}, images=images)
    calls = []

    def color(pictures):
        calls.extend(pictures)
        return [picture.getpixel((0, 0)) for picture in pictures]

    stored = Store(tmp_path).open(dataset.name)
    assert embed(stored, color) == "color"
    mean = [50 / 3, 80 / 3, 110 / 3]
    found = stored.vectors("color")
    np.testing.assert_allclose(found, [[10, 20, 30], mean, [30, 40, 50], mean, [10, 20, 30]], rtol=1e-6)
    assert len(calls) == 2
    assert stored.vector_columns["color"]["unreadable"] == 2
    assert stored.vector_columns["color"]["field"] is None


@pytest.mark.parametrize(
    ("returned", "error", "message"),
    [
        (
            lambda texts: 1 / 0,
            InputError,
            r"failed on row 3 \('text number 3'\): ZeroDivisionError: division by",
        ),
        (lambda texts: [[1.0, np.nan]] * len(texts), NotFiniteError, "returned nan for row 3, column 1"),
        (lambda texts: [[1.0]] * (len(texts) + 1), ShapeError, "must return one vector an item"),
        (
            lambda texts: [[1.0]] * len(texts),
            ShapeError,
            "vectors of 1 numbers for row 3; expected 2 as before",
        ),
    ],
)
def test_errors_of_a_function_name_the_row(tmp_path, returned, error, message):
    def picky(texts):
        return returned(texts) if "text number 3" in texts else [[1.0, 2.0]] * len(texts)

    from terrella.encoders import as_encoder

    encoder = as_encoder(picky)
    encoder.batch = 1
    dataset = add(tmp_path, TEXTS[:6])
    with pytest.raises(error, match=message):
        embed(dataset, encoder)
    assert dataset.vector_columns == {}


def test_errors_before_anything_is_encoded(tmp_path, seen):
    dataset = add(tmp_path, ["one", "two"])
    with pytest.raises(UnknownColumnError, match=r"no column 'titel'.*Did you mean 'title'"):
        embed(dataset, letters, field="titel")
    with pytest.raises(InputError, match=r"column 'id' of notes holds int64, no text to encode"):
        embed(dataset, letters, field="id")
    with pytest.raises(InputError, match=r"pixels encodes images, no texts"):
        embed(dataset, "pixels")
    numbers = terrella.open("numbers", home=tmp_path).add({"id": [1, 2], "size": [3, 4]}, vectors=np.eye(2))
    stored = Store(tmp_path).open(numbers.name)
    with pytest.raises(
        InputError, match=r"numbers has no text to encode with tfidf; its columns are id, size"
    ):
        embed(stored)
    (given,) = stored.vector_columns
    with pytest.raises(InputError, match="no text to encode"):
        embed(stored, letters, name=given)
    nothing = add(tmp_path, [None, " "], "nothing")
    with pytest.raises(InputError, match=r"nothing to encode: none of the 2 items has a text"):
        embed(nothing, letters, field="text")
    assert seen == []


def test_given_vectors_are_never_overwritten(tmp_path, seen):
    dataset = terrella.open("given", home=tmp_path)
    dataset.add({"id": [1, 2], "text": ["a b c d", "e f g h"]}, vectors={"letters": np.eye(2)}, text="text")
    stored = Store(tmp_path).open("given")
    with pytest.raises(ParameterError, match=r"given was given vectors 'letters' with its items"):
        embed(stored, letters)


def test_an_older_version_is_not_written_to(tmp_path, seen):
    embed(add(tmp_path, TEXTS[:5]), letters)
    add(tmp_path, TEXTS[5:9])
    dataset = terrella.open("notes", home=tmp_path)
    with pytest.raises(InputError, match=r"version 1 of notes is read-only and has no vectors 'letters'"):
        dataset.checkout(1).embed(letters)
    assert dataset.vector_columns == {}
    assert list(dataset.checkout(2).vector_columns) == ["letters"]


def test_no_image_can_be_read(tmp_path):
    dataset = terrella.open("broken", home=tmp_path).add({"id": [0, 1]}, images=[b"x", b"y"])
    with pytest.raises(SourceError, match=r"none of the 2 images can be read"):
        embed(Store(tmp_path).open(dataset.name), lambda pictures: [[1.0]] * len(pictures))


def test_progress_counts_what_is_to_be_encoded(tmp_path, seen):
    from terrella.pipeline.embed import embedded

    heard, notes = [], []

    class Report:
        def __call__(self, done, total):
            heard.append((done, total))

        def note(self, text):
            notes.append(text)

    dataset = add(tmp_path, [*TEXTS, None])
    column, vectors = embedded(dataset, encoder=letters, report=Report())
    assert (column, vectors.shape) == ("letters", (201, 3))
    assert heard == [(64, 200), (128, 200), (192, 200), (200, 200)]
    assert notes == ["200 encoded", "1 empty", "letters, 3 dimensions"]


def test_queries_are_encoded_as_the_items_were(tmp_path, seen):
    dataset = add(tmp_path, TEXTS)
    embed(dataset, letters)
    assert column_takes(dataset, "letters") == {"text"}
    assert abilities(dataset, "letters") == ("item", "vector", "text")
    assert vector_of_text(dataset, "letters", "abc").tolist() == expected(["abc"])[0]
    with pytest.raises(InputError, match="can't be searched by image: its vectors come from 'letters'"):
        vector_of_image(dataset, "letters", png(3))
    found = encoder_of(dataset, "letters").encode_queries(["abc"])
    assert found.tolist() == expected(["abc"])
    embed(dataset, "tfidf")
    assert column_takes(dataset, "tfidf") == {"text"}
    query = encoder_of(dataset, "tfidf").encode_queries([TEXTS[17]])
    np.testing.assert_allclose(query[0], dataset.vectors("tfidf")[17], atol=1e-5)
    with pytest.raises(InputError, match="none of the words in 'zebra' tells this map's texts apart"):
        encoder_of(dataset, "tfidf").encode_queries(["zebra"])


def test_given_vectors_and_functions_of_other_sessions_encode_nothing(tmp_path, seen, monkeypatch):
    dataset = add(tmp_path, TEXTS)
    embed(dataset, letters)
    monkeypatch.setattr("terrella.encoders.session._known", {})
    assert column_takes(dataset, "letters") == frozenset()
    with pytest.raises(InputError, match=r"come from the function .*letters of another session"):
        encoder_of(dataset, "letters")
    own = terrella.open("own", home=tmp_path).add({"id": [1, 2]}, vectors={"mine": np.eye(2)})
    stored = Store(tmp_path).open(own.name)
    assert column_takes(stored, "mine") == frozenset()
    with pytest.raises(InputError, match="were given, so nobody here can encode"):
        encoder_of(stored, "mine")
    with pytest.raises(UnknownColumnError, match="Did you mean 'mine'"):
        encoder_of(stored, "min")


@pytest.mark.parametrize("encoder", ["tfidf", "pixels"])
def test_an_append_keeps_what_was_fitted(tmp_path, encoder):
    """Rows that did not change keep their vectors to the last bit; the new ones lie where they belong."""
    rng = np.random.default_rng(0)
    images = [*rng.integers(0, 256, (60, 12, 12), dtype=np.uint8)]
    texts = [f"word{n % 7} word{n % 11} word{n % 5} and more" for n in range(60)]
    dataset = terrella.open("grows", home=tmp_path)

    def add_rows(start, stop):
        rows = list(range(start, stop))
        records = {"id": rows, "text": [texts[n % 60] for n in rows]}
        dataset.add(records, images=[images[n % 60] for n in rows], id="id", text="text")
        return Store(tmp_path).open("grows")

    stored = add_rows(0, 60)
    field = "text" if encoder == "tfidf" else None
    column = embed(stored, encoder, field=field)
    before, about = stored.vectors(column), stored.vector_columns[column]
    stored = add_rows(60, 90)
    assert column not in stored.vector_columns
    embed(stored, encoder, field=field)
    after = stored.vectors(column)
    assert np.array_equal(after[:60], before)
    np.testing.assert_allclose(after[60:], before[:30], atol=2e-3 * np.abs(before).max())
    assert stored.vector_columns[column]["fitted_to"] == about["fitted_to"] == 60
    asked = stored.images([70])[0] if encoder == "pixels" else texts[10]
    found = (vector_of_image if encoder == "pixels" else vector_of_text)(stored, column, asked)
    np.testing.assert_allclose(found, after[70], atol=2e-3 * np.abs(before).max())

    dataset.update([{"id": 3, "text": "word1 word2 entirely other"}])
    dataset.remove([5, 61])
    stored = Store(tmp_path).open("grows")
    embed(stored, encoder, field=field)
    kept = stored.vectors(column)
    same = np.delete(after, [5, 61], axis=0)
    changed = [3] if encoder == "tfidf" else []
    assert np.flatnonzero((kept != same).any(axis=1)).tolist() == changed

    stored = add_rows(90, 200)  # more than twice as many as it was fitted to
    embed(stored, encoder, field=field)
    assert stored.vector_columns[column]["fitted_to"] == stored.count == 198


def test_pixels_are_made_again_for_queries(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (300, 8, 8), dtype=np.uint8)
    dataset = terrella.open("noise", home=tmp_path).add({"id": list(range(300))}, images=images)
    stored = Store(tmp_path).open(dataset.name)
    assert embed(stored) == "pixels"
    assert column_takes(stored, "pixels") == {"image"}
    (first,) = stored.images([7])
    found = encoder_of(stored, "pixels").encode_images([first])
    np.testing.assert_allclose(found[0], stored.vectors("pixels")[7], atol=1e-3)
    assert np.array_equal(vector_of_image(stored, "pixels", first), found[0])
    with pytest.raises(InputError, match="these 16 bytes are no image that can be read"):
        vector_of_image(stored, "pixels", b"this is no image")


def test_an_import_that_is_stopped_again_and_again_goes_on(tmp_path, seen):
    """The second run makes the dataset anew beside the first one's, and loses none of its batches either."""
    from contextlib import contextmanager

    from terrella.pipeline import import_and_map
    from terrella.progress import Silent
    from terrella.projections import MapOptions, as_options
    from terrella.sources import from_records

    class Stop(Silent):
        @contextmanager
        def stage(self, name):
            class Report:
                def __call__(self, done, total):
                    if name == "vectors" and done == 64:
                        raise KeyboardInterrupt

                def note(self, text):
                    pass

            yield Report()

    def read():
        return from_records({"id": list(range(200)), "text": TEXTS}, id="id", text="text", name="notes")

    options = MapOptions(projections=as_options("pca"), encoder=letters)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            import_and_map(tmp_path, read, options, progress=Stop())
    import_and_map(tmp_path, read, options)
    probes = [TEXTS[0]] * 2
    assert sorted(seen) == sorted([*TEXTS, *probes])
    assert Store(tmp_path).open("notes").vectors("letters").tolist() == expected(TEXTS)
    seen.clear()
    import_and_map(tmp_path, read, options)
    assert seen == [TEXTS[0]]
    assert not list(tmp_path.rglob("encoded-elsewhere"))
