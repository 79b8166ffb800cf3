"""docs/topics.md shows the topics that this build finds."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_topics_page", DOCS / "make_topics_page.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_s_topics_are_those_of_the_reviews() -> None:
    samples = Path(os.environ.get("TERRELLA_SAMPLES", "none"))
    script = _script()
    if not (samples / script.REVIEWS).is_file():
        pytest.skip("TERRELLA_SAMPLES holds no airline reviews")
    found = script.review_topics(samples)
    page = (DOCS / "topics.md").read_text(encoding="utf-8")
    # A linear algebra library of another make moves a few reviews: names may differ in their last words.
    first_words = {re.split(r"[ ,*]", topic.name)[0] for topic in found.tree.topics}
    shown = set(re.findall(r"^ *- \**([^ ,*]+)", page, re.MULTILINE))
    assert len(shown & first_words) >= 0.6 * len(first_words)
    assert 5 <= len(found.tree.level(1)) <= 13
    assert f"{len(found.tree.codes):,} reviews" in page


def test_words_that_every_review_has_name_nothing() -> None:
    page = (DOCS / "topics.md").read_text(encoding="utf-8")
    listing = page[page.index("<!-- reviews") : page.index("<!-- end of reviews")]
    names = re.findall(r"^ *- (.*) \(\d+\)$", listing, re.MULTILINE)
    assert len(names) > 20
    terms = {term.lower() for name in names for term in re.split(r",\s*|\*+", name)}
    assert not terms & {"singapore airlines", "singapore", "airlines", "flight", "flights", "good", "service"}
