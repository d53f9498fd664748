from __future__ import annotations

import json
import lzma
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seeds" / "01-harbour-cranes.txt"


def test_five_claims_survive_kill_9_and_are_exported(terminal: Callable[..., Any], run: Callable[..., str]) -> None:
    run("import", str(SEED))
    screen = terminal("review")
    screen.wait_for(r"Claim 1 of \d+")
    for number in range(1, 6):
        screen.type("as")
        screen.wait_for(rf"Claim {number + 1} of \d+")
    screen.wait_for(r"5 of \d+ ▰")
    screen.kill()

    again = terminal("review")
    again.wait_for(r"5 of \d+ ▰")
    again.type("\x1b[H")
    for number in range(1, 6):
        again.wait_for(rf"Claim {number} of \d+ .*done(?s:.*)supported")
        again.type("j")
    assert "done" not in again.wait_for(r"Claim 6 of \d+.*").split("Claim 6 of")[1].splitlines()[0]
    again.type("\x11")
    assert again.ended() == 0

    rows = [json.loads(line) for line in run("export", "jsonl").splitlines()]
    assert len(rows) == 5
    assert {row["reviewer"] for row in rows} == {"ana"}
    text = SEED.read_text(encoding="utf-8")
    for row in rows:
        assert "supported" in json.dumps(row)
        assert row["text"] in text
    run("doctor")


def test_an_articles_escape_sequences_never_come_out(
    terminal: Callable[..., Any], run: Callable[..., str], tmp_path: Path
) -> None:
    sequences = ["\x1b]0;taken over\x07", "\x1b]52;c;dGFrZW4=\x07", "\x1b[6n", "\x1b[38;5;199m", "\x9b5n", "\u202e"]
    nasty = tmp_path / "nasty.txt"
    nasty.write_text(
        f"Bridge {sequences[0]} closed\n\nIt closed {''.join(sequences[1:])} at dawn. [red]Nobody[/red] was hurt.\n",
        encoding="utf-8",
    )
    listed = run("import", str(nasty)) + run("articles")
    screen = terminal("review")
    shown = screen.wait_for(r"Claim \d+ of \d+")
    screen.type("j/[red]\r")
    screen.wait_for("hit 1 of")
    screen.type("fqqh")
    screen.wait_for("flagged")
    screen.type("\x1b")
    screen.type("\x11")
    screen.ended()
    for sequence in sequences:
        assert sequence not in listed
        assert sequence.encode() not in screen.output
    assert "taken over" in shown
    assert "[red]Nobody[/red]" in shown


EIGHT_COLOURS = ("xterm", "screen", "linux")
NO_COLOURS = ("vt220", "xterm-256color with NO_COLOR")


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("term", [*EIGHT_COLOURS, *NO_COLOURS])
def test_marks_and_the_present_claim_differ_where_colours_are_few_or_none(
    term: str,
    theme: str,
    terminal: Callable[..., Any],
    run: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    term, _, no_colour = term.partition(" with ")
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("COLORTERM", raising=False)
    if no_colour:
        monkeypatch.setenv(no_colour, "1")
    (tmp_path / "config.toml").write_text(f'theme = "{theme}"\n')
    story = tmp_path / "story.txt"
    story.write_text("It was late. Ines Duarte said that the old ramp holds. Nobody was hurt.\n", encoding="utf-8")
    run("import", str(story))
    screen = terminal("review")
    screen.wait_for("Claim 1 of 3")
    screen.type("j")
    screen.wait_for("Claim 2 of 3")
    screen.type("\r")
    screen.wait_for(r"\? Ines(?s:.*)u takes it back")
    looks = {
        "source": screen.look_of("Ines Duarte"),
        "cue": screen.look_of("said that")[:4],
        "content": screen.look_of("old ramp holds"),
        "elsewhere": screen.look_of("Nobody was hurt"),
    }
    # On the Linux console an underline is a colour of its own, so the signs differ there as well.
    signs = {name: {(each.underscore, each.reverse) for each in look} for name, look in looks.items()}
    assert all(len(found) == 1 for found in signs.values())
    assert len({sign for found in signs.values() for sign in found}) == 4
    assert not any(each.italics for row in screen.rows for each in row)
    present = screen.look_of(" holds. ")[6]
    assert (screen.look_of("? Ines")[0].reverse, screen.look_of("· Nobody")[0].reverse) == (True, False)
    colours = {each.fg for row in screen.rows for each in row} | {each.bg for row in screen.rows for each in row}
    if term in EIGHT_COLOURS:
        assert len({look[0].fg for look in looks.values()} | {present.fg}) == 5
        # None of more than sixteen: pyte gives those as hexadecimal numbers.
        assert not any(re.fullmatch("[0-9a-f]{6}", colour) for colour in colours)
    else:
        assert colours == {"default"}


@pytest.mark.parametrize("pause", [0.0, 1.0])
def test_ctrl_q_leaves_the_database_s_file_whole_by_itself(
    terminal: Callable[..., Any], run: Callable[..., str], tmp_path: Path, pause: float
) -> None:
    run("import", str(SEED))
    screen = terminal("review")
    screen.wait_for(r"Claim 1 of \d+")
    screen.settle(pause)
    screen.type("\x11")
    assert screen.ended() == 0
    assert [path.name for path in tmp_path.glob("annotations.db*") if path.name.endswith(("-wal", "-shm"))] == []


def test_the_first_start_after_an_update_says_so_before_the_screen_is_taken(
    terminal: Callable[..., Any], tmp_path: Path
) -> None:
    kept = Path(__file__).parents[1] / "store" / "kept" / "schema-2.db.xz"
    (tmp_path / "annotations.db").write_bytes(lzma.decompress(kept.read_bytes()))
    screen = terminal()
    screen.wait_for(r"14 articles|Queue")
    said, taken, _ = screen.output.partition(b"\x1b[?1049h")
    assert taken
    assert b"annotations.db: was made by an earlier version and is brought up to date" in said.replace(b"\r\n", b"\n")
    assert b"bringing it up to date" in said
    assert b"100%" in said
