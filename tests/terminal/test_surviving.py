"""What is typed, and where she is, outlive the program however it ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., Any]
Run = Callable[..., str]

STORY = (
    "It was late. Ines Duarte said that the old ramp holds. Nobody was hurt. The bridge is shut. It rained at night. "
    "The mayor said it would open soon.\n"
)
WORDS = "Ask the harbour master about the ramp"


@pytest.fixture(autouse=True)
def story(tmp_path: Path, terminal: Start, run: Run) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    run("import", str(path))
    return path


def kill(screen: Any) -> None:
    screen.kill()


def hang_up(screen: Any) -> None:
    screen.hang_up()
    assert screen.process.wait(10) in (-signal.SIGHUP, 129)


def stop_and_hang_up(screen: Any) -> None:
    """The terminal goes when it was given to another program, and taken again, before."""
    before = len(screen.output)
    screen.process.send_signal(signal.SIGTSTP)
    while not os.WIFSTOPPED(os.waitpid(screen.process.pid, os.WUNTRACED)[1]):
        pass
    screen.settle()
    assert b"\x1b[?1049l" in screen.output[before:]
    assert screen.settings == screen.settings_before
    before = len(screen.output)
    screen.process.send_signal(signal.SIGCONT)
    screen.wait_for_bytes(b"\x1b[?1049h", before)
    screen.wait_for_bytes(WORDS.encode(), before)
    hang_up(screen)


def ended_by(number: signal.Signals) -> Callable[[Any], None]:
    def end(screen: Any) -> None:
        before = len(screen.output)
        screen.process.send_signal(number)
        assert screen.ended() == 128 + number
        # The terminal is given back: its own screen, the cursor, no mouse, no pastes in brackets.
        for sequence in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert sequence in screen.output[before:]

    return end


ENDS: dict[str, tuple[Callable[[Any], None], dict[str, Any]]] = {
    "kill -9": (kill, {}),
    "SIGTERM": (ended_by(signal.SIGTERM), {}),
    "SIGHUP": (ended_by(signal.SIGHUP), {}),
    "SIGINT": (ended_by(signal.SIGINT), {}),
    "a terminal that goes": (hang_up, {"controlling": True}),
    "a terminal that goes, with SIGHUP ignored": (
        hang_up,
        {"controlling": True, "before": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)},
    ),
    "a terminal that goes behind a stop, with SIGHUP ignored": (
        stop_and_hang_up,
        {"controlling": True, "before": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)},
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_note_that_is_being_typed_and_the_claim_are_there_again(end: str, terminal: Start) -> None:
    how, options = ENDS[end]
    screen = terminal("review", **options)
    screen.wait_for("Claim 1 of 6")
    screen.type("jj")
    screen.wait_for("Claim 3 of 6")
    screen.type("o")
    screen.wait_for("Note on claim 3")
    screen.type(WORDS)
    screen.wait_for(WORDS)
    # A draft is half a second old at the most.
    time.sleep(0.5)
    how(screen)
    if how not in (kill, hang_up, stop_and_hang_up):
        assert screen.settings == screen.settings_before

    again = terminal("review")
    again.wait_for("Claim 3 of 6(?s:.*)Not kept +note: Ask the harbour")
    assert "o goes on" in again.text
    again.type("o")
    again.wait_for(f"Note on claim 3(?s:.*){WORDS}")
    again.type(" today\x13")
    # What was not kept is the note now.
    again.wait_for(r"Evidence none +v *\n +Note +Ask the harbour")


def test_a_terminal_that_goes_while_the_program_starts_ends_it_too(terminal: Start) -> None:
    screen = terminal("review")
    screen.wait_for_bytes(b"\x1b[?1049h")
    screen.hang_up()
    assert screen.process.wait(20) in (-signal.SIGHUP, 1, 129)
    terminal("review").wait_for("Claim 1 of 6")


def test_the_words_of_a_search_and_of_a_sources_name_wait_too(terminal: Start) -> None:
    screen = terminal("review")
    screen.wait_for("Claim 1 of 6")
    screen.type("/")
    screen.wait_for("find: words")
    screen.type("old ramp")
    screen.wait_for("old ramp *\n")
    time.sleep(0.5)
    screen.kill()
    again = terminal("review")
    again.wait_for("Claim 1 of 6")
    again.type("/")
    again.wait_for("old ramp *\n")
    again.type("\r")
    again.wait_for("hit 1 of")


def test_what_is_typed_while_another_program_has_the_database_is_kept_when_she_leaves(
    terminal: Start, tmp_path: Path
) -> None:
    screen = terminal("review")
    screen.wait_for("Claim 1 of 6")
    screen.type("j")
    screen.wait_for("Claim 2 of 6")
    time.sleep(0.5)
    with closing(sqlite3.connect(tmp_path / "annotations.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        screen.type("o")
        screen.wait_for("Note on claim 2")
        screen.type(WORDS)
        screen.wait_for(WORDS)
        left = time.monotonic()
        screen.type("\x11")
        assert screen.ended() == 1
        assert time.monotonic() - left < 6
        assert b"kept for the next start" in screen.output
        other.execute("rollback")
    again = terminal("review")
    again.wait_for("Claim 2 of 6(?s:.*)Not kept +note: Ask the harbour")


def test_what_is_typed_while_another_program_has_the_database_outlives_kill_9(terminal: Start, tmp_path: Path) -> None:
    screen = terminal("review")
    screen.wait_for("Claim 1 of 6")
    with closing(sqlite3.connect(tmp_path / "annotations.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        screen.type("jjj")
        screen.wait_for("Claim 4 of 6")
        screen.type("o")
        screen.wait_for("Note on claim 4")
        screen.type(WORDS)
        screen.wait_for(WORDS)
        time.sleep(0.6)
        screen.kill()
        other.execute("rollback")
    again = terminal("review")
    again.wait_for("Claim 4 of 6(?s:.*)Not kept +note: Ask the harbour")


def test_a_note_that_is_refused_is_not_lost(terminal: Start, run: Run) -> None:
    screen = terminal("review")
    screen.wait_for("Claim 1 of 6")
    screen.type("o")
    screen.wait_for("Note on claim 1")
    screen.type(WORDS)
    screen.wait_for(WORDS)
    run("scheme", "use", "fever-3")
    screen.type("\x13")
    screen.wait_for("what you entered waits(?s:.*)")
    screen.wait_for("Not kept +note: Ask the harbour")
    screen.kill()
    terminal("review").wait_for("Not kept +note: Ask the harbour")
