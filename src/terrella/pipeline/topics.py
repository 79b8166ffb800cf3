"""The stage that names what lies together, and finds what lies too close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..progress import StageReport
from ..typing import Layout
from ..validation import check_column
from .graph import FoundNeighbors
from .vectors import MappedVectors

if TYPE_CHECKING:
    import pyarrow as pa

    from ..clusters import Duplicates, TopicTree
    from ..projections import DuplicateOptions, TopicOptions
    from ..store import StoredDataset

__all__ = ["find_duplicates", "find_topics"]

_MOST_VALUES = 200
"""A field names topics only where it has no more different values: others tell items apart, not groups."""


def find_topics(
    dataset: StoredDataset,
    layout: Layout,
    neighbors: FoundNeighbors,
    options: TopicOptions | None,
    report: StageReport,
) -> TopicTree | None:
    """Return the topics of the items at `layout`, (n_samples, 2); None where nobody wants them.

    They are named by the words of the field that the options name, else of the dataset's text; a dataset
    without text names them by its label and its other fields of few values. Raises UnknownColumnError for a
    field that is not there.
    """
    if options is None:
        return None
    from ..clusters import topics

    field = options.field or dataset.roles.text
    if options.field is not None:
        check_column(options.field, dataset.schema.names, dataset.name)
    tree = topics(
        layout,
        graph=neighbors.shown,
        texts=_texts(dataset, field) if field else None,
        labels=_texts(dataset, dataset.roles.label) if dataset.roles.label else None,
        fields=None if field else _few_valued(dataset),
        depth=options.depth,
        min_items=options.min_items and min(options.min_items, dataset.count),
        namer=options.namer,
        callback=report,
    )
    report.note(_counted(len(tree.topics), tree.depth))
    return tree


def find_duplicates(
    vectors: MappedVectors, neighbors: FoundNeighbors, options: DuplicateOptions | None, report: StageReport
) -> Duplicates | None:
    """Return which items are near duplicates of others; None where nobody asks."""
    if options is None:
        return None
    from ..clusters import duplicates

    found = duplicates(neighbors.shown, options.cutoff, vectors=vectors.array)
    candidates = len(found.deletion_candidates())
    report.note(f"{candidates:,} could go as near duplicates" if candidates else "no near duplicates")
    return found


def _texts(dataset: StoredDataset, field: str) -> list[str | None]:
    values = dataset.records([field]).column(0).to_pylist()
    return [None if value is None else str(value) for value in values]


def _few_valued(dataset: StoredDataset) -> dict[str, list[str | None]]:
    """Return the fields that may name topics: text or truth values, several but few, no id and no label."""
    import pyarrow as pa
    import pyarrow.compute as pc

    others = {dataset.roles.id, dataset.roles.label, dataset.roles.image}
    names = [field.name for field in dataset.schema if field.name not in others and _is_named(field.type)]
    found = {}
    for name, column in zip(names, dataset.records(names).columns, strict=True):
        if 1 < pc.count_distinct(column).as_py() <= min(_MOST_VALUES, len(column) // 2):
            found[name] = column.cast(pa.string()).to_pylist()
    return found


def _is_named(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_boolean(kind))


def _counted(topics: int, depth: int) -> str:
    if not depth:
        return "no topics"
    return f"{topics} topic{'s' * (topics > 1)} in {depth} level{'s' * (depth > 1)}"
