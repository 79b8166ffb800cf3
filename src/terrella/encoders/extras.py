"""Optional libraries: a missing one is named with the command that installs it, a chatty one is hushed."""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from ..errors import MissingExtraError, SourceError, TerrellaError

__all__ = ["hushed", "loading", "need"]


def need(module: str, extra: str, what: str) -> ModuleType:
    """Return an optional library; raise MissingExtraError, with the command that installs it, without it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{what} needs {error.name or module}, which is not installed: pip install 'terrella[{extra}]'."
        ) from error


@contextmanager
def loading(model: str) -> Iterator[None]:
    """Load a model in this context, quietly; raise what the libraries stumble over as SourceError."""
    try:
        with hushed():
            yield
    except TerrellaError:
        raise
    except Exception as error:  # the files come from anywhere, and the libraries' errors share no class
        reason = (" ".join(str(error).split()) or type(error).__name__)[:200].rstrip(".")
        raise SourceError(f"the model {model} can't be loaded: {reason}. Save it again.") from error


@contextmanager
def hushed() -> Iterator[None]:
    """Keep transformers' and the hub's bars, hints and warnings off the screen while a model is loaded."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns in every forked process
    from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars
    from transformers.utils import logging

    verbosity, bars, hub_bars = (
        logging.get_verbosity(),
        logging.is_progress_bar_enabled(),
        not are_progress_bars_disabled(),
    )
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    disable_progress_bars()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()
        if hub_bars:
            enable_progress_bars()
