from __future__ import annotations

import functools

import numpy as np
import pytest

from terrella.encoders import FunctionEncoder, as_encoder, known_encoder, remember
from terrella.errors import InputError, NotFiniteError, ParameterError, ShapeError


def lengths(texts):
    return [[len(text), text.count("a")] for text in texts]


def test_a_function_of_texts_is_an_encoder():
    encoder = as_encoder(lengths)
    vectors = encoder.encode_texts(["ab", "aaa", ""])
    assert encoder.name == "lengths"
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[2, 1], [3, 3], [0, 0]]
    assert encoder.dimension == 2
    assert np.array_equal(encoder.encode_queries(["ab"]), vectors[:1])
    assert encoder.metadata["encoder"].endswith(".lengths")
    assert as_encoder(encoder) is encoder


def test_a_function_of_images_gets_pictures(encode):
    def mean_color(pictures):
        assert {picture.mode for picture in pictures} == {"RGB"}
        return np.array([np.asarray(picture).mean(axis=(0, 1)) for picture in pictures])

    red = np.zeros((5, 4, 3), np.uint8)
    red[..., 0] = 200
    vectors = as_encoder(mean_color).encode_images([encode(red), encode(np.full((3, 3), 7, np.uint8))])
    assert vectors.tolist() == [[200, 0, 0], [7, 7, 7]]
    with pytest.raises(InputError, match=r"image 1, of 4 bytes, is none that can be read. PNG, JPEG"):
        as_encoder(mean_color).encode_images([encode(red), b"nope"])


def test_nothing_is_encoded_to_nothing():
    assert len(as_encoder(lambda texts: np.zeros((len(texts), 3))).encode_texts([])) == 0


def test_what_a_function_raises_names_the_row_and_is_passed_on():
    def picky(texts):
        if "bad" in texts:
            raise ValueError("can't  read\nthis")
        return np.ones((len(texts), 2))

    with pytest.raises(
        InputError,
        match=r"picky failed on row 12 \('bad'\): ValueError: can't read this\. Repair the function",
    ) as caught:
        as_encoder(picky).encode_texts(["good", "bad", "fine"], rows=[11, 12, 13])
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_failure_of_no_item_alone_names_the_batch():
    def crowded(texts):
        if len(texts) > 1:
            raise RuntimeError("too many")
        return [[1.0]]

    with pytest.raises(
        InputError, match=r"on the 3 rows from 4 to 9 together, and on none of them alone: Runt"
    ):
        as_encoder(crowded).encode_texts(["a", "b", "c"], rows=[4, 7, 9])


def test_interrupts_and_our_own_errors_pass():
    def stopped(texts):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        as_encoder(stopped).encode_texts(["a", "b"])


@pytest.mark.parametrize(
    ("returned", "error", "message"),
    [
        ([[1.0], [2.0, 3.0]], ShapeError, "vectors of different lengths for the 2 rows from 0 to 1"),
        ([[1.0, 2.0]], ShapeError, r"one vector an item, shape \(2, n_features\).*got shape \(1, 2\)"),
        ([1.0, 2.0], ShapeError, r"got shape \(2,\)"),
        (None, ShapeError, "must return vectors of numbers; got NoneType"),
        ([["a"], ["b"]], ShapeError, "must return vectors of numbers"),
        (np.zeros((2, 0)), ShapeError, "vectors of 0 numbers.*one number at least"),
        ([[1, 2], [3, np.nan]], NotFiniteError, "returned nan for row 1, column 1"),
        ([[np.inf, 2], [3, 4]], NotFiniteError, "returned inf for row 0, column 0"),
        ([[1e39, 2], [3, 4]], NotFiniteError, r"returned 1e\+39 for row 0"),
        (np.ones((2, 2), complex), ShapeError, "must return vectors of numbers; got ndarray of complex128"),
    ],
)
def test_what_is_no_vector_an_item_is_refused(returned, error, message):
    with pytest.raises(error, match=message):
        as_encoder(lambda texts: returned).encode_texts(["a", "b"])


def test_a_dimension_that_changes_is_refused():
    encoder = as_encoder(lambda texts: np.ones((len(texts), len(texts[0]))))
    encoder.encode_texts(["ab"])
    with pytest.raises(ShapeError, match=r"vectors of 3 numbers for row 5; expected 2 as before"):
        encoder.encode_texts(["abc"], rows=[5])


def test_tensors_with_gradients_are_arrays():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    weights = torch.nn.Linear(1, 3).double()
    encoder = as_encoder(lambda texts: weights(torch.tensor([[len(text)] for text in texts]).double()))
    assert encoder.encode_texts(["a", "bc"]).shape == (2, 3)


def test_the_identity_tells_functions_apart():
    def scaled(factor):
        return lambda texts: [[factor * len(text)] for text in texts]

    class Model:
        def __init__(self, size):
            self.size = size

        def __call__(self, texts):
            return np.zeros((len(texts), self.size))

    def by(base, texts):
        return [[base]] * len(texts)

    functions = [
        scaled(1),
        scaled(2),
        lengths,
        Model(3),
        Model(4),
        functools.partial(by, 2),
        functools.partial(by, 3),
        lambda texts: [[len(text)] for text in texts],
        lambda texts: [[len(text) + 1] for text in texts],
    ]
    identities = [as_encoder(function).identity for function in functions]
    assert len(set(identities)) == len(functions)
    assert as_encoder(scaled(1)).identity == identities[0]
    assert as_encoder(lengths, revision="2").identity != as_encoder(lengths).identity


def test_a_function_is_found_again_in_this_process():
    encoder = as_encoder(lengths, name="sizes")
    assert encoder.name == "sizes"
    remember(encoder)
    assert known_encoder(encoder.metadata["model"]) is encoder
    assert known_encoder("another") is None
    for number in range(8):
        remember(as_encoder(lengths, revision=str(number)))
    assert known_encoder(encoder.metadata["model"]) is None


@pytest.mark.parametrize("asked", [3, None, ["tfidf"], b"model"])
def test_what_is_no_encoder(asked):
    with pytest.raises(
        ParameterError, match=r"encoder must be 'tfidf', 'pixels', the name or folder of a model"
    ):
        as_encoder(asked)


def test_the_recorded_name_of_a_function_is_no_model():
    with pytest.raises(InputError, match=r"the encoder was .*lengths, given in another session"):
        as_encoder(as_encoder(lengths).metadata["model"])


def test_an_empty_name():
    with pytest.raises(ParameterError, match="got an empty text"):
        as_encoder("  ")


def test_an_encoder_refuses_what_it_does_not_take(encode):
    with pytest.raises(InputError, match=r"pixels encodes images, no texts. Name another encoder"):
        as_encoder("pixels").encode_texts(["a"])
    with pytest.raises(InputError, match="tfidf encodes texts, no images"):
        as_encoder("tfidf").encode_images([encode(np.zeros((3, 3), np.uint8))])


def test_an_encoder_that_is_not_fitted_says_so(encode):
    with pytest.raises(InputError, match="'tfidf' knows no words yet: it is fitted to a dataset's texts"):
        as_encoder("tfidf").encode_texts(["a"])
    with pytest.raises(InputError, match="'pixels' has seen no images yet: it is fitted to a dataset's"):
        as_encoder("pixels").encode_images([encode(np.zeros((3, 3), np.uint8))])


def test_an_encoder_is_a_function_encoder():
    assert isinstance(as_encoder(lengths), FunctionEncoder)
