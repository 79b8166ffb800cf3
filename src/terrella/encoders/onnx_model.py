"""Any model in an ONNX file, run by onnxruntime: what it takes is read from its inputs.

    one tensor of numbers, 4-D                     images; size, channels and their order as it has them
    strings                                        texts as they are
    input_ids, with a mask and types if it has     texts as tokens, by the tokenizer.json beside the file
    pixel_values and input_ids                     both, as CLIP is exported

The vectors are the output that is called so (`image_embeds`, `sentence_embedding`, …), else the first of
shape (n, n_features), else the first, pooled: the mean over places or over a text's tokens, and for an
image's tokens the first, the class token.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import SourceError
from ..typing import Parameters
from .contract import IMAGE, TEXT, Encoder
from .extras import need
from .folders import hash_files
from .onnx_images import ImageInput
from .onnx_texts import TextInput

__all__ = ["OnnxModel"]

_OUTPUTS = {
    IMAGE: ("image_embeds", "image_embedding", "pooler_output", "embedding", "embeddings", "features"),
    TEXT: ("text_embeds", "sentence_embedding", "pooler_output", "embedding", "embeddings"),
}
_QUIET = 3
"""onnxruntime's level for errors alone."""


class OnnxModel(Encoder):
    """A model in an .onnx file; its folder may hold tokenizer.json and preprocessor_config.json."""

    batch = 32

    def __init__(self, path: Path, name: str | None = None) -> None:
        self._path = path
        self._session = _open(path)
        self._inputs = {given.name: given for given in self._session.get_inputs()}
        self._images = ImageInput.find(list(self._inputs.values()), path)
        self._reads = TextInput.find(list(self._inputs.values()), path)
        takes = {IMAGE} if self._images else set()
        takes |= {TEXT} if self._reads else set()
        if not takes:
            listed = ", ".join(f"{one.name} {one.type} {one.shape}" for one in self._inputs.values())
            raise SourceError(
                f"{path} takes {listed or 'nothing'}. A model of images takes one tensor (n, channels, "
                "height, width), one of texts strings or input_ids. Wrap it in a function and pass that."
            )
        super().__init__(name or path.stem, frozenset(takes))

    @property
    def identity(self) -> str:
        """The file's contents, and those of what it is used with."""
        return f"onnx {self._revision}"

    @property
    def metadata(self) -> Parameters:
        """The file, a hash of its contents, and what is done before and after it."""
        about: Parameters = {
            "encoder": f"ONNX: {self._path.name}",
            "kind": "onnx",
            "model": str(self._path.absolute()),
            "revision": self._revision,
        }
        if self._images:
            about["images"] = self._images.about
        return about

    @property
    def _revision(self) -> str:
        beside = [self._path.parent / file for file in ("tokenizer.json", "preprocessor_config.json")]
        weights = self._path.parent.glob(f"{self._path.name}[._]data*")
        return hash_files([self._path, *weights, *(path for path in beside if path.is_file())])

    def _pictures(self, pictures: Sequence[Any]) -> Any:
        assert self._images is not None
        return self._in_batches(IMAGE, self._images.feed, pictures)

    def _texts(self, texts: Sequence[str]) -> Any:
        assert self._reads is not None
        return self._in_batches(TEXT, self._reads.feed, texts)

    def _in_batches(self, kind: str, feed: Any, items: Sequence[Any]) -> Any:
        """Run all `items`; in a model for a fixed number at once, the last ones are filled up."""
        if not len(items):
            return np.zeros((0, 1), np.float32)
        first = self._images if kind == IMAGE else self._reads
        assert first is not None
        at_once = first.at_once or len(items)
        found = []
        for start in range(0, len(items), at_once):
            part = list(items[start : start + at_once])
            filled = part + [part[-1]] * ((first.at_once or len(part)) - len(part))
            found.append(self._run_model(kind, feed(filled))[: len(part)])
        return np.concatenate(found)

    def _run_model(self, kind: str, feeds: dict[str, Any]) -> Any:
        for name, given in self._inputs.items():
            if name not in feeds:  # the other half of a joint model wants something too
                feeds[name] = np.zeros(
                    [size if isinstance(size, int) else 1 for size in given.shape], _type(given)
                )
        outputs = self._session.get_outputs()
        names = [output.name for output in outputs]
        wanted = next((name for name in _OUTPUTS[kind] if name in names), None)
        if wanted is None:
            flat = [output.name for output in outputs if len(output.shape or ()) == 2]
            wanted = (flat or names)[0]
        try:
            (output,) = self._session.run([wanted], feeds)
        except Exception as error:  # onnxruntime's errors share no class but this
            reason = " ".join(str(error).split())[:200].rstrip(".")
            raise SourceError(f"{self._path} can't be run: {reason}. Export the model again.") from error
        return _pooled(np.asarray(output, dtype=np.float32), kind, feeds)


def _open(path: Path) -> Any:
    runtime = need("onnxruntime", "onnx", f"the model {path.name}")
    if not path.is_file():
        raise SourceError(f"{path} does not exist. Check the path of the .onnx file.")
    options = runtime.SessionOptions()
    options.log_severity_level = _QUIET
    try:
        return runtime.InferenceSession(str(path), options, providers=runtime.get_available_providers())
    except Exception as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise SourceError(f"{path} is no ONNX model that can be read: {reason}. Export it again.") from error


def _type(given: Any) -> Any:
    types = {"float": np.float32, "float16": np.float16, "double": np.float64, "uint8": np.uint8}
    name = given.type.removeprefix("tensor(").removesuffix(")")
    return types.get(name) or np.dtype(name)


def _pooled(output: Any, kind: str, feeds: dict[str, Any]) -> Any:
    """Return (n, n_features) of an output with more axes."""
    if output.ndim == 4:
        return output.mean(axis=(2, 3)) if min(output.shape[2:]) > 1 else output.reshape(len(output), -1)
    if output.ndim != 3:
        return output
    if kind == IMAGE:
        return output[:, 0]
    mask = np.asarray(feeds.get("attention_mask", np.ones(output.shape[:2])), np.float32)[..., None]
    return (output * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
