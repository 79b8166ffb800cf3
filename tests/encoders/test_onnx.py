"""ONNX files made here, of a few nodes each, whose output can be told by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from terrella.encoders import as_encoder
from terrella.errors import InputError, SourceError

onnx = pytest.importorskip("onnx", reason="onnx is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
FLOAT, UINT8 = onnx.TensorProto.FLOAT, onnx.TensorProto.UINT8
INT64, STRING = onnx.TensorProto.INT64, onnx.TensorProto.STRING
MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def value(name, kind, shape):
    return onnx.helper.make_tensor_value_info(name, kind, shape)


def write(path, nodes, inputs, outputs, constants=()):
    graph = onnx.helper.make_graph(nodes, "test", inputs, outputs, list(constants))
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return path


def node(kind, inputs, outputs, **attributes):
    return onnx.helper.make_node(kind, inputs, outputs, **attributes)


def mean_color(path, shape=("n", 3, 4, 4), kind=FLOAT, axes=(2, 3)):
    """A model whose vector of an image is the mean of each channel."""
    nodes = [
        node("Cast", ["pixels"], ["x"], to=FLOAT),
        node("ReduceMean", ["x"], ["y"], axes=axes, keepdims=0),
    ]
    return write(path, nodes, [value("pixels", kind, shape)], [value("y", FLOAT, [shape[0], None])])


def plain(color, encode, size=(7, 9)):
    return encode(np.broadcast_to(np.array(color, np.uint8), (*size, 3)).copy())


def test_images_are_scaled_as_imagenets(tmp_path, encode):
    encoder = as_encoder(mean_color(tmp_path / "mean.onnx"))
    assert (encoder.name, encoder.takes) == ("mean", {"image"})
    vectors = encoder.encode_images([plain((255, 0, 100), encode), plain((1, 2, 3), encode, (3, 200))])
    expected = (np.array([[255, 0, 100], [1, 2, 3]]) / 255 - MEAN) / STD
    np.testing.assert_allclose(vectors, expected, atol=1e-4)
    assert encoder.metadata["kind"] == "onnx"
    assert encoder.metadata["images"]["width"] == 4
    with pytest.raises(InputError, match="mean encodes images, no texts"):
        encoder.encode_texts(["a"])


@pytest.mark.parametrize(
    ("shape", "kind", "axes", "expected"),
    [
        (("n", "h", "w", 3), UINT8, (1, 2), [255, 0, 100]),
        (("n", 3, "h", "w"), FLOAT, (2, 3), (np.array([255, 0, 100]) / 255 - MEAN) / STD),
        ((2, 3, 5, 6), FLOAT, (2, 3), (np.array([255, 0, 100]) / 255 - MEAN) / STD),
        (("n", 1, 8, 8), FLOAT, (2, 3), [(255 * 0.299 + 100 * 0.114) / 255]),
    ],
)
def test_the_input_says_how_images_go_in(tmp_path, encode, shape, kind, axes, expected):
    encoder = as_encoder(mean_color(tmp_path / "m.onnx", shape, kind, axes))
    vectors = encoder.encode_images([plain((255, 0, 100), encode)] * 5)
    np.testing.assert_allclose(vectors, np.tile(expected, (5, 1)), atol=0.01)


def test_settings_beside_the_file_are_followed(tmp_path, encode):
    settings = {"size": {"shortest_edge": 8}, "crop_size": {"height": 4, "width": 4}, "do_center_crop": True}
    settings |= {"do_normalize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(settings))
    image = np.zeros((40, 80, 3), np.uint8)
    image[8:32, 28:52] = 255  # the middle, which is all that is cut out
    encoder = as_encoder(mean_color(tmp_path / "m.onnx", ("n", 3, "h", "w")))
    np.testing.assert_allclose(encoder.encode_images([encode(image)]), [[1, 1, 1]], atol=0.1)
    before = encoder.identity
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(settings | {"do_normalize": False}))
    again = as_encoder(tmp_path / "m.onnx")
    assert again.identity != before
    np.testing.assert_allclose(again.encode_images([encode(image)]), [[1, 1, 1]], atol=0.1)
    (tmp_path / "preprocessor_config.json").write_text("{")
    with pytest.raises(SourceError, match=r"preprocessor_config.json is damaged"):
        as_encoder(tmp_path / "m.onnx")


def test_an_output_of_that_name_is_taken_and_places_are_pooled(tmp_path, encode):
    pixels = [value("pixels", FLOAT, ["n", 3, 2, 2])]
    copies = [
        node("Identity", ["pixels"], ["map"]),
        node("ReduceMean", ["pixels"], ["image_embeds"], axes=[2, 3]),
    ]
    both = write(
        tmp_path / "both.onnx",
        copies,
        pixels,
        [value("map", FLOAT, ["n", 3, 2, 2]), value("image_embeds", FLOAT, ["n", 3, 1, 1])],
    )
    only = write(tmp_path / "map.onnx", copies[:1], pixels, [value("map", FLOAT, ["n", 3, 2, 2])])
    image = [plain((255, 0, 100), encode)]
    pooled = as_encoder(both).encode_images(image)
    assert pooled.shape == (1, 3)
    np.testing.assert_allclose(as_encoder(only).encode_images(image), pooled, atol=1e-6)


def test_strings_go_in_as_they_are(tmp_path):
    """A bag of two words: 1 where the text is one of them."""
    words = onnx.helper.make_tensor("words", STRING, [1, 2], [b"yes", b"no"])
    nodes = [
        node("Unsqueeze", ["texts", "axis"], ["column"]),
        node("Equal", ["column", "words"], ["same"]),
        node("Cast", ["same"], ["y"], to=FLOAT),
    ]
    axis = onnx.helper.make_tensor("axis", INT64, [1], [1])
    path = tmp_path / "words.onnx"
    graph = onnx.helper.make_graph(
        nodes, "t", [value("texts", STRING, ["n"])], [value("y", FLOAT, ["n", 2])], [words, axis]
    )
    onnx.save(
        onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 19)], ir_version=9), path
    )
    encoder = as_encoder(str(path))
    assert encoder.takes == {"text"}
    assert encoder.encode_texts(["no", "yes", "maybe"]).tolist() == [[0, 1], [1, 0], [0, 0]]


def tokenizer(folder):
    library = pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "good": 2, "bad": 3, "food": 4}
    made = library.Tokenizer(library.models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = library.pre_tokenizers.Whitespace()
    made.save(str(folder / "tokenizer.json"))


def token_model(path, inputs, rank=3):
    """Each token's vector is its row of a table; the output has one vector a token, or a text."""
    table = np.arange(10, dtype=np.float32).reshape(5, 2)
    constants = [onnx.numpy_helper.from_array(table, "table")]
    nodes = [node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    outputs = [value("last_hidden_state", FLOAT, ["n", "t", 2])]
    if rank == 2:
        nodes.append(node("ReduceMax", ["last_hidden_state"], ["sentence_embedding"], axes=[1], keepdims=0))
        outputs.append(value("sentence_embedding", FLOAT, ["n", 2]))
    return write(path, nodes, inputs, outputs, constants)


@pytest.mark.parametrize("length", ["t", 6])
def test_tokens_by_the_tokenizer_beside_the_file(tmp_path, length):
    tokenizer(tmp_path)
    names = ("input_ids", "attention_mask", "token_type_ids")
    path = token_model(tmp_path / "m.onnx", [value(name, INT64, ["n", length]) for name in names])
    encoder = as_encoder(path)
    assert encoder.takes == {"text"}
    vectors = encoder.encode_texts(["good", "bad food", "good " * 700])
    np.testing.assert_allclose(vectors, [[4, 5], [7, 8], [4, 5]])  # the mean over tokens, without the filling


def test_a_vector_a_text_is_taken_before_one_a_token(tmp_path):
    tokenizer(tmp_path)
    encoder = as_encoder(token_model(tmp_path / "m.onnx", [value("input_ids", INT64, ["n", "t"])], rank=2))
    assert encoder.encode_texts(["good food"]).tolist() == [[8, 9]]


def test_a_joint_model_takes_both(tmp_path, encode):
    tokenizer(tmp_path)
    table = onnx.numpy_helper.from_array(np.arange(15, dtype=np.float32).reshape(5, 3), "table")
    nodes = [
        node("Gather", ["table", "input_ids"], ["tokens"]),
        node("ReduceMean", ["tokens"], ["text_embeds"], axes=[1], keepdims=0),
        node("ReduceMean", ["pixel_values"], ["image_embeds"], axes=[2, 3], keepdims=0),
    ]
    inputs = [value("input_ids", INT64, ["t", "l"]), value("pixel_values", FLOAT, ["n", 3, 4, 4])]
    outputs = [value("text_embeds", FLOAT, ["t", 3]), value("image_embeds", FLOAT, ["n", 3])]
    encoder = as_encoder(write(tmp_path / "joint.onnx", nodes, inputs, outputs, [table]))
    assert encoder.takes == {"text", "image"}
    assert encoder.encode_texts(["food", "good"]).tolist() == [[12, 13, 14], [6, 7, 8]]
    np.testing.assert_allclose(encoder.encode_images([plain((0, 0, 0), encode)]), [-MEAN / STD], atol=1e-5)


def test_what_is_no_model_of_images_or_texts(tmp_path):
    with pytest.raises(SourceError, match=r"nothing.onnx does not exist. Check the path"):
        as_encoder(tmp_path / "nothing.onnx")
    (tmp_path / "noise.onnx").write_bytes(b"noise")
    with pytest.raises(SourceError, match=r"noise.onnx is no ONNX model that can be read"):
        as_encoder(tmp_path / "noise.onnx")
    table = write(
        tmp_path / "table.onnx",
        [node("Identity", ["x"], ["y"])],
        [value("x", FLOAT, ["n", 7])],
        [value("y", FLOAT, ["n", 7])],
    )
    with pytest.raises(
        SourceError, match=r"table.onnx takes x tensor\(float\) \['n', 7\]\. A model of images"
    ):
        as_encoder(table)
    with pytest.raises(SourceError, match=r"takes tokens, and there is no tokenizer\.json beside it"):
        as_encoder(token_model(tmp_path / "m.onnx", [value("input_ids", INT64, ["n", "t"])]))


def test_a_model_that_fails_says_so_in_one_line(tmp_path, encode):
    constant = onnx.numpy_helper.from_array(np.array([7, 7], np.int64), "shape")
    path = write(
        tmp_path / "bad.onnx",
        [node("Reshape", ["pixels", "shape"], ["y"])],
        [value("pixels", FLOAT, ["n", 3, 4, 4])],
        [value("y", FLOAT, [7, 7])],
        [constant],
    )
    with pytest.raises(SourceError, match=r"^[^\n]*bad.onnx can't be run: [^\n]*$"):
        as_encoder(path).encode_images([plain((0, 0, 0), encode)])
