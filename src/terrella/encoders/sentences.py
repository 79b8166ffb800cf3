"""Models of sentence-transformers: texts by their meaning, and with some of them images too."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..typing import Parameters
from .contract import IMAGE, TEXT, Encoder
from .extras import loading, need
from .folders import ModelFolder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["LoadedSentenceModel", "SentenceModel"]

_AT_ONCE = 32
"""Texts that go through the network together, the longest of a batch first."""

_ENDLESS = 1 << 20
"""Tokenizers that know of no end say 10³⁰."""


class _SentenceEncoder(Encoder):
    """What both ways to a model have in common: one is loaded when it is first used, one is handed in."""

    batch = 256

    def __init__(self, name: str, takes: frozenset[str]) -> None:
        super().__init__(name, takes)
        self._lock = Lock()  # tokenizers can't be used by two threads at once

    @property
    @abstractmethod
    def model(self) -> SentenceTransformer:
        """The model itself."""

    def _texts(self, texts: Sequence[str]) -> Any:
        with self._lock:
            return self.model.encode_document(list(texts), batch_size=_AT_ONCE, show_progress_bar=False)

    def _queries(self, texts: Sequence[str]) -> Any:
        with self._lock:
            return self.model.encode_query(list(texts), batch_size=_AT_ONCE, show_progress_bar=False)

    def _pictures(self, pictures: Sequence[Any]) -> Any:
        with self._lock:
            return self.model.encode(list(pictures), batch_size=_AT_ONCE, show_progress_bar=False)


class SentenceModel(_SentenceEncoder):
    """A model in a folder. A text longer than the model reads is cut off; the metadata say after what."""

    def __init__(self, folder: ModelFolder, name: str | None = None) -> None:
        super().__init__(name or folder.label, _takes(folder))
        self._folder = folder
        self._model: SentenceTransformer | None = None

    @property
    def identity(self) -> str:
        """The library, and the model's revision."""
        return f"sentence-transformers {self._folder.revision}"

    @property
    def metadata(self) -> Parameters:
        """The model, its revision, and how many tokens of a text it reads."""
        return {
            "encoder": f"sentence-transformers: {self._folder.label}",
            "kind": "sentence-transformers",
            "model": self._folder.name,
            "revision": self._folder.revision,
            "hub": self._folder.hub_revision is not None,
            "max_tokens": _longest(self._folder),
        }

    @property
    def model(self) -> SentenceTransformer:
        """The model, loaded at the first use; the caller holds the lock."""
        if self._model is None:
            library = need("sentence_transformers", "models", f"the model {self._folder.name!r}")
            with loading(self._folder.name):
                self._model = library.SentenceTransformer(str(self._folder.path), local_files_only=True)
        return self._model


class LoadedSentenceModel(_SentenceEncoder):
    """A `SentenceTransformer` that somebody loaded, and may have changed: nothing says which it is."""

    def __init__(self, model: SentenceTransformer, name: str | None = None) -> None:
        takes = frozenset(kind for kind in (TEXT, IMAGE) if model.supports(kind))
        super().__init__(name or "sentences", takes)
        self._model = model
        self._mark = f"object {uuid.uuid4().hex}"

    @property
    def model(self) -> SentenceTransformer:
        """The model that was handed in."""
        return self._model

    @property
    def metadata(self) -> Parameters:
        """That it is one, and a mark by which this process finds it again."""
        return {
            "encoder": "a SentenceTransformer",
            "kind": "object",
            "model": self._mark,
            "revision": None,
        }


def _takes(folder: ModelFolder) -> frozenset[str]:
    """Return what a model takes, from its files alone."""
    modules = folder.settings("modules.json") or []
    clip = any("CLIP" in module["type"] for module in modules)
    first = folder.path / (modules[0]["path"] if modules else "")
    pictures = clip or any(
        (first / file).is_file() for file in ("preprocessor_config.json", "processor_config.json")
    )
    return frozenset({TEXT, IMAGE} if pictures else {TEXT})


def _longest(folder: ModelFolder) -> int | None:
    """Return how many tokens of a text a model reads, as far as its files say."""
    own = folder.settings("sentence_bert_config.json").get("max_seq_length")
    longest = own or folder.settings("tokenizer_config.json").get("model_max_length")
    return int(longest) if longest and longest < _ENDLESS else None
