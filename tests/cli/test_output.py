"""Tables on the terminal: aligned whatever they hold, and within its width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from terrella.cli import output
from terrella.cli.output import print_table


def printed(capsys: pytest.CaptureFixture[str], *rows: tuple[object, ...], heads: str = "a b") -> list[str]:
    print_table(heads.split(), rows)
    return capsys.readouterr().out.splitlines()


def test_fractions_of_a_column_end_at_the_same_digit(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, (6.93364, 1.0), (7.1375, 3.0), (None, 12.0)) == [
        "      a   b",
        "6.93364   1",
        "7.13750   3",
        "      -  12",
    ]
    assert printed(capsys, (1e-9, float("nan")), (2.5e9, 0.5)) == [
        "      a    b",
        "  1e-09  nan",
        "2.5e+09  0.5",
    ]
    assert printed(capsys, (0.0, 0.25), (0.0, 0.125)) == ["a      b", "0  0.250", "0  0.125"]


def test_wide_letters_count_twice(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ("✅ yes", "x"), ("東京都", "y"), ("no", "z"))
    assert {cell_len(line) - 1 for line in lines} == {8}
    print_table(["a"], [("東" * 50,)], widest=9)
    assert capsys.readouterr().out.splitlines()[1] == "東東東東…"


def test_a_narrow_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Long texts are cut first; a row of too many columns becomes a list."""
    monkeypatch.setattr(output, "_room", lambda: 40)
    lines = printed(capsys, ("x" * 50, "y" * 18), ("short", "z"))
    assert [len(line) for line in lines] == [21, 38, 21] or max(map(len, lines)) <= 40
    assert lines[1].split()[1] == "y" * 18
    heads = " ".join(f"column-{place}" for place in range(6))
    lines = printed(capsys, tuple(range(6)), ("long " * 20, *range(5)), heads=heads)
    assert lines[:3] == ["column-0  0", "column-1  1", "column-2  2"]
    assert lines[6] == ""
    assert lines[7].startswith("column-0  long long")
    assert max(map(len, lines)) <= 40
