"""The code of Nomic's two guides runs here, with its imports and the loading of its data changed.

`guides/` holds the code as the guides print it; the second guide's lost its line breaks on the way and has
them again. `TERRELLA_SEEDS`, where it is set, names the folder with the guides themselves. The guides look
at 2,000 digits in each of 20 epochs; the test set handed to them brings every sixteenth of these, with
`TERRELLA_EVERY=1` all.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terrella.nomic import AtlasDataset

GUIDES = Path(__file__).parent / "guides"
SOURCES = {"mnist_training.txt": "000_f04d5926d7cf4f4c.txt", "using_umap.txt": "001_712668242acd1cd1.txt"}
TRAINING = 128
ASKED = 2000
EVERY = int(os.environ.get("TERRELLA_EVERY", "16"))
SHOWN = len(range(0, ASKED, EVERY))
EPOCHS = 20

IMPORTS = {
    "from nomic import AtlasDataset": "from terrella.nomic import AtlasDataset",
    "from nomic.data_inference import": "from terrella.nomic.data_inference import",
    "import nomic\n": "from terrella import nomic\n",
    "import torchvision\n": "",
    "import torchvision.transforms as transforms\n": "",
}
"""What the guides import, and what the tests do in its place."""

_MNIST = "torchvision.datasets.MNIST(root='./data', train={}, download=True, transform=transform)"
DATA = {
    'pd.read_csv("https://docs.nomic.ai/singapore_airlines_reviews.csv")': "load_reviews(pd)",
    _MNIST.format(True): "load_digits(True)",
    _MNIST.format(False): "load_digits(False)",
}
"""How the guides load their data, and how the tests do."""


def blocks(guide: str) -> list[str]:
    return (GUIDES / guide).read_text().split("\n# %%\n")


def changed(block: str) -> str:
    """Return a block of a guide with its imports and the loading of its data changed, and nothing else."""
    for theirs, ours in {**IMPORTS, **DATA}.items():
        block = block.replace(theirs, ours)
    return re.sub(r"transform = transforms\.Compose\(\[.*?\]\)\n", "", block, flags=re.DOTALL)


def run(block: str, names: dict[str, Any]) -> None:
    exec(compile(changed(block), "guide", "exec"), names)


def samples(*parts: str) -> Path:
    folder = os.environ.get("TERRELLA_SAMPLES")
    path = Path(folder or ".").joinpath(*parts)
    if not folder or not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not in TERRELLA_SAMPLES")
    return path


def load_reviews(pandas: Any) -> Any:
    """The reviews with their words in the field that the guide reads them from."""
    path = samples("reviews", "singapore_airlines_reviews.csv")
    return pandas.read_csv(path).rename(columns={"Detail Review": "text"})


class Digits:
    """Images and labels, of which a batch brings those whose number is a multiple of `step`."""

    def __init__(self, images: Any, labels: Any, step: int = 1) -> None:
        self.images, self.labels, self.step = images, labels, step

    def __len__(self) -> int:
        return len(self.images)

    def __getitems__(self, numbers: list[int]) -> list[tuple[Any, Any]]:
        return [(self.images[one], self.labels[one]) for one in numbers if one % self.step == 0]


def load_digits(train: bool) -> Digits:
    """MNIST as the guide's transforms make it, fewer of it."""
    import torch

    from terrella.sources.idx import parse_idx

    part, count, step = ("train", TRAINING, 1) if train else ("t10k", ASKED, EVERY)
    files = [samples("mnist", f"{part}-{kind}-ubyte.gz") for kind in ("images-idx3", "labels-idx1")]
    images, labels = (parse_idx(gzip.decompress(file.read_bytes()), file.name)[:count] for file in files)
    pixels = (torch.tensor(images, dtype=torch.float32)[:, None] / 255 - 0.1307) / 0.3081
    return Digits(pixels, torch.tensor(labels, dtype=torch.int64), step)


def names() -> dict[str, Any]:
    loaders: dict[str, Callable[..., Any]] = {"load_reviews": load_reviews, "load_digits": load_digits}
    return {"__name__": "guide", **loaders}


@pytest.mark.parametrize("guide", SOURCES)
def test_the_blocks_are_the_guides_own(guide: str) -> None:
    folder = os.environ.get("TERRELLA_SEEDS")
    if not folder:
        pytest.skip("TERRELLA_SEEDS does not name the folder of the guides")
    printed = re.sub(r"\s+", "", (Path(folder) / SOURCES[guide]).read_text())
    for block in blocks(guide):
        assert re.sub(r"\s+", "", block) in printed


def test_only_imports_and_loading_are_changed() -> None:
    for guide in SOURCES:
        for block in blocks(guide):
            before, after = block.splitlines(), changed(block).splitlines()
            different = [line for line in before if line not in after and line.strip()]
            allowed = ("import", "pd.read_csv", "torchvision.", "transforms.", "])")
            assert all(any(word in line for word in allowed) for line in different), different
            assert "nomic" not in re.sub(
                r"(terrella\.nomic|import nomic|nomic\.login|docs\.nomic)", "", after[0]
            )


def test_the_map_of_airline_reviews(capsys: pytest.CaptureFixture[str]) -> None:
    scope = names()
    run(blocks("using_umap.txt")[1], scope)
    made = scope["atlas_map"]
    count = len(scope["df"])
    assert AtlasDataset("airline-reviews").total_datums == count
    assert made.map.count == count
    assert made.indexed_field == "text"
    parameters = made.bundle.manifest["projections"][0]["parameters"]
    assert (parameters["n_neighbors"], parameters["min_dist"], parameters["n_epochs"]) == (20, 0.01, 200)
    assert np.isfinite(made.embeddings.projected[["x", "y"]].to_numpy()).all()
    assert made.topics.depth >= 1
    assert len(made.duplicates.tb) == count
    scope |= {"dataset": AtlasDataset("more-reviews"), "data": scope["df"].head(100).to_dict("records")}
    run(blocks("using_umap.txt")[0], scope)
    assert scope["atlas_map"].map.count == 100


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("guide", SOURCES)
def test_the_map_of_training_mnist(guide: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", reason="the extra torch is not installed")
    scope = names()
    for block in blocks(guide)[0 if guide == "mnist_training.txt" else 2 :]:
        run(block, scope)
    dataset = AtlasDataset("mnist-training-embeddings")
    assert dataset.total_datums == EPOCHS * SHOWN
    made = dataset.get_map()
    assert made.map.count == EPOCHS * SHOWN
    assert np.array_equal(made.embeddings.latent, np.array(scope["all_embeddings_list"]))
    assert made.data.tb["image_html"].to_pylist() == scope["all_images_html"]
    assert made.data.tb["epoch"].to_pylist() == sorted(list(range(EPOCHS)) * SHOWN)
