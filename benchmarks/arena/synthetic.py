"""Data made by formulas: a mixture of any size, and a hard set of unequal clusters, a ring and a roll."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

__all__ = ["hard_set", "write_mixture"]

Vectors = NDArray[np.float32]
Labels = NDArray[np.int32]

_COMPONENTS, _LATENT, _OWN, _HIDDEN, _FEATURES = 60, 16, 6, 256, 128
_BLOCK = 50_000


def write_mixture(folder: Path, n_samples: int, seed: int = 0) -> None:
    """Write vectors.npy (n_samples, 128) and labels.npy of a bent mixture of 60 flat Gaussians.

    Each component spans 6 of 16 latent directions; z goes through tanh(z W1 + b) W2, every feature is scaled
    to unit variance, and noise of 0.05 added. Made in blocks of 50,000 rows with their own seeds: the rows
    of a small set are the first rows of a large one, and memory does not grow.
    """
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.full(_COMPONENTS, 2.0))
    centres = random.normal(0, 1.5, (_COMPONENTS, _LATENT))
    planes = random.normal(0, 0.5, (_COMPONENTS, _OWN, _LATENT)) / np.sqrt(2)
    inner = (random.normal(0, 1, (_LATENT, _HIDDEN)) / 4).astype(np.float32)
    shift = random.normal(0, 0.5, _HIDDEN).astype(np.float32)
    outer = (random.normal(0, 1, (_HIDDEN, _FEATURES)) / 16).astype(np.float32)

    vectors = open_memmap(folder / "vectors.npy", "w+", np.float32, (n_samples, _FEATURES))
    labels = open_memmap(folder / "labels.npy", "w+", np.int32, (n_samples,))
    scale = None
    for start in range(0, n_samples, _BLOCK):
        random = np.random.default_rng((seed, start // _BLOCK))
        component = random.choice(_COMPONENTS, _BLOCK, p=shares)
        own = random.normal(0, 1, (_BLOCK, 1, _OWN))
        latent = (
            centres[component] + (own @ planes[component])[:, 0] + random.normal(0, 0.05, (_BLOCK, _LATENT))
        )
        block = np.tanh(latent.astype(np.float32) @ inner + shift) @ outer
        scale = block.std(axis=0) if scale is None else scale
        block = block / scale + random.normal(0, 0.05, block.shape).astype(np.float32)
        rows = slice(start, min(start + _BLOCK, n_samples))
        vectors[rows] = block[: rows.stop - start]
        labels[rows] = component[: rows.stop - start]
    vectors.flush()
    labels.flush()


def hard_set(seed: int = 2026) -> tuple[Vectors, Labels]:
    """Return about 15,000 rows in 24 dimensions that break settings tuned on images.

    Fourteen Gaussian clusters of 8 to 4,000 rows whose radii span 0.01 to 3, a noisy ring, a Swiss roll with
    a hole, 600 rows of uniform dust, 700 exact duplicates, and one row 400 times.
    """
    random = np.random.default_rng(seed)
    pieces = [_cluster(random, size) for size in np.geomspace(8, 4000, 14).astype(int)]
    pieces += [_ring(random, 1000), _holed_roll(random, 3000), random.uniform(-9, 9, (600, 24))]
    vectors = np.concatenate(pieces)
    labels = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    again = np.concatenate([random.integers(0, len(vectors), 700), np.full(400, len(vectors) // 2)])
    order = random.permutation(np.concatenate([np.arange(len(vectors)), again]))
    return vectors[order].astype(np.float32), labels[order].astype(np.int32)


def _cluster(random: np.random.Generator, size: int) -> NDArray[np.float64]:
    """Return a Gaussian with axes of unequal lengths, somewhere."""
    radius = np.exp(random.uniform(np.log(0.01), np.log(3)))
    axes = radius * random.uniform(0.1, 1, 24)
    return random.normal(0, 5, 24) + random.normal(0, 1, (size, 24)) * axes


def _ring(random: np.random.Generator, size: int) -> NDArray[np.float64]:
    angle = random.uniform(0, 2 * np.pi, size)
    return _placed(random, 4 * np.stack([np.cos(angle), np.sin(angle)], 1), 0.1)


def _holed_roll(random: np.random.Generator, size: int) -> NDArray[np.float64]:
    """Return a Swiss roll without the middle of its sheet."""
    turn, height = random.uniform(size=(2, 2 * size))
    sheet = np.stack([turn, height], 1)[~((np.abs(turn - 0.5) < 0.15) & (np.abs(height - 0.5) < 0.2))][:size]
    angle = 1.5 * np.pi * (1 + 2 * sheet[:, 0])
    roll = np.stack([angle * np.cos(angle), 20 * sheet[:, 1], angle * np.sin(angle)], 1)
    return _placed(random, 0.4 * roll, 0.05)


def _placed(random: np.random.Generator, flat: NDArray[np.float64], noise: float) -> NDArray[np.float64]:
    """Turn a shape of few dimensions into 24 and move it away from the origin."""
    axes = np.linalg.qr(random.normal(size=(24, 24)))[0][: flat.shape[1]]
    return flat @ axes + random.normal(0, 5, 24) + random.normal(0, noise, (len(flat), 24))
