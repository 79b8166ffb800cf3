"""What each sample is, where its files come from and how they are known to be whole."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CATALOG", "SAMPLES", "Entry", "File"]


@dataclass(frozen=True)
class File:
    """One file; `packed` is the md5 of the .gz that the mirrors have, `plain` that of its contents.

    `plain` is None where only the packed file's sum was published.
    """

    name: str
    packed: str
    plain: str | None = None


@dataclass(frozen=True)
class Entry:
    """A sample in IDX files: train images and labels, then test images and labels.

    `classes` are the names of the labels, `mirrors` the addresses that hold the files, tried in order.
    """

    name: str
    title: str
    description: str
    classes: tuple[str, ...] | None
    mirrors: tuple[str, ...]
    files: tuple[File, File, File, File]


def _files(*sums: str, plain: tuple[str, ...] | None = None) -> tuple[File, File, File, File]:
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    known: tuple[str | None, ...] = plain or (None,) * 4
    train_images, train_labels, test_images, test_labels = (
        File(f"{name}-ubyte.gz", packed, contents)
        for name, packed, contents in zip(names, sums, known, strict=True)
    )
    return train_images, train_labels, test_images, test_labels


CATALOG = {
    "mnist": Entry(
        name="mnist",
        title="MNIST",
        description=(
            "70,000 handwritten digits of 28 by 28 pixels: 60,000 to train, 10,000 to test. "
            "Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0."
        ),
        classes=None,
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        files=_files(
            "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "d53e105ee54ea40749a09fcbcd1e9432",
            "9fb629c4189551a2d022fa330f9573f3",
            "ec29112dd5afa0611ce80d1b7f02629c",
            plain=(
                "6bbc9ace898e44ae57da46a324031adb",
                "a25bea736e30d166cdddb491f175f624",
                "2646ac647ad5339dbf082846283269ea",
                "27ae3e4e09519cfbb04c329615203637",
            ),
        ),
    ),
    "fashion": Entry(
        name="fashion",
        title="Fashion-MNIST",
        description=(
            "70,000 pieces of clothing of 28 by 28 pixels: 60,000 to train, 10,000 to test. "
            "Han Xiao, Kashif Rasul, Roland Vollgraf, Zalando Research 2017; MIT licence."
        ),
        classes=(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ),
        mirrors=("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
        files=_files(
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "25c81989df183df01b3e8a0aad5dffbe",
            "bef4ecab320f06d8554ea6380940ec79",
            "bb300cfdad3c16e7a12a480ee83cd310",
        ),
    ),
    "kmnist": Entry(
        name="kmnist",
        title="Kuzushiji-MNIST",
        description=(
            "70,000 handwritten hiragana of 28 by 28 pixels from classical Japanese books: 60,000 to train, "
            "10,000 to test. Tarin Clanuwat et al., ROIS-DS Center for Open Data in the Humanities, 2018; "
            "CC BY-SA 4.0."
        ),
        classes=(
            "お o",
            "き ki",
            "す su",
            "つ tsu",
            "な na",
            "は ha",
            "ま ma",
            "や ya",
            "れ re",
            "を wo",
        ),
        mirrors=("http://codh.rois.ac.jp/kmnist/dataset/kmnist/",),
        files=_files(
            "bdb82020997e1d708af4cf47b453dcf7",
            "e144d726b3acfaa3e44228e80efcd344",
            "5c965bf0a639b31b8f53240b1b52f4d7",
            "7320c461ea6c1c855c0b718fb2a4b134",
        ),
    ),
}

SAMPLES = (*CATALOG, "digits")
"""The samples by name."""
