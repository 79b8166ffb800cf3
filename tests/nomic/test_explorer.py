"""The Lightning callback, with a real trainer."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terrella import errors
from terrella.nomic import AtlasDataset

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
try:
    import lightning.pytorch as pl
except ImportError:
    pl = pytest.importorskip("pytorch_lightning", reason="the extra torch is not installed")

from terrella.nomic.pl_callbacks import AtlasEmbeddingExplorer, AtlasLightningContainer  # noqa: E402

COUNT = 48


class Model(pl.LightningModule):  # type: ignore[misc]
    """A linear layer that logs what it makes of its validation data."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(6, 4)

    def training_step(self, batch: Any, _index: int) -> Any:
        inputs, labels = batch
        return torch.nn.functional.cross_entropy(self.layer(inputs), labels)

    def validation_step(self, batch: Any, index: int) -> None:
        inputs, labels = batch
        logits = self.layer(inputs)
        names = [f"{index}-{row}" for row in range(len(labels))]
        self.atlas.log(
            embeddings=logits, metadata={"label": labels, "name": names, "best": logits.argmax(dim=1)}
        )

    def configure_optimizers(self) -> Any:
        return torch.optim.SGD(self.parameters(), lr=0.1)


@pytest.fixture
def loader() -> Any:
    generator = torch.Generator().manual_seed(0)
    data = torch.utils.data.TensorDataset(torch.randn(COUNT, 6, generator=generator), torch.arange(COUNT) % 4)
    return torch.utils.data.DataLoader(data, batch_size=16)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Lightning warns of few workers and the like."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def trained(explorer: AtlasEmbeddingExplorer, loader: Any, folder: Path, epochs: int = 2) -> Model:
    model = Model()
    trainer = pl.Trainer(
        max_epochs=epochs,
        callbacks=[explorer],
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
    )
    trainer.fit(model, train_dataloaders=loader, val_dataloaders=loader)
    return model


def logits(model: Model, loader: Any) -> np.ndarray:
    with torch.no_grad():
        return np.concatenate([model.layer(inputs).numpy() for inputs, _ in loader])


def test_each_validation_becomes_the_map(loader: Any, tmp_path: Path) -> None:
    explorer = AtlasEmbeddingExplorer(name="Validation Space", rebuild_time_delay=0, description="Logits.")
    model = trained(explorer, loader, tmp_path)
    dataset = AtlasDataset("validation-space")
    assert dataset.total_datums == COUNT
    assert dataset.description == "Logits."
    assert explorer.map is not None
    shown = explorer.map
    assert np.allclose(shown.embeddings.latent, logits(model, loader), atol=1e-6)
    table = shown.data.tb
    assert table["label"].to_pylist() == [row % 4 for row in range(COUNT)]
    assert table["name"].to_pylist()[17] == "1-1"
    assert len(dataset.local.versions()) > 1


def test_overwriting_starts_anew_and_few_points_are_the_first(loader: Any, tmp_path: Path) -> None:
    explorer = AtlasEmbeddingExplorer(
        max_points=20, name="few", rebuild_time_delay=0, overwrite_on_validation=True
    )
    model = trained(explorer, loader, tmp_path)
    dataset = AtlasDataset("few")
    assert dataset.total_datums == 20
    assert np.allclose(dataset.get_map().embeddings.latent, logits(model, loader)[:20], atol=1e-6)
    assert len(dataset.local.versions()) == 1


def test_a_young_map_is_kept(loader: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "terrella.nomic")
    explorer = AtlasEmbeddingExplorer(name="young", rebuild_time_delay=600)
    trained(explorer, loader, tmp_path, epochs=3)
    assert caplog.text.count("no new map: the last one is") == 2


def test_what_fails_is_logged_and_training_goes_on(
    loader: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    AtlasDataset("taken", unique_id_field="key").add_data([{"key": "a"}, {"key": "b"}])
    explorer = AtlasEmbeddingExplorer(name="taken", rebuild_time_delay=0)
    trained(explorer, loader, tmp_path, epochs=1)
    assert "no new map of this validation" in caplog.text
    assert explorer.map is None


def test_logs_are_checked_and_copied() -> None:
    log = AtlasLightningContainer()
    batch = torch.ones(2, 3, requires_grad=True)
    log.log(batch, {"a": torch.tensor([[1], [2]]), "b": np.array([0.5, 1.5])})
    log.log(batch[:1], {"a": 3})
    assert log.metadata == {"a": [1, 2, 3], "b": [0.5, 1.5, None]}
    assert log.vectors().shape == (3, 3)
    with pytest.raises(errors.ShapeError, match="has 1 values; the batch has 2 rows"):
        log.log(batch, {"a": [1]})
    with pytest.raises(errors.ShapeError, match="must be a tensor"):
        log.log(torch.ones(3))
    log.clear()
    assert (len(log), log.metadata) == (0, {})
