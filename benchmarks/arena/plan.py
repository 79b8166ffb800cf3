"""The measurements of docs/measurements.md, in the order of their worth, and what each should take.

Minutes are those of two quiet cores; nearly all are the rivals'.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PLAN", "Measurement"]

_UMAP = ("--methods", "terrella-umap", "umap-learn")
_TSNE = ("--methods", "terrella-tsne", "opentsne")
_OTHERS = ("--methods", "pacmap", "localmap")
_SMALL = ("--data", "digits", "reviews", "hard", "--runs", "1", "--fits", "5")


@dataclass(frozen=True)
class Measurement:
    """A benchmark's script and options; `name` is that of its result."""

    name: str
    minutes: float
    command: tuple[str, ...]


PLAN = (
    Measurement("stages", 0.5, ("stages.py", "--data", "mnist")),
    Measurement("umap-mnist", 6, ("layouts.py", "--data", "mnist", *_UMAP, "--first")),
    Measurement(
        "umap-mnist-avx2",
        0.5,
        ("layouts.py", "--data", "mnist", "--methods", "terrella-umap", "--isa", "avx2"),
    ),
    Measurement(
        "neighbors-mnist",
        4,
        ("neighbors.py", "--data", "mnist", "--runs", "5"),
    ),
    Measurement("whole-job", 9, ("whole_job.py", "--data", "mnist")),
    Measurement("tsne-mnist", 5, ("layouts.py", "--data", "mnist", *_TSNE, "--runs", "3", "--fits", "1")),
    Measurement("scale", 11, ("scale.py",)),
    Measurement("transform", 1.5, ("transform.py", "--data", "mnist", "--runs", "1")),
    Measurement("umap-small", 1.5, ("layouts.py", *_SMALL, *_UMAP)),
    Measurement("tsne-small", 2, ("layouts.py", *_SMALL, *_TSNE)),
    Measurement(
        "umap-mnist-cosine", 2, ("layouts.py", "--data", "mnist-cosine", *_UMAP, "--runs", "1", "--fits", "5")
    ),
    Measurement(
        "tsne-mnist-cosine", 2, ("layouts.py", "--data", "mnist-cosine", *_TSNE, "--runs", "1", "--fits", "1")
    ),
    Measurement(
        "neighbors-others", 1.5, ("neighbors.py", "--data", "mnist-cosine", "reviews", "--runs", "1")
    ),
    Measurement(  # an exact search is quadratic: twenty minutes
        "neighbors-million",
        4,
        (
            *("neighbors.py", "--data", "million", "--runs", "1"),
            *("--searches", "terrella-approximate", "pynndescent"),
        ),
    ),
    Measurement(
        "others-mnist", 2.5, ("layouts.py", "--data", "mnist", *_OTHERS, "--runs", "1", "--fits", "3")
    ),
    Measurement("others-small", 2, ("layouts.py", *_SMALL, *_OTHERS)),
)
