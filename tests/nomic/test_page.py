"""docs/nomic.md: its code runs, and the names in its tables exist."""

from __future__ import annotations

import re
from pathlib import Path

from terrella.nomic import AtlasDataset

PAGE = (Path(__file__).parents[2] / "docs" / "nomic.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_code_runs(dataset: AtlasDataset) -> None:
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(dataset.get_data([f"review-{number}" for number in range(90)]))
    dataset.delete()
    scope = {"df": frame, "print": lambda *_: None}
    exec(BLOCKS[0].replace("print(atlas_map.map_link)", ""), scope)
    made = scope["atlas_map"]
    assert made.map.count == 90
    own = AtlasDataset("own")
    own.add_data(frame, embeddings=np.random.default_rng(0).normal(size=(90, 5)))
    scope = {"dataset": own}
    exec(BLOCKS[1], scope)
    assert scope["by_vectors"].embeddings.latent.shape == (90, 5)
    assert scope["by_words"].indexed_field == "text"
    assert [one.name for one in own.maps] == ["by-vectors", "by-words"]
