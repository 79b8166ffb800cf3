"""Layouts stop on Ctrl-C, and two at once do not disturb one another."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from terrella.layouts import TSNE, UMAP, Spectrum

FIT = """
import numpy as np
from terrella import layouts
vectors = np.random.default_rng(0).normal(size=(20_000, 16)).astype(np.float32)

def tell(done, total):
    if done == {first}:
        print("ready", flush=True)

layouts.{layout}.fit(vectors, callback=tell)
"""

LONG = {
    "umap": "UMAP(n_epochs=10**6)",
    "t-SNE": "TSNE(max_iter=10**6)",
    "spectrum": "Spectrum(max_iter=10**6)",
}


@pytest.mark.parametrize("name", LONG)
def test_ctrl_c_stops_long_before_the_end(name, interrupted):
    assert "KeyboardInterrupt" in interrupted(FIT.format(layout=LONG[name], first=3))


@pytest.mark.parametrize(
    "layout",
    [UMAP(n_epochs=20), TSNE(perplexity=10, max_iter=60), Spectrum(exaggerations=(1, 4), max_iter=40)],
    ids=lambda layout: type(layout).__name__,
)
def test_two_fits_at_once_give_what_each_gives_alone(layout):
    random = np.random.default_rng(5)
    batches = [random.normal(size=(n, 12)).astype(np.float32) for n in (1500, 2100)]

    def result(batch):
        fitted = type(layout)(**layout.get_params()).fit(batch)
        return fitted.layouts_ if isinstance(layout, Spectrum) else fitted.layout_

    alone = [result(batch) for batch in batches]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(result, batches))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)
