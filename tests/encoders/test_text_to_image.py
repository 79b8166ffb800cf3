"""From a model of CLIP's kind on disk to images that are found by text, through the store."""

from __future__ import annotations

import numpy as np
import pytest

import terrella
from terrella.encoders import as_encoder
from terrella.errors import InputError
from terrella.pipeline import abilities, embed, vector_of_image, vector_of_text
from terrella.store import Store


@pytest.fixture
def dataset(tmp_path, encode):
    rng = np.random.default_rng(0)
    images = [encode(rng.integers(0, 256, (24, 18, 3), dtype=np.uint8)) for _ in range(40)]
    records = {"id": list(range(40)), "note": [f"the good food {n}" for n in range(40)]}
    terrella.open("pictures", home=tmp_path).add(records, images=images, text="note")
    return Store(tmp_path).open("pictures")


def test_text_finds_images(dataset, joint_model):
    column = embed(dataset, joint_model)
    assert column == "joint"
    assert abilities(dataset, column) == ("item", "vector", "text", "image")
    about = dataset.vector_columns[column]
    assert (about["modality"], about["field"], about["takes"]) == ("image", None, ["image", "text"])
    vectors = dataset.vectors(column)
    query = vector_of_text(dataset, column, "bad seat")
    expected = as_encoder(joint_model).encode_images([image for image in dataset.images(range(40)) if image])
    np.testing.assert_allclose(vectors, expected, atol=1e-5)
    assert query.shape == (vectors.shape[1],)
    assert len({round(float(score), 5) for score in vectors @ query}) > 30


def test_an_image_finds_itself(dataset, joint_model):
    column = embed(dataset, joint_model)
    (image,) = dataset.images([17])
    distances = np.linalg.norm(dataset.vectors(column) - vector_of_image(dataset, column, image), axis=1)
    assert distances.argmin() == 17
    assert distances[17] < 1e-5


def test_the_same_model_encodes_the_texts_when_asked(dataset, joint_model):
    assert embed(dataset, joint_model, field="note", name="notes") == "notes"
    assert dataset.vector_columns["notes"]["modality"] == "text"
    first = vector_of_text(dataset, "notes", "the good food 3")
    np.testing.assert_allclose(first, dataset.vectors("notes")[3], atol=1e-5)


def test_a_model_that_moved_or_changed_is_told(dataset, vision_model, tmp_path):
    import shutil

    copy = tmp_path / "model"
    shutil.copytree(vision_model, copy)
    column = embed(dataset, copy, name="seen")
    (image,) = dataset.images([3])
    version = dataset.version
    assert embed(dataset, copy, name="seen") == column
    assert dataset.version == version  # up to date: nothing is written
    settings = copy / "config.json"
    settings.write_text(settings.read_text().replace("{", "{ ", 1))
    with pytest.raises(
        InputError, match=r"were made by .*model at [0-9a-f]{16}, which is at .* Encode the dataset"
    ):
        vector_of_image(dataset, column, image)
    shutil.rmtree(copy)
    with pytest.raises(InputError, match="can't be searched by meaning: there is no folder"):
        vector_of_image(dataset, column, image)
