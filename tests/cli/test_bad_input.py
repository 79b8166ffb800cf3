"""When the input is bad: the table of what goes wrong, and the one line that each ends in.

Every case runs the program on a home that holds a dataset already. What can't be done exits with 2 and one
line on stderr, and leaves the home byte for byte as it was. What can be done in spite of a flaw is done, and
says so.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image
from typer.testing import Result

Run = Callable[..., subprocess.CompletedProcess[str]]
Invoke = Callable[..., Result]
Prepare = Callable[[Path], list[str]]


def text(name: str, content: str) -> Prepare:
    """A file with that content is the source."""

    def write(folder: Path) -> list[str]:
        (folder / name).write_text(content)
        return [name]

    return write


def array(values: object) -> Prepare:
    def write(folder: Path) -> list[str]:
        np.save(folder / "vectors.npy", np.asarray(values, dtype=np.float32))
        return ["vectors.npy"]

    return write


def parquet(*options: str, **columns: list[object]) -> Prepare:
    def write(folder: Path) -> list[str]:
        pq.write_table(pa.table(columns), folder / "table.parquet")
        return ["table.parquet", *options]

    return write


def jsonl(*rows: object, options: tuple[str, ...] = ()) -> Prepare:
    def write(folder: Path) -> list[str]:
        (folder / "table.jsonl").write_text("\n".join(map(json.dumps, rows)))
        return ["table.jsonl", *options]

    return write


def empty_folder(folder: Path) -> list[str]:
    (folder / "photos").mkdir()
    return ["photos"]


def no_images(folder: Path) -> list[str]:
    (folder / "photos").mkdir()
    (folder / "photos" / "notes.txt").write_text("none here")
    return ["photos"]


def picture(size: tuple[int, int], shade: int = 200) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", size, shade).save(buffer, "PNG")
    return buffer.getvalue()


def folder_with(odd: bytes) -> Prepare:
    """Eight sound images and one odd one."""

    def write(folder: Path) -> list[str]:
        (folder / "photos").mkdir()
        for number in range(8):
            (folder / "photos" / f"{number}.png").write_bytes(picture((8, 8), number * 30))
        (folder / "photos" / "odd.png").write_bytes(odd)
        return ["photos"]

    return write


def nothing(folder: Path) -> list[str]:
    return ["absent.csv"]


def damaged_array(folder: Path) -> list[str]:
    (folder / "vectors.npy").write_bytes(b"\x93NUMPY\x01\x00")
    return ["vectors.npy"]


def with_gaps(folder: Path) -> list[str]:
    (folder / "table.csv").write_text("words,n\nab cd,1\ncd ef,\nef gh,3\n,4\n")
    return ["table.csv", "--text", "words"]


def short_vector_file(folder: Path) -> list[str]:
    (folder / "table.csv").write_text("name\na\nb\nc\nd\n")
    np.save(folder / "vectors.npy", np.zeros((3, 2), dtype=np.float32))
    return ["table.csv", "--vectors", "vectors.npy"]


ROWS = [{"name": f"n{row}", "v": [row, row * row % 7, 1.0]} for row in range(6)]
NUMBERS = np.random.default_rng(0).normal(size=(6, 3))
NAN, INFINITY = NUMBERS.copy(), NUMBERS.copy()
NAN[4, 1], INFINITY[2, 0] = np.nan, -np.inf

REFUSED = [
    ("a path that does not exist", nothing, r"absent\.csv does not exist\. Check the path.*"),
    ("a path nearly right", lambda folder: [*text("table.csv", "a\n")(folder)[:0], "tabel.csv"],
     r"tabel\.csv does not exist\. Did you mean table\.csv\? Check the path.*"),
    ("an empty folder", empty_folder, r"photos is an empty folder\. Put images into it.*"),
    ("a folder without images", no_images, r"photos .*no images.*"),
    ("an empty file", text("table.csv", ""), r"table\.csv .*"),
    ("a table without rows", text("table.csv", "name,year\n"), r"table\.csv has no rows\. Add items\."),
    ("one row", array(NUMBERS[:1]), r"vectors\.npy has 1 item; a map needs at least 3\. Add items\."),
    ("two rows", array(NUMBERS[:2]), r"vectors\.npy has 2 items; a map needs at least 3\. Add items\."),
    ("a NaN", array(NAN), r".*finite.* row 4, column 1 holds nan\. Remove .*"),
    ("an infinity", array(INFINITY), r".*finite.* row 2, column 0 holds -inf\. Remove .*"),
    ("a ragged list", jsonl(*ROWS, {"v": [1.0, 2.0]}, options=("--vectors", "v")), r".*v.*same length.*"),
    ("vectors of mixed lengths", parquet("--vectors", "v", v=[[1], [1, 2], [3]]), r".*v.*same length.*"),
    ("vectors that are text", parquet("--vectors", "v", v=["a", "b", "c"]), r".*'v'.*"),
    ("a vector file of another length", short_vector_file, r".*vectors\.npy.*3.*4.*"),
    ("a vector file that is damaged", damaged_array, r"vectors\.npy .*"),
    ("an unknown column", jsonl(*ROWS, options=("--label", "nmae")), r".* no column 'nmae'.* mean 'name'\?"),
    ("an unknown vector column", jsonl(*ROWS, options=("--vectors", "w")), r".*'w'.*"),
    ("a duplicate id", jsonl(*ROWS, ROWS[2], options=("--id", "name")), r".*'n2'.*"),
    ("a broken line", text("table.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n'), r"table\.jsonl.*"),
    ("another kind of file", text("table.docx", "x"), r"table\.docx ends in \.docx, .*\.csv.*"),
    ("an unknown projection", lambda folder: [*array(NUMBERS)(folder), "--projection", "unap"],
     r"projection must be one of 'auto', 'umap',.*; got 'unap'\. Did you mean 'umap'\?"),
    ("a misspelt option", lambda folder: [*array(NUMBERS)(folder), "--projection", "umap:min_dis=0.1"],
     r"projection 'umap' has no option 'min_dis'; it has n_neighbors, .*\. Did you mean 'min_dist'\?"),
    ("another's option", lambda folder: [*array(NUMBERS)(folder), "--projection", "tsne:min_dist=0.1"],
     r"projection 'tsne' has no option 'min_dist'; it has perplexity, .* an option of auto and umap and .*"),
    ("an option without number", lambda folder: [*array(NUMBERS)(folder), "--projection", "umap:spread=wide"],
     r"spread must be a number above 0; got 'wide'\. The usual value is 1\.0\."),
    ("an unknown metric", lambda folder: [*array(NUMBERS)(folder), "--metric", "cosin"],
     r"metric must be one of .*; got 'cosin'\. Did you mean 'cosine'\?"),
    ("an unknown search", lambda folder: [*array(NUMBERS)(folder), "--neighbors", "brute"],
     r"neighbors must be one of 'auto', 'exact', 'approximate'; got 'brute'\."),
    ("a negative seed", lambda folder: [*array(NUMBERS)(folder), "--seed", "-1"],
     r"random_state must be a whole number from 0 .*; got -1\..*"),
    ("a name without letters", lambda folder: [*array(NUMBERS)(folder), "--name", "?"], r"name must have .*"),
]  # fmt: skip

LATE = [
    (
        "nothing to lay out",
        text("table.csv", "year\n1\n2\n3\n"),
        r".*no vectors, images or text.*year.*--text\.",
    ),
    (
        "more neighbours than items",
        lambda folder: [*array(NUMBERS)(folder), "--projection", "umap:n_neighbors=9"],
        r"n_neighbors must be at most 5, all others of the 6 items; got 9\. Ask for less or add items\.",
    ),
    ("identical rows", array(np.ones((12, 3))), r"all 12 vectors are identical, nothing to lay out\. .*"),
]

DONE = [
    ("two different rows among many", array([[0, 0]] * 6 + [[1, 1]] * 6), ""),
    ("a truncated PNG", folder_with(picture((64, 64))[:60]), r"1 unreadable: .*odd\.png"),
    ("a file that is no image", folder_with(b"hello"), r"1 unreadable: .*odd\.png"),
    ("a 1 by 5000 image", folder_with(picture((1, 5000))), ""),
    ("a missing number", with_gaps, ""),
]


def contents(home: Path) -> dict[str, str]:
    """Every file of a home by its contents, but for locks, which name their holder, and caches."""
    passing = {".locks", "cache"}
    files = (path for path in home.rglob("*") if path.is_file() and not passing & set(path.parts))
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def folders(home: Path) -> set[str]:
    return {path.name for path in (home / "datasets").iterdir() if path.name != ".locks"}


@pytest.mark.parametrize(
    ("prepare", "line"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_refused(invoke: Invoke, home: Path, tmp_path: Path, prepare: Prepare, line: str) -> None:
    before = contents(home)
    ended = invoke("map", *prepare(tmp_path), "--no-serve", home=home, cwd=tmp_path)
    assert re.fullmatch(f"Error: {line}\n", ended.stderr), ended.stderr
    assert ended.exit_code == 2
    assert contents(home) == before
    assert folders(home) == {"kept"}


@pytest.mark.parametrize("name", ["new", "kept"])
@pytest.mark.parametrize(("prepare", "line"), [case[1:] for case in LATE], ids=[case[0] for case in LATE])
def test_what_only_the_layout_finds(
    invoke: Invoke, home: Path, tmp_path: Path, prepare: Prepare, line: str, name: str
) -> None:
    """Even a dataset that was to be replaced is as it was, with its map."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    before = contents(copy)
    ended = invoke("map", *prepare(tmp_path), "--name", name, "--no-serve", home=copy, cwd=tmp_path)
    assert re.fullmatch(f"Error: {line}\n", ended.stderr), ended.stderr
    assert ended.exit_code == 2
    assert contents(copy) == before


@pytest.mark.parametrize(("prepare", "note"), [case[1:] for case in DONE], ids=[case[0] for case in DONE])
def test_what_is_done_all_the_same(
    invoke: Invoke, home: Path, tmp_path: Path, prepare: Prepare, note: str
) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    before = contents(copy)
    ended = invoke("map", *prepare(tmp_path), "--name", "new", "--no-serve", home=copy, cwd=tmp_path)
    assert ended.exit_code == 0, ended.stderr
    assert re.search(note, ended.stdout)
    assert contents(copy).items() >= before.items()
    assert (copy / "datasets" / "new" / "maps" / "main" / "manifest.json").is_file()


def test_a_bad_source_leaves_the_dataset_of_that_name(terrella: Run, home: Path, tmp_path: Path) -> None:
    before = contents(home)
    ended = terrella("map", *array(NAN)(tmp_path), "--name", "kept", "--no-serve", home=home, cwd=tmp_path)
    assert ended.returncode == 2
    assert contents(home) == before


def test_a_port_in_use(terrella: Run, home: Path, tmp_path: Path) -> None:
    before = contents(home)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for arguments in (["map", *array(NUMBERS)(tmp_path)], ["demo", "digits"], ["serve"]):
            ended = terrella(*arguments, "--port", port, home=home, cwd=tmp_path)
            assert ended.returncode == 2
            assert ended.stdout == ""  # found before any work was done
            assert ended.stderr == (
                f"Error: port {port} on 127.0.0.1 is in use by another program. "
                "Give another with --port, or --port 0 for any free one.\n"
            )
    assert contents(home) == before


def test_an_unknown_sample(terrella: Run, home: Path) -> None:
    before = contents(home)
    ended = terrella("demo", "mnits", "--no-serve", home=home)
    assert ended.returncode == 2
    assert re.fullmatch(
        r"Error: sample must be one of .*; got 'mnits'\. Did you mean 'mnist'\?\n", ended.stderr
    )
    assert contents(home) == before


def test_a_home_that_is_a_file(terrella: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    ended = terrella(
        "map", *array(NUMBERS)(tmp_path), "--home", tmp_path / "file", "--no-serve", cwd=tmp_path
    )
    assert ended.returncode == 2
    assert re.fullmatch(
        r"Error: the home .*file is not a folder\. Choose another folder with .*\n", ended.stderr
    )
    assert (tmp_path / "file").read_text() == "mine"


def on_a_small_disk(
    run: list[str], environment: dict[str, str], home: Path, tmp_path: Path, *, spare_kb: int, read_only: bool
) -> subprocess.CompletedProcess[str]:
    """Run a command with a copy of `home` on a disk of its own; exits with 90 if the copy then differs."""
    disk = tmp_path / "disk"
    disk.mkdir()
    used_kb = sum(-(-path.stat().st_size // 4096) * 4 + 4 for path in home.rglob("*"))
    lock = "mount -o remount,ro disk" if read_only else "true"
    script = (
        f"mount -t tmpfs -o size={used_kb + spare_kb}k tmpfs disk || exit 91; "
        f"cp -r '{home}' disk/home && {lock} || exit 91; "
        '"$@"; code=$?; '
        f"diff -r '{home}/datasets/kept' disk/home/datasets/kept >&2 || exit 90; exit $code"
    )
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *run]
    env = {**environment, "TERRELLA_HOME": str(disk / "home")}
    ended = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    if ended.returncode == 91 or "unshare" in ended.stderr:
        pytest.skip(f"a disk of its own needs user namespaces: {ended.stderr.strip()}")
    return ended


def test_a_read_only_home(
    command: list[str], environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    run = [*command, "map", *array(NUMBERS)(tmp_path), "--no-serve"]
    ended = on_a_small_disk(run, environment, home, tmp_path, spare_kb=1000, read_only=True)
    assert ended.returncode == 2, ended.stderr
    assert re.fullmatch(
        r"Error: the home .* can't be written: .* Choose another folder with .*\n", ended.stderr
    )
    assert ended.stdout == ""


@pytest.mark.parametrize("spare_kb", [64, 700, 1500])
def test_a_full_disk(
    command: list[str], environment: dict[str, str], home: Path, tmp_path: Path, spare_kb: int
) -> None:
    """1.5 MB of vectors: the import finds no room, or the map does; what was there before stays whole."""
    source = array(np.random.default_rng(0).normal(size=(3000, 128)))(tmp_path)
    run = [*command, "map", *source, "--projection", "pca", "--no-serve"]
    ended = on_a_small_disk(run, environment, home, tmp_path, spare_kb=spare_kb, read_only=False)
    assert ended.returncode == 2, ended.stderr
    assert re.fullmatch(
        r"Error: .*(no space left on device|the disk is full)\. Free some space .*\n",
        ended.stderr,
        re.IGNORECASE,
    )
