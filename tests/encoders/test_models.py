"""Models of sentence-transformers and transformers: tiny ones with random weights, saved here."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from terrella.encoders import as_encoder
from terrella.errors import InputError, SourceError

RNG = np.random.default_rng(0)
TEXTS = ["good food", "bad seat", "good " * 60, "the"]


@pytest.fixture
def images(encode):
    return [encode(RNG.integers(0, 256, (20 + n, 30, 3), dtype=np.uint8)) for n in range(3)]


def close(found, expected):
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_sentence_model_gives_what_its_library_gives(sentence_model):
    from sentence_transformers import SentenceTransformer

    encoder = as_encoder(sentence_model)
    assert (encoder.name, encoder.takes, encoder.dimension) == ("sentences", {"text"}, None)
    vectors = encoder.encode_texts(TEXTS)
    close(vectors, SentenceTransformer(str(sentence_model)).encode(TEXTS))
    assert vectors.dtype == np.float32
    assert encoder.dimension == vectors.shape[1]
    close(vectors[2], encoder.encode_texts(["good " * 500])[0])  # cut off after max_tokens
    about = encoder.metadata
    assert (about["kind"], about["model"]) == ("sentence-transformers", str(sentence_model))
    assert len(about["revision"]) == 16
    assert about["max_tokens"] == 16


def test_prompts_tell_queries_from_documents(sentence_model, tmp_path):
    folder = tmp_path / "prompted"
    shutil.copytree(sentence_model, folder)
    settings = json.loads((folder / "config_sentence_transformers.json").read_text())
    settings["prompts"] = {"query": "food ", "document": "seat "}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings))
    encoder, plain = as_encoder(folder), as_encoder(sentence_model)
    close(encoder.encode_texts(["good"]), plain.encode_texts(["seat good"]))
    close(encoder.encode_queries(["good"]), plain.encode_texts(["food good"]))
    assert encoder.identity != plain.identity


def test_a_loaded_sentence_model_is_an_encoder_too(sentence_model):
    from sentence_transformers import SentenceTransformer

    encoder = as_encoder(SentenceTransformer(str(sentence_model)), name="mine")
    assert (encoder.name, encoder.takes, encoder.identity) == ("mine", {"text"}, None)
    close(encoder.encode_texts(TEXTS), as_encoder(sentence_model).encode_texts(TEXTS))


def test_a_vision_model_gives_its_pooled_output(vision_model, images):
    import torch
    from transformers import AutoImageProcessor, AutoModel

    from terrella.encoders import open_picture

    encoder = as_encoder(vision_model)
    assert encoder.takes == {"image"}
    vectors = encoder.encode_images(images)
    processor = AutoImageProcessor.from_pretrained(vision_model, backend="pil")
    inputs = processor(images=[open_picture(image) for image in images], return_tensors="pt")
    with torch.inference_mode():
        output = AutoModel.from_pretrained(vision_model)(**inputs)
    close(vectors, output.pooler_output)
    assert encoder.metadata["architecture"] == "vit"
    with pytest.raises(InputError, match="encodes images, no texts"):
        encoder.encode_texts(["a"])


def test_a_classifier_without_a_pooler_gives_its_class_token(vision_classifier, images):
    """Its library would put in a pooler of random weights, another one every time."""
    import torch
    from transformers import AutoImageProcessor, AutoModel

    from terrella.encoders import open_picture

    first, second = (as_encoder(vision_classifier).encode_images(images) for _ in range(2))
    assert np.array_equal(first, second)
    processor = AutoImageProcessor.from_pretrained(vision_classifier, backend="pil")
    inputs = processor(images=[open_picture(image) for image in images], return_tensors="pt")
    with torch.inference_mode():
        output = AutoModel.from_pretrained(vision_classifier)(**inputs)
    close(first, output.last_hidden_state[:, 0])


def test_a_joint_model_puts_texts_and_images_into_one_space(joint_model, images):
    encoder = as_encoder(joint_model)
    assert encoder.takes == {"text", "image"}
    texts, pictures = encoder.encode_texts(TEXTS), encoder.encode_images(images)
    assert texts.shape[1] == pictures.shape[1] == encoder.dimension
    close(np.linalg.norm(texts, axis=1), 1)
    close(np.linalg.norm(pictures, axis=1), 1)
    assert np.abs(texts[0] - texts[1]).max() > 1e-3
    assert np.abs(pictures[0] - pictures[1]).max() > 1e-3


def test_a_joint_model_scores_as_its_library(joint_model, images):
    import torch
    from transformers import AutoImageProcessor, AutoModel, AutoTokenizer

    from terrella.encoders import open_picture

    encoder = as_encoder(joint_model)
    found = encoder.encode_images(images) @ encoder.encode_texts(TEXTS[:2]).T
    inputs = AutoTokenizer.from_pretrained(joint_model)(TEXTS[:2], padding=True, return_tensors="pt")
    processor = AutoImageProcessor.from_pretrained(joint_model, backend="pil")
    pixels = processor(images=[open_picture(image) for image in images], return_tensors="pt")
    model = AutoModel.from_pretrained(joint_model)
    with torch.inference_mode():
        output = model(**inputs, **pixels)
    close(found * float(model.logit_scale.detach().exp()), output.logits_per_image)


def test_the_revision_follows_the_weights(vision_model, tmp_path, images):
    from safetensors.numpy import load_file, save_file

    copy = tmp_path / "elsewhere"
    shutil.copytree(vision_model, copy)
    assert as_encoder(copy).identity == as_encoder(vision_model).identity
    weights = load_file(copy / "model.safetensors")
    name = next(name for name in weights if "cls_token" in name)
    save_file({**weights, name: weights[name] + 1}, copy / "model.safetensors", metadata={"format": "pt"})
    assert as_encoder(copy).identity != as_encoder(vision_model).identity


def test_a_model_without_all_its_weights_is_refused(vision_model, tmp_path, images):
    from safetensors.numpy import load_file, save_file

    copy = tmp_path / "part"
    shutil.copytree(vision_model, copy)
    weights = load_file(copy / "model.safetensors")
    kept = {name: array for name, array in weights.items() if "cls_token" not in name}
    save_file(kept, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(
        SourceError, match=r"lacks 1 of its weights, .*cls_token for one; its vectors would be random"
    ):
        as_encoder(copy).encode_images(images)


@pytest.mark.parametrize("file", ["config.json", "model.safetensors"])
def test_a_damaged_model_is_refused_in_one_line(vision_model, tmp_path, images, file):
    copy = tmp_path / "damaged"
    shutil.copytree(vision_model, copy)
    (copy / file).write_bytes(b"{")
    with pytest.raises(SourceError, match=r"^[^\n]*damaged[^\n]*Save it again[^\n]*$"):
        as_encoder(copy).encode_images(images)


def test_a_folder_without_a_model(tmp_path):
    with pytest.raises(
        SourceError, match=r"holds no model: there is neither a config.json nor a modules.json"
    ):
        as_encoder(tmp_path)
    with pytest.raises(
        SourceError, match=r"there is no folder /nowhere/at/all. A model is named by its folder"
    ):
        as_encoder("/nowhere/at/all")
