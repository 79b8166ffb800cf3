"""What the program does with a stored dataset, from adding to it to going back: for people and as JSON."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]

WORDS = ("harbour ship sail wind", "bread oven flour yeast", "violin cello bow string")
KINDS = ("sea", "kitchen", "music")
COUNT = 36


def rows(numbers: range) -> str:
    return "\n".join(
        json.dumps(
            {
                "key": f"k{number}",
                "kind": KINDS[number % 3],
                "words": f"{WORDS[number % 3]} word{number % 5}",
                "stars": number % 7,
            }
        )
        for number in numbers
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the dataset `notes` and its map."""
    from typer.testing import CliRunner

    from terrella.cli import app

    folder = tmp_path_factory.mktemp("stored")
    (folder / "notes.jsonl").write_text(rows(range(COUNT)))
    words = ["map", str(folder / "notes.jsonl"), "--id", "key", "--text", "words", "--label", "kind"]
    more = ["--projection", "pca", "--no-serve", "--json", "--home", str(folder / "home")]
    result = CliRunner().invoke(app, [*words, *more])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["count"] == COUNT
    return folder / "home"


@pytest.fixture
def run(invoke: Invoke, made: Path, tmp_path: Path) -> Callable[..., Result]:
    """Run `terrella` on a home of the test's own, and expect it to end well."""
    shutil.copytree(made, tmp_path / "home")

    def run(*words: object, code: int = 0) -> Result:
        result = invoke(*words, home=tmp_path / "home", cwd=tmp_path)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def told(run: Callable[..., Result]) -> Callable[..., Any]:
    """Run `terrella … --json` and return what it says."""
    return lambda *words: json.loads(run(*words, "--json").stdout)


def test_list_and_info(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    (listed,) = told("list")
    assert (listed["name"], listed["items"], listed["map"], listed["problem"]) == ("notes", COUNT, True, None)
    found = told("info", "notes")
    assert found["items"] == COUNT
    roles = {field["name"]: field["role"] for field in found["fields"]}
    assert roles == {"key": "id", "kind": "label", "words": "text", "stars": None}
    assert [(one["name"], one["projections"]) for one in found["maps"]] == [("main", ["pca"])]
    assert [one["derived"] for one in found["vectors"]] == [True]
    shown = run("info", "notes").stdout
    assert shown.startswith(f"notes: {COUNT} items")
    for title in ("Fields", "Vectors", "Maps"):
        assert f"\n{title}\n" in shown


def test_sql(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    query = "select kind, count(*) as n from data group by kind order by kind"
    expected = [{"kind": kind, "n": COUNT // 3} for kind in sorted(KINDS)]
    assert told("sql", "notes", query) == expected
    assert next(csv.DictReader(io.StringIO(run("sql", "notes", query, "--csv").stdout)))["kind"] == "kitchen"
    assert run("sql", "notes", query).stdout.splitlines() == [
        "kind      n",
        "kitchen  12",
        "music    12",
        "sea      12",
    ]
    cut = run("sql", "notes", "select key, pca_x from data", "--limit", 2)
    assert len(cut.stdout.splitlines()) == 3
    assert cut.stderr == "Note: there are more than these 2 rows; --limit shows more.\n"
    wrong = run("sql", "notes", "select keys from data", code=2)
    assert wrong.stderr.startswith('Error: referenced column "keys" not found')
    assert wrong.stderr.count("\n") == 1


def test_tags(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    assert run("tag", "notes").stdout == "notes has no tags.\n"
    assert told("tag", "notes", "salty", "--where", "kind = 'sea'") == [{"tag": "salty", "items": 12}]
    assert told("tag", "notes", "best", "k1", "k2") == [{"tag": "best", "items": 2}]
    assert told("tag", "notes", "best", "k1", "--remove") == [{"tag": "best", "items": 1}]
    query = "select count(*) as n from data where list_contains(tags, 'salty')"
    assert told("sql", "notes", query) == [{"n": 12}]
    assert run("tag", "notes").stdout.splitlines() == ["TAG    ITEMS", "salty     12", "best       1"]
    told("tag", "notes", "best", "--remove")
    assert [tag["tag"] for tag in told("tag", "notes")] == ["salty"]


def test_search(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    found = told("search", "notes", "flour", "-k", 5)
    assert {item["fields"]["kind"] for item in found["items"]} == {"kitchen"}
    assert len(found["items"]) == 5
    like = told("search", "notes", "--item", "k2", "--where", "stars < 3", "-k", 4)
    assert all(item["fields"]["stars"] < 3 for item in like["items"])
    assert "distance" in like["items"][0]
    lines = run("search", "notes", "violin", "--by", "words", "-k", 3).stdout.splitlines()
    assert lines[0].split() == ["SCORE", "KEY", "KIND", "WORDS"]
    assert len(lines) == 4


def test_more_items_find_their_places(
    run: Callable[..., Result], told: Callable[..., Any], tmp_path: Path
) -> None:
    before = told("sql", "notes", "select key, pca_x from data order by _row limit 3")
    (tmp_path / "more.jsonl").write_text(rows(range(COUNT, COUNT + 3)))
    added = told("add", "notes", "more.jsonl")
    assert added == {"dataset": "notes", "items": COUNT + 3, "added": 3, "changed": 0, "maps": ["main"]}
    assert told("sql", "notes", "select count(pca_x) as n from data") == [{"n": COUNT + 3}]
    assert told("sql", "notes", "select key, pca_x from data order by _row limit 3") == before
    again = run("add", "notes", "more.jsonl", code=2)
    assert "already has the id 'k36'" in again.stderr
    (tmp_path / "stars.csv").write_text("key,stars\nk0,70\nk1,71\n")
    changed = told("add", "notes", "stars.csv", "--update", "--no-map")
    assert (changed["added"], changed["changed"], changed["maps"]) == (0, 2, [])
    assert told("sql", "notes", "select max(stars) as most, count(words) as n from data") == [
        {"most": 71, "n": COUNT + 3}
    ]


def test_a_new_dataset_can_be_added_to(
    run: Callable[..., Result], told: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "more.jsonl").write_text(rows(range(4)))
    assert told("add", "fresh", "more.jsonl", "--id", "key")["items"] == 4
    assert run("add", "nowhere", "more.jsonl", "--update", code=2).stderr.startswith(
        "Error: there is no dataset"
    )


def test_deleted_items_come_back(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    told("tag", "notes", "last", "k35")
    assert told("delete", "notes", "k0", "k1", "--yes") == {
        "dataset": "notes",
        "removed": 2,
        "items": COUNT - 2,
    }
    assert told("sql", "notes", "select count(*) as n, count(pca_x) as mapped from data") == [
        {"n": COUNT - 2, "mapped": COUNT - 2}
    ]
    assert told("sql", "notes", "select key from data where list_contains(tags, 'last')") == [{"key": "k35"}]
    versions = told("restore", "notes")
    assert [one["version"] for one in versions] == sorted(one["version"] for one in versions)
    before = max(one["version"] for one in versions if one["count"] == COUNT)
    assert told("restore", "notes", before)["items"] == COUNT
    assert run("restore", "notes").stdout.splitlines()[0].split() == ["VERSION", "ITEMS", "WRITTEN", "BY"]
    assert run("restore", "notes", 99, code=2).stderr.startswith("Error: ")


def test_a_stored_dataset_gets_another_map(run: Callable[..., Result], told: Callable[..., Any]) -> None:
    words = ("map", "notes", "--map", "words", "--projection", "pca", "--no-topics", "--no-serve")
    made = told(*words)
    assert (made["dataset"], made["name"], made["address"], made["count"]) == (
        "notes",
        "words",
        "notes~words",
        COUNT,
    )
    assert [one["name"] for one in told("info", "notes")["maps"]] == ["main", "words"]
    refused = run("map", "notes", "--label", "kind", "--no-serve", code=2)
    assert refused.stderr.startswith("Error: --label says how a source is read, and notes is stored already.")
    unknown = run("map", "nothing.csv", "--map", "words", "--no-serve", code=2)
    assert "for datasets that are stored" in unknown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("search", "notes"), "one of TEXT, --item and --image; got none"),
        (("search", "notes", "sea", "--item", "k1"), "got TEXT and --item"),
        (("search", "notes", "--item", "k99"), "k99"),
        (("sql", "notes", "select 1", "--csv", "--json"), "can't both be had"),
        (("sql", "note", "select 1"), "Did you mean 'notes'?"),
        (("tag", "notes", "best"), "which items get the tag 'best'"),
        (("tag", "notes", "best", "k99"), "k99"),
        (("tag", "notes", "best", "k1", "--where", "true"), "not by both"),
        (("tag", "notes", "nothing", "--remove"), "nothing"),
        (("tag", "notes", "--remove"), "need a tag"),
        (("delete", "notes", "k1"), "needs a yes"),
        (
            ("delete", "notes", "--where", "stars > ", "--yes"),
            "'stars > ' has no answer: syntax error at its end.",
        ),
        (("sql", "notes", "selct 1"), 'near "selct". A query reads: select … from data where …'),
        (
            ("sql", "notes", "select 1", "--map", "mian"),
            "has no map 'mian'; it has main. Did you mean 'main'?",
        ),
        (("search", "notes", "--item", "k999"), "no item 'k999'. Its ids are in 'key', such as 'k0'"),
        (
            ("map", "noets"),
            "neither a file or folder here nor a stored dataset. Did you mean the dataset 'notes'",
        ),
        (("export", "notes", "out.xyz"), "does not say what to export"),
        (("export", "notes", "out", "--as", "images"), "keeps no images"),
        (("add", "notes", "none.csv"), "none.csv does not exist"),
        (("add", "notes", "none.csv", "--upsert", "--update"), "Choose one"),
        (("info", "Nots"), "Did you mean 'notes'?"),
        (("restore", "notes", "0"), "0"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Callable[..., Result], words: tuple[str, ...], says: str
) -> None:
    result = run(*words, code=2)
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_export(run: Callable[..., Result], told: Callable[..., Any], tmp_path: Path) -> None:
    done = told("export", "notes", "sea.csv", "--where", "kind = 'sea'")
    assert (done["count"], done["format"]) == (12, "csv")
    assert {row["kind"] for row in csv.DictReader(io.StringIO((tmp_path / "sea.csv").read_text()))} == {"sea"}
    assert "exists already" in run("export", "notes", "sea.csv", code=2).stderr
    assert run("export", "notes", "sea.csv", "--force").stdout.startswith(f"Wrote {COUNT} items to ")
    site = told("export", "notes", "site", "--as", "site")
    assert (Path(site["path"]) / "map" / "manifest.json").is_file()
