"""Texts as the tensors that an ONNX model takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import SourceError
from .extras import need

__all__ = ["TextInput"]

_IDS, _MASK, _TYPES = "input_ids", "attention_mask", "token_type_ids"
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_LONGEST = 512
_PADDING = ("[PAD]", "<pad>", "<|endoftext|>")


@dataclass(frozen=True)
class TextInput:
    """Inputs by name and type; strings go in as they are where there is no `tokenizer`."""

    inputs: dict[str, Any]
    rank: int
    at_once: int | None
    tokenizer: Any = None

    @classmethod
    def find(cls, inputs: Sequence[Any], model: Path) -> TextInput | None:
        """Return the inputs that take texts, with the tokenizer.json beside the model if they are tokens.

        Raises SourceError where there is none.
        """
        strings = [one for one in inputs if one.type == "tensor(string)" and len(one.shape or ()) in (1, 2)]
        if len(inputs) == 1 and strings:
            shape = strings[0].shape
            return cls({strings[0].name: None}, len(shape), _fixed(shape[0]))
        tokens = {
            one.name: _INTEGERS[one.type]
            for one in inputs
            if one.name in (_IDS, _MASK, _TYPES) and one.type in _INTEGERS
        }
        if _IDS not in tokens:
            return None
        shape = next(one.shape for one in inputs if one.name == _IDS)
        return cls(tokens, 2, _fixed(shape[0]), _tokenizer(model, _fixed(shape[1])))

    def feed(self, texts: Sequence[str]) -> dict[str, Any]:
        """Return the tensors of texts by the inputs' names."""
        if self.tokenizer is None:
            strings = np.array(list(texts), dtype=object)
            return dict.fromkeys(self.inputs, strings if self.rank == 1 else strings[:, None])
        encoded = self.tokenizer.encode_batch(list(texts))
        columns = {
            _IDS: [text.ids for text in encoded],
            _MASK: [text.attention_mask for text in encoded],
            _TYPES: [text.type_ids for text in encoded],
        }
        return {name: np.array(columns[name], dtype=kind) for name, kind in self.inputs.items()}


def _fixed(size: Any) -> int | None:
    return size if isinstance(size, int) and size > 0 else None


def _tokenizer(model: Path, length: int | None) -> Any:
    """Return the tokenizer beside the model, cutting texts to `length` tokens and filling them up to it."""
    path = model.parent / "tokenizer.json"
    if not path.is_file():
        raise SourceError(
            f"{model} takes tokens, and there is no tokenizer.json beside it. Copy the model's there."
        )
    library = need("tokenizers", "onnx", f"the model {model.name}")
    try:
        tokenizer = library.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain Exceptions
        raise SourceError(f"{path} is damaged: {error}. Save it again.") from error
    tokenizer.enable_truncation(length or _longest(model))
    if tokenizer.padding is None or length:
        token = next((one for one in _PADDING if tokenizer.token_to_id(one) is not None), None)
        number = tokenizer.token_to_id(token) if token else 0
        tokenizer.enable_padding(pad_id=number, pad_token=token or "", length=length)
    return tokenizer


def _longest(model: Path) -> int:
    try:
        settings = json.loads((model.parent / "tokenizer_config.json").read_bytes())
        return min(int(settings["model_max_length"]), _LONGEST)
    except (OSError, ValueError, KeyError, TypeError):
        return _LONGEST
