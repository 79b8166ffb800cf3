"""Write docs/topics.md anew: what topics are, and those of the airline reviews, as this build finds them.

    .venv/bin/python docs/make_topics_page.py

It reads the reviews that TERRELLA_SAMPLES holds, in reviews/singapore_airlines_reviews.csv.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import terrella
from terrella.dataset._topics import Topics
from terrella.sources import open_source

PAGE = Path(__file__).parent / "topics.md"
REVIEWS = Path("reviews") / "singapore_airlines_reviews.csv"
BEGIN, END = "<!-- reviews: printed by docs/make_topics_page.py -->", "<!-- end of reviews -->"


def review_topics(samples: Path) -> Topics:
    """Return the topics of the airline reviews."""
    records = open_source(samples / REVIEWS).records
    with tempfile.TemporaryDirectory() as home:
        dataset = terrella.open("reviews", home=home).add(records, text="Detail Review")
        return dataset.map(projections=["umap"]).topics


def as_list(topics: Topics) -> str:
    """Return the topics as a list in Markdown: each with its size, below it those inside it."""
    tree = topics.tree
    lines = []
    for topic in tree.level(1):
        lines.append(f"- **{topic.name}** ({topic.count})")
        parts = [part for part in tree.children(topic.id) if part.name != topic.name]
        lines += [f"  - {part.name} ({part.count})" for part in parts]
    unlabelled = len(tree.codes) - sum(topic.count for topic in tree.level(1))
    lines.append(f"\n{len(tree.codes):,} reviews, {unlabelled} of them unlabelled.")
    return "\n".join(lines)


def renewed(page: str, listing: str) -> str:
    """Return the page with another listing between its marks."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n\n{listing}\n\n{END}", page)


if __name__ == "__main__":
    listing = as_list(review_topics(Path(os.environ["TERRELLA_SAMPLES"])))
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), listing), encoding="utf-8")
