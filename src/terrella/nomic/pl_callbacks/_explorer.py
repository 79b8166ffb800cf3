"""`AtlasEmbeddingExplorer`: a map of the validation data's vectors, made while a model is trained."""

from __future__ import annotations

import logging
import sys
import time
from importlib import import_module
from typing import Any

from ...errors import MissingExtraError, TerrellaError
from ...typing import Vectors
from .. import atlas
from .._ids import id_column
from .._projection import AtlasProjection
from ..dataset import VECTORS, AtlasDataset
from ._log import AtlasLightningContainer

__all__ = ["AtlasEmbeddingExplorer"]

_LOG = logging.getLogger("terrella.nomic")

_PACKAGES = ("lightning.pytorch", "pytorch_lightning")
"""Lightning's two names; a program uses one of them."""


def _callback_class() -> Any:
    """Return Lightning's own `Callback`: of the package that the program has loaded, else of one it could."""
    for name in sorted(_PACKAGES, key=lambda name: name not in sys.modules):
        try:
            return import_module(f"{name}.callbacks").Callback
        except ImportError:
            continue
    raise MissingExtraError(
        "AtlasEmbeddingExplorer needs Lightning, which is not installed: pip install 'terrella[torch]'."
    )


class AtlasEmbeddingExplorer(_callback_class()):  # type: ignore[misc]  # a base known at run time
    """Makes a map of what a module logs while it is validated.

        def validation_step(self, batch, index):
            images, labels = batch
            self.atlas.log(embeddings=self.encode(images), metadata={"label": labels})

        Trainer(callbacks=[AtlasEmbeddingExplorer(name="validation", rebuild_time_delay=60)])

    max_points: the most items that are mapped, the first ones; -1 for all. rebuild_time_delay: seconds from
    one map to the next at least; validations between them are not mapped. name: the dataset's, by default
    after the time. overwrite_on_validation: whether each map starts a new dataset; else the new items take
    the place of the older ones, whose state stays among the dataset's versions. is_public is accepted.

    `map` is the newest map and `dataset` its dataset. Where no map can be made, a line in the log says why
    and training goes on.
    """

    def __init__(
        self,
        max_points: int = -1,
        rebuild_time_delay: float = 600,
        name: str | None = None,
        description: str = "",
        is_public: bool = True,
        overwrite_on_validation: bool = False,
    ) -> None:
        super().__init__()
        self.max_points = max_points
        self.rebuild_time_delay = rebuild_time_delay
        self.name = name
        self.description = description
        self.is_public = is_public
        self.overwrite = overwrite_on_validation
        self.dataset: AtlasDataset | None = None
        self.map: AtlasProjection | None = None
        self.atlas = AtlasLightningContainer()
        self.last_rebuild_timestamp = float("-inf")

    def on_sanity_check_start(self, trainer: Any, pl_module: Any) -> None:
        """Let the sanity check log into the void."""
        pl_module.atlas = AtlasLightningContainer()

    def on_train_epoch_start(self, trainer: Any, pl_module: Any) -> None:
        """Forget the last validation."""
        self.atlas.clear()

    def on_validation_start(self, trainer: Any, pl_module: Any) -> None:
        """Start a new log, which the module finds as `self.atlas`."""
        if not trainer.sanity_checking:
            self.atlas.clear()
            pl_module.atlas = self.atlas

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        """Make the map of what was logged, unless the last one is too young."""
        if trainer.sanity_checking or not trainer.is_global_zero:
            return
        waited = time.monotonic() - self.last_rebuild_timestamp
        if waited < self.rebuild_time_delay:
            _LOG.info(
                "no new map: the last one is %.0f s old, rebuild_time_delay=%s",
                waited,
                self.rebuild_time_delay,
            )
        elif not self.atlas.embeddings:
            _LOG.warning("no new map: validation_step logged nothing; call self.atlas.log(embeddings=…)")
        else:
            self._try_to_map()

    def _try_to_map(self) -> None:
        try:
            self.dataset = self._stored()
        except TerrellaError as error:
            _LOG.warning("no new map of this validation: %s", error)
            return
        self.map = self.dataset.maps[0]
        self.last_rebuild_timestamp = time.monotonic()

    def _stored(self) -> AtlasDataset:
        """Store what was logged and map it."""
        vectors = self.atlas.vectors()
        most = self.max_points if self.max_points > 0 else len(vectors)
        data = {name: values[:most] for name, values in self.atlas.metadata.items()}
        data.setdefault("id", list(range(min(most, len(vectors)))))
        name = self.name if self.dataset is None else self.dataset.slug
        older = AtlasDataset(name) if name else None
        if older is not None and older.total_datums and not self.overwrite:
            _replace(older, data, vectors[:most])
            older.create_index(topic_model=False)
            return older
        if older is not None:
            older.delete()
        return atlas.map_data(
            data,
            embeddings=vectors[:most],
            identifier=name,
            description=self.description,
            id_field="id",
            is_public=self.is_public,
            topic_model=False,
        )


def _replace(dataset: AtlasDataset, data: dict[str, list[Any]], vectors: Vectors) -> None:
    """Put items in place of all that are stored: those with the same id change, the others go."""
    before = set(id_column(dataset.stored).to_pylist())
    dataset.local.upsert(data, vectors={VECTORS: vectors}, id=dataset.id_field)
    gone = before - set(data["id"])
    if gone:
        dataset.local.remove(sorted(gone))
