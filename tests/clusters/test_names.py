"""Names that a person can read: what may be in them, and what may not."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np
import pytest

from terrella.clusters.names import Name, Namers, NamingData
from terrella.clusters.terms import leaf_terms
from terrella.clusters.words import END, read_words

FILLER = "the people on board said that it was all they had hoped for and we will come again"


def _named(texts: Sequence[str], codes: Sequence[Sequence[int]]) -> dict[int, Name]:
    """Return the names of topics by id; codes: (n, levels)."""
    array = np.array(codes, np.int32)
    namers = Namers(array, NamingData(texts))
    found = {}
    for level in range(array.shape[1]):
        for id in np.unique(array[:, level]).tolist():
            rows = np.flatnonzero(array[:, level] == id)
            parent = int(array[rows[0], level - 1]) if level else None
            found[id] = namers.name(id, level, parent, len(rows), ())
    return found


def _mixed(*lists: Sequence[str], each: int = 40) -> tuple[list[str], list[list[int]]]:
    """Return texts of as many topics as lists, each a sentence of its list among other words; their codes."""
    chance = random.Random(0)
    texts, codes = [], []
    for topic, sentences in enumerate(lists):
        for number in range(each):
            texts.append(f"{FILLER}. {sentences[number % len(sentences)]}. {chance.choice(FILLER.split())}")
            codes.append([topic])
    return texts, codes


OTHERS = (["the weather was fine"], ["there is a garden of roses"], ["he has a boat"])


def test_a_word_and_its_plural_are_one() -> None:
    texts, codes = _mixed(["the ticket was late", "the tickets were late", "no tickets for us"], *OTHERS)
    assert _named(texts, codes)[0].name == "Tickets"


def test_phrases_are_kept_whole_and_written_as_the_texts_write_them() -> None:
    lists = ["we did book the cook"], ["we saw New York"], ["the cabin crew came"], ["by Star Alliance, then"]
    texts, codes = _mixed(*lists)
    names = [name.name for name in _named(texts, codes).values()]
    assert names == ["Book the cook", "New York", "Cabin crew", "Star Alliance"]


def test_no_phrase_goes_across_punctuation() -> None:
    texts, codes = _mixed(["the soup, the salad; the bread / the cheese"], *OTHERS)
    words = _named(texts, codes)[0].words
    assert {"soup", "salad", "bread", "cheese"} == set(words)


def test_codes_are_in_no_name_that_has_words() -> None:
    texts, codes = _mixed(
        ["the lounge and then the 777", "the gate. CGK-SIN", "the lounge. A380", "the gate. A380"], *OTHERS
    )
    named = _named(texts, codes)[0]
    assert {"777", "CGK-SIN", "A380"} <= set(named.words)
    assert named.name.lower() in ("lounge, gate", "gate, lounge")


def test_codes_name_what_has_nothing_else() -> None:
    texts, codes = _mixed(["the 777"], *OTHERS)
    assert _named(texts, codes)[0].name == "777"


@pytest.mark.parametrize("other", ["was delayed", "had to hurry", "was very salty"])
def test_verbs_and_adjectives_are_in_no_name_that_has_nouns(other: str) -> None:
    texts, codes = _mixed([f"the train with the curtain {other}"], *OTHERS)
    named = _named(texts, codes)[0]
    assert other.split()[-1] not in named.name.lower()
    assert set(named.name.lower().split(", ")) <= {"train", "curtain"}


def test_what_one_part_is_about_names_that_part_and_not_the_whole() -> None:
    texts, codes = [], []
    for part, own in enumerate(("lobster", "pillow", "window", "wine")):
        for number in range(30):
            common = "the cabin. " if number % 2 else ""
            texts.append(f"{FILLER}. {common}the {own}")
            codes.append([0, 2 + part])
    texts += [f"{FILLER}. the boat"] * 120
    codes += [[1, 6]] * 120
    named = _named(texts, codes)
    assert named[0].name.startswith("Cabin")
    assert [named[id].name for id in (2, 3, 4, 5)] == ["Lobster", "Pillow", "Window", "Wine"]


def test_topics_beside_one_another_share_no_word() -> None:
    shared = ["the towel and the pillow", "the towel and the blanket", "the towel and the lamp"]
    texts, codes = _mixed(*([one] for one in shared), ["the boat"], ["the garden"], ["the weather"])
    names = [name.name.lower() for name in _named(texts, codes).values()]
    words = [word for name in names for word in name.split(", ")]
    assert len(words) == len(set(words))


def test_a_topic_is_not_called_as_the_one_above() -> None:
    texts, codes = [], []
    for topic, above in enumerate(("kitchen", "garden")):
        for part, own in enumerate(("spoon", "apron", "kettle")):
            texts += [f"{FILLER}. the {above} has a {own}"] * 30
            codes += [[topic, 2 + 3 * topic + part]] * 30
    named = _named(texts, codes)
    assert named[0].name == "Kitchen"
    assert {named[id].name for id in (2, 3, 4)} == {"Spoon", "Apron", "Kettle"}


def test_an_only_part_is_called_as_the_whole() -> None:
    texts, codes = _mixed(["the train"], *OTHERS)
    named = _named(texts, [[code, code + 4] for [code] in codes])
    assert all(named[id].name == named[id + 4].name for id in range(4))


def test_words_that_all_texts_have_name_nothing() -> None:
    texts, codes = _mixed(["the train of Acme Railways"], *([f"{one[0]}. Acme Railways"] for one in OTHERS))
    words = {word.lower() for name in _named(texts, codes).values() for word in name.words}
    assert not words & {"acme", "railways", "acme railways"}


@pytest.mark.parametrize(
    ("sentences", "part"),
    [("我喜歡貓和狗", "貓"), ("รถไฟมาสาย", "รถ")],
    ids=["Chinese", "Thai"],
)
def test_scripts_without_spaces_are_named_by_runs_of_letters(sentences: str, part: str) -> None:
    others = [["天氣很好今天"], ["玫瑰花園大門"], ["他有一條船嗎"]]
    texts = [one for sentence in ([sentences], *others) for one in sentence * 40]
    named = _named(texts, [[k // 40] for k in range(160)])
    assert any(part in word for word in named[0].words)
    assert all(2 <= len(word) <= 3 for word in named[0].words)


def test_languages_without_a_list_of_small_words_are_named_too() -> None:
    ours = "der Zug kam mit Verspätung und ohne Licht"
    others = ("das Wetter war schön und warm", "der Garten mit Rosen und Lilien", "das Boot fuhr auf dem See")
    texts = [f"{one} heute" for one in (ours, *others) for _ in range(40)]
    name = _named(texts, [[k // 40] for k in range(160)])[0].name
    assert "Zug" in name or "Verspätung" in name or "Licht" in name


def test_words_are_read_in_the_order_they_stand_in_and_no_more_than_asked_for() -> None:
    words = read_words(["One two, three", None, "", "four's fours five six seven"], 4)
    read = "".join("|" if word == END else f" {words.names[word]} " for word in words.word.tolist())
    assert re.sub("[|]+", "|", read).split() == [
        "one",
        "two",
        "|",
        "three",
        "|",
        "four",
        "four",
        "five",
        "six",
    ]
    assert words.text[-4:].tolist() == [3, 3, 3, 3]


def test_what_is_read_of_very_many_texts_is_bounded() -> None:
    texts = [f"{FILLER} number{k % 7}" * 9 for k in range(3000)]
    leaves = np.arange(3000) % 1500
    found = leaf_terms(texts, leaves, 1500)
    assert found.has.shape[0] == 3000
    few = leaf_terms(texts * 20, np.zeros(60_000, np.int64), 1)
    assert few.texts.tolist() == [250]


def test_texts_without_a_word_name_nothing() -> None:
    found = _named(["…", "!!", "12", ""] * 20, [[k % 2] for k in range(80)])
    assert {name.named_by for name in found.values()} == {"number"}
