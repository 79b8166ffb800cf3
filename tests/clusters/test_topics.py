from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from terrella.clusters import UNLABELLED, TopicBrief, TopicTree, topics
from terrella.errors import NotFiniteError, ParameterError, ShapeError

Islands = Callable[..., tuple[np.ndarray, np.ndarray]]

THEMES = (
    "engine oil",
    "garden roses",
    "violin sonata",
    "chess opening",
    "bread oven",
    "river kayak",
    "castle tower",
    "desert camel",
    "winter skiing",
)
DETAILS = ("morning", "evening", "midnight")


def _texts(where: np.ndarray) -> list[str | None]:
    return [f"Hello there {THEMES[island]} {DETAILS[heap]}" for island, heap in where]


def test_islands_are_the_coarsest_topics_and_heaps_the_next(islands: Islands, graph_of: Any) -> None:
    layout, where = islands()
    tree = topics(layout, graph=graph_of(layout))
    assert tree.depth == 2
    assert adjusted_rand_score(where[:, 0], tree.codes[:, 0]) > 0.98
    heaps = where[:, 0] * 3 + where[:, 1]
    assert adjusted_rand_score(heaps, tree.codes[:, 1]) > 0.9


def _check_is_a_tree(tree: TopicTree) -> None:
    assert [topic.id for topic in tree.topics] == list(range(len(tree.topics)))
    for topic in tree.topics:
        rows = tree.rows(topic.id)
        assert len(rows) == topic.count > 0
        assert set(topic.examples) <= set(rows.tolist())
        if topic.parent is None:
            assert topic.depth == 1
        else:
            assert tree.topics[topic.parent].depth == topic.depth - 1
            assert (tree.codes[rows, topic.depth - 2] == topic.parent).all()
    for depth in range(1, tree.depth + 1):
        names = [topic.name for topic in tree.level(depth)]
        assert len(set(names)) == len(names)
        assert all(names)


@pytest.mark.parametrize("seed", range(4))
def test_every_topic_lies_in_its_parent_and_names_differ_on_a_level(
    islands: Islands, graph_of: Any, seed: int
) -> None:
    layout, where = islands(2000, seed=seed)
    _check_is_a_tree(topics(layout, graph=graph_of(layout), texts=_texts(where)))
    _check_is_a_tree(topics(np.random.default_rng(seed).normal(size=(1500, 2)).astype(np.float32)))


def test_texts_name_topics_by_what_sets_them_apart(islands: Islands, graph_of: Any) -> None:
    layout, where = islands()
    tree = topics(layout, graph=graph_of(layout), texts=_texts(where))
    names = {topic.name for topic in tree.level(1)}
    assert names == {theme.capitalize() for theme in THEMES}
    for topic in tree.level(1):
        told = {child.name.lower().split(" (")[0] for child in tree.children(topic.id)}
        assert told == set(DETAILS)
    assert not any("hello" in word for topic in tree.topics for word in topic.words)


def test_labels_name_topics_where_there_is_no_text(islands: Islands) -> None:
    layout, where = islands()
    labels = [THEMES[island] for island in where[:, 0]]
    tree = topics(layout, labels=labels)
    assert {topic.name for topic in tree.level(1)} == set(THEMES)
    assert {topic.named_by for topic in tree.level(1)} == {"labels"}
    child = tree.level(2)[0]
    assert child.parent is not None
    assert child.name.startswith(f"{tree.topics[child.parent].name} · ")


def test_two_labels_that_share_a_topic_both_name_it(islands: Islands) -> None:
    layout, where = islands()
    labels = [["cat", "dog"][row % 2] if island == 0 else "bird" for row, island in enumerate(where[:, 0])]
    assert any(topic.name in ("cat, dog", "dog, cat") for topic in topics(layout, labels=labels).level(1))


def test_fields_name_topics_where_there_is_neither(islands: Islands) -> None:
    layout, where = islands()
    fields: dict[str, list[str | None]] = {
        "maker": ["Leitz" if island == 0 else "Zeiss" for island in where[:, 0]],
        "noise": [str(row % 5) for row in range(len(layout))],
    }
    names = [topic.name for topic in topics(layout, fields=fields).level(1)]
    assert "maker: Leitz" in names
    assert not any("noise" in name for name in names)


def test_topics_without_anything_to_name_them_by_are_numbered(islands: Islands) -> None:
    layout, _ = islands()
    tree = topics(layout)
    assert [topic.name for topic in tree.level(1)] == [f"Topic {k}" for k in range(1, 10)]


def test_a_namer_sees_what_is_known_and_its_word_counts(islands: Islands) -> None:
    layout, where = islands()
    seen: list[TopicBrief] = []

    def namer(brief: TopicBrief) -> str:
        seen.append(brief)
        return "  The\nsame "

    tree = topics(layout, texts=_texts(where), namer=namer)
    assert [topic.name for topic in tree.level(1)][:3] == ["The same", "The same (2)", "The same (3)"]
    assert {topic.named_by for topic in tree.topics} == {"namer"}
    assert seen[0].words
    assert seen[0].parent is None
    assert seen[-1].parent in {topic.name for topic in tree.level(1)}


@pytest.mark.parametrize("answer", [None, "", "  ", 3])
def test_a_namer_must_return_a_name(islands: Islands, answer: Any) -> None:
    with pytest.raises(ParameterError, match="namer must return a topic's name as text; got"):
        topics(islands()[0], namer=lambda brief: answer)


def test_a_name_stands_inside_its_topic(islands: Islands, graph_of: Any) -> None:
    layout, _ = islands()
    tree = topics(layout, graph=graph_of(layout))
    for topic in tree.topics:
        own = layout[tree.rows(topic.id)]
        assert np.linalg.norm(own - (topic.x, topic.y), axis=1).min() < 0.5


def test_coarse_names_come_first_and_go_as_their_parts_come(islands: Islands, graph_of: Any) -> None:
    layout, _ = islands()
    tree = topics(layout, graph=graph_of(layout))
    for topic in tree.topics:
        start, end = topic.zoom
        assert start >= 1.0
        assert (end is not None) == (len(tree.children(topic.id)) > 1)
        if end is not None:
            assert end >= 2 * start
    assert all(topic.zoom[0] == 1.0 for topic in tree.level(1))
    assert any(topic.zoom[0] > 1.0 for topic in tree.level(2))


def test_one_that_stands_among_strangers_is_unlabelled() -> None:
    random = np.random.default_rng(3)
    heaps = [random.normal((x, 0), 1, (400, 2)) for x in (0, 40, 80, 120, 160, 200)]
    far = np.stack([np.linspace(5, 195, 12), np.full(12, 60.0)], axis=1)
    layout = np.concatenate([*heaps, far]).astype(np.float32)
    codes = topics(layout).codes[:, 0]
    assert (codes[:2400] != UNLABELLED).mean() > 0.97
    below = topics(layout, depth=3).codes
    assert (below[codes == UNLABELLED] == UNLABELLED).all()


@pytest.mark.parametrize("count", [1, 2, 3, 10, 30])
def test_few_items_make_no_topics_or_few(count: int) -> None:
    layout = np.random.default_rng(0).normal(size=(count, 2)).astype(np.float32)
    tree = topics(layout, texts=["word"] * count)
    assert tree.codes.shape[0] == count
    assert tree.depth <= 1


@pytest.mark.parametrize(
    "layout",
    [np.zeros((500, 2)), np.stack([np.arange(500.0), np.zeros(500)], axis=1), np.full((500, 2), 1e30)],
    ids=["one place", "a line", "far away"],
)
def test_layouts_without_a_plane_do_no_harm(layout: np.ndarray) -> None:
    tree = topics(layout.astype(np.float32), texts=[f"word{row % 3}" for row in range(500)])
    _check_is_a_tree(tree)


def test_an_item_far_out_does_not_blur_the_others(islands: Islands) -> None:
    layout, where = islands()
    layout = np.concatenate([layout, [[1e6, 1e6]]]).astype(np.float32)
    tree = topics(layout)
    assert adjusted_rand_score(where[:, 0], tree.codes[:-1, 0]) > 0.98


def test_scale_and_place_of_the_layout_do_not_matter(islands: Islands) -> None:
    layout, _ = islands()
    plain, moved = topics(layout), topics(layout * 64 - 32)
    assert np.array_equal(plain.codes, moved.codes)


def test_the_same_input_gives_the_same_topics(islands: Islands, graph_of: Any) -> None:
    layout, where = islands()
    graph = graph_of(layout)
    one, other = (topics(layout, graph=graph, texts=_texts(where)) for _ in range(2))
    assert one.topics == other.topics
    assert np.array_equal(one.codes, other.codes)


def test_depth_bounds_the_levels(islands: Islands) -> None:
    layout, _ = islands(6000)
    assert topics(layout, depth=1).depth == 1
    assert topics(layout, depth=2).depth == 2


def test_progress_is_told_and_may_stop(islands: Islands) -> None:
    layout, _ = islands(1000)
    told: list[tuple[int, int]] = []
    topics(layout, callback=lambda done, total: told.append((done, total)))
    shares = [done for done, _ in told]
    assert shares == sorted(shares)
    assert told[-1] == (100, 100)
    assert len(set(shares)) > 5

    for when in set(shares):

        def stop(done: int, total: int, when: int = when) -> None:
            if done >= when:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            topics(layout, callback=stop)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"depth": 0}, ParameterError, "depth must be a whole number from 1 to 5; got 0"),
        ({"depth": True}, ParameterError, "depth must be .* got True"),
        ({"min_items": 1}, ParameterError, "min_items must be a whole number from 2 to 200; got 1"),
        ({"texts": ["a"]}, ShapeError, "texts must have one entry for each of the 200 items; got 1"),
        ({"labels": ["a"]}, ShapeError, "labels must have"),
        ({"fields": {"maker": ["a"]}}, ShapeError, "maker must have"),
        ({"layout": np.zeros((200, 3))}, ShapeError, "layout must be 2-D positions"),
        ({"layout": np.full((200, 2), np.nan)}, NotFiniteError, "layout must be finite"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], error: type[Exception], message: str) -> None:
    layout = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    with pytest.raises(error, match=message):
        topics(**{"layout": layout, **changes})


def test_asking_for_another_level_says_which_there_are(islands: Islands) -> None:
    tree = topics(islands()[0])
    with pytest.raises(ParameterError, match="from 1; got 3; it has 2"):
        tree.level(3)
    with pytest.raises(ParameterError, match="a topic's id must be 0"):
        tree.rows(99)
