"""A home of one's own for every test, and a dataset to start with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from terrella.nomic import AtlasDataset

WORDS = {
    "food": "meal dinner bread soup wine dessert chef kitchen taste fish rice menu",
    "seat": "seat legroom recline cushion window aisle row armrest narrow comfort screen belt",
    "crew": "crew staff steward smile polite service helpful attentive welcome kind team rude",
}
COUNT = 120


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("TERRELLA_HOME", str(folder))
    return folder


def reviews(count: int = COUNT) -> list[dict[str, object]]:
    """Short texts on three subjects, with an id, a rating and a day."""
    rng = np.random.default_rng(7)
    subjects = sorted(WORDS)
    rows: list[dict[str, object]] = []
    for number in range(count):
        subject = subjects[number % 3]
        words = rng.choice(WORDS[subject].split(), 8)
        rows.append(
            {
                "id": f"review-{number}",
                "text": f"The {' '.join(words)} on this flight.",
                "subject": subject,
                "rating": int(rng.integers(1, 11)),
                "day": f"2024-{number % 12 + 1:02}-15",
            }
        )
    return rows


@pytest.fixture
def dataset() -> AtlasDataset:
    """The reviews, stored under their ids and not yet mapped."""
    made = AtlasDataset("airline-reviews", description="What passengers say.", unique_id_field="id")
    made.add_data(reviews())
    return made
