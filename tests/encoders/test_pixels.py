from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from terrella.encoders import pixels
from terrella.errors import SourceError

RNG = np.random.default_rng(0)


def test_small_images_are_their_pixels(encode, reader):
    images = RNG.integers(0, 256, (20, 9, 8), dtype=np.uint8)
    encoded = pixels(reader([encode(image) for image in images]), 20)
    assert encoded.name == "pixels"
    assert encoded.vectors.dtype == np.float32
    np.testing.assert_allclose(encoded.vectors, images.reshape(20, -1) / 255, atol=1e-6)
    assert encoded.metadata == {"encoder": "pixels", "width": 8, "height": 9, "channels": 1, "unreadable": 0}


def test_wide_images_keep_their_distances(encode, reader):
    """Few degrees of freedom, so that 96 components hold all of them: distances are those of the pixels."""
    basis = RNG.normal(size=(30, 28 * 28))
    flat = RNG.normal(size=(200, 30)) @ basis
    images = np.rint(127 + 100 * flat / np.abs(flat).max()).astype(np.uint8).reshape(200, 28, 28)
    encoded = pixels(reader([encode(image) for image in images]), 200)
    assert encoded.vectors.shape == (200, 96)
    assert encoded.metadata["explained_variance"] > 0.99
    true = np.linalg.norm((images[:100].astype(float) - images[100:]).reshape(100, -1) / 255, axis=1)
    found = np.linalg.norm(encoded.vectors[:100] - encoded.vectors[100:], axis=1)
    np.testing.assert_allclose(found, true, rtol=0.02)


def test_components_equal_those_of_an_svd(encode, reader):
    images = RNG.integers(0, 256, (300, 12, 12), dtype=np.uint8)
    found = pixels(reader([encode(image) for image in images]), 300).vectors
    centred = images.reshape(300, -1) / 255 - (images.reshape(300, -1) / 255).mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions *= np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])[:, None]
    expected = centred @ directions[:96].T
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_the_same_images_give_the_same_bits(encode, reader):
    encoded = [encode(image) for image in RNG.integers(0, 256, (50, 20, 20), dtype=np.uint8)]
    first, second = (pixels(reader(encoded), 50).vectors for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_large_images_shrink_to_32(encode, reader):
    images = [encode(RNG.integers(0, 256, (100, 60), dtype=np.uint8)), encode(np.zeros((1, 5000), np.uint8))]
    metadata = pixels(reader(images), 2).metadata
    assert (metadata["width"], metadata["height"]) == (32, 32)


def test_images_of_several_sizes_become_32(encode, reader):
    flat = [encode(np.full(shape, 51, np.uint8)) for shape in [(8, 8), (28, 28), (10, 31)]]
    encoded = pixels(reader([*flat, encode(np.full((8, 8), 255, np.uint8))]), 4)
    assert (encoded.metadata["width"], encoded.metadata["height"]) == (32, 32)
    np.testing.assert_allclose(encoded.vectors[0], encoded.vectors[1], atol=1e-5)
    np.testing.assert_allclose(encoded.vectors[0], encoded.vectors[2], atol=1e-5)


@pytest.mark.parametrize(
    ("images", "channels"),
    [
        ([Image.new("L", (4, 4), 99), Image.new("1", (4, 4), 1)], 1),
        ([Image.new("RGB", (4, 4), (90, 90, 90)), Image.new("L", (4, 4), 9)], 1),
        (
            [Image.new("RGB", (4, 4), (90, 94, 92)), Image.new("L", (4, 4), 9)],
            1,
        ),  # a trace, as JPEG leaves it
        ([Image.new("RGB", (4, 4), (90, 20, 90)), Image.new("L", (4, 4), 9)], 3),
        ([Image.new("CMYK", (4, 4), (255, 0, 0, 0))], 3),
        ([Image.new("P", (4, 4))], 1),
        ([Image.fromarray(np.full((4, 4), 25700, np.uint16))], 1),
    ],
)
def test_grey_or_colour(encode, reader, images, channels):
    encoded = [encode(image, "TIFF" if image.mode == "CMYK" else "PNG") for image in images]
    assert pixels(reader(encoded), len(encoded)).metadata["channels"] == channels


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (Image.new("RGBA", (4, 4), (0, 0, 0, 0)), [1.0]),
        (Image.new("RGBA", (4, 4), (0, 0, 0, 128)), [127 / 255]),
        (Image.new("LA", (4, 4), (10, 0)), [1.0]),
        (Image.fromarray(np.full((4, 4), 25700, np.uint16)), [100 / 255]),
        (Image.new("1", (4, 4), 1), [1.0]),
    ],
)
def test_what_an_image_is_drawn_as(encode, reader, image, expected):
    vectors = pixels(reader([encode(image)]), 1).vectors
    np.testing.assert_allclose(vectors, np.full((1, 16), expected[0]), atol=0.005)


def test_a_turned_photograph_is_turned_back(encode, reader):
    upright = np.zeros((8, 4), np.uint8)
    upright[:4] = 255
    turned = Image.fromarray(np.rot90(upright))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to the right to see it
    vectors = pixels(reader([encode(turned, "JPEG", quality=95, exif=exif)]), 1).vectors
    np.testing.assert_allclose(vectors.reshape(8, 4), upright / 255, atol=0.05)


def test_unreadable_images_get_the_mean_and_are_counted(encode, reader):
    images = RNG.integers(0, 256, (40, 20, 20), dtype=np.uint8)
    sound = [encode(image) for image in images]
    broken = [None, b"", b"not an image", sound[0][: len(sound[0]) // 2]]
    mixed = pixels(reader([*sound, *broken]), 44)
    assert mixed.metadata["unreadable"] == 4
    np.testing.assert_allclose(mixed.vectors[:40], pixels(reader(sound), 40).vectors, atol=1e-5)
    assert not mixed.vectors[40:].any()  # components count from the mean
    small = pixels(reader([encode(images[0, :4, :4]), encode(images[1, :4, :4]), b"x"]), 3).vectors
    np.testing.assert_allclose(small[2], small[:2].mean(axis=0), atol=1e-6)


def test_no_image_at_all(reader):
    with pytest.raises(SourceError, match=r"none of the 2 images can be read. Check that they are images"):
        pixels(reader([b"x", None]), 2)


def test_one_image_and_identical_images(encode, reader):
    image = encode(RNG.integers(0, 256, (20, 20), dtype=np.uint8))
    for count in (1, 3):
        encoded = pixels(reader([image] * count), count)
        np.testing.assert_allclose(encoded.vectors, 0, atol=1e-4)
        assert np.isfinite(encoded.vectors).all()


def test_progress_is_told_and_reads_stay_small(encode):
    image = encode(RNG.integers(0, 256, (300, 300, 3), dtype=np.uint8))
    read, heard = [], []

    def read_images(rows):
        read.append(len(rows))
        return [image * 40] * len(rows)  # 10 MB each, as far as the reader can tell

    pixels(read_images, 100, callback=lambda done, total: heard.append((done, total)))
    assert sum(read) == 100
    assert max(read) <= 16
    assert heard[-1] == (100, 100)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
