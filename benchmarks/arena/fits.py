"""What runs in the process of one run: import a layout, fit it several times, measure."""

from __future__ import annotations

import importlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .apart import peak_gib
from .methods import METHODS

__all__ = ["fit_layout"]


def fit_layout(
    *, method: str, vectors: str, metric: str, seeds: Sequence[int], layouts: str, spawned: float
) -> dict[str, Any]:
    """Fit once for each seed and keep the layouts in the folder `layouts`; return seconds and peak memory.

    `import` is the time from the process's start until the method can be called, `cpu` the seconds of all
    cores together, the peak that of the first fit. The vectors stay memory-mapped: the pages that a method
    touches count as its own.
    """
    chosen = METHODS[method]
    importlib.import_module(chosen.module)
    imported = time.time() - spawned
    data = np.load(vectors, mmap_mode="r")
    walls, cpus, paths, peak = [], [], [], 0.0
    for seed in seeds:
        wall, cpu = time.perf_counter(), time.process_time()
        layout = chosen.make(metric, seed).fit_transform(data)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        paths.append(str(Path(layouts) / f"{method}-{seed}.npy"))
        peak = peak or peak_gib()
        np.save(paths[-1], np.asarray(layout, np.float32))
    return {"import": imported, "fits": walls, "cpu": cpus, "peak_gib": peak, "layouts": paths}
