from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

SEED = Path(__file__).parent.parent / "seeds" / "01-harbour-cranes.txt"
COLUMNS, LINES = 80, 24
PATIENCE = 30.0
"""Seconds after which the screen is taken to show nothing more."""

# What a modern terminal swallows and pyte would print: queries, kitty's keyboard protocol, titles, cursor shapes.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;]*(?:\$p|[a-gi-km-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;<>=?$]*|[\]P_^][^\x07\x1b]*\x1b?)?\Z")


class Terminal:
    """The installed command in a terminal of its own, and a model of what that terminal shows."""

    def __init__(self, *arguments: str) -> None:
        self.output = b""
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "annotator", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def _read(self, seconds: float) -> bool:
        """Take in what comes within the time; False at the end of the output."""
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        text = self._pending + self._decoder.decode(data)
        rest = _UNFINISHED.search(text)
        self._pending = rest[0] if rest else ""
        self._stream.feed(_UNKNOWN.sub("", text[: rest.start()] if rest else text))
        return bool(data)

    def look_of(self, words: str) -> list[pyte.screens.Char]:
        """The characters of the first place below the title that shows these words, with their colours and signs."""
        row = next(row for row, line in enumerate(self._screen.display) if row and words in line)
        column = self._screen.display[row].index(words)
        return [self._screen.buffer[row][at] for at in range(column, column + len(words))]

    @property
    def rows(self) -> list[list[pyte.screens.Char]]:
        """Every character of the screen."""
        return [[self._screen.buffer[row][column] for column in range(COLUMNS)] for row in range(LINES)]

    @property
    def text(self) -> str:
        """What the terminal shows, line by line."""
        return "\n".join(self._screen.display)

    def wait_for(self, pattern: str) -> str:
        """Read until the screen shows the pattern; what it shows then."""
        deadline = time.monotonic() + PATIENCE
        while not re.search(pattern, self.text):
            if time.monotonic() > deadline or not self._read(max(0.0, deadline - time.monotonic())):
                raise AssertionError(f"{pattern!r} never came; the screen shows:\n{self.text}")
        return self.text

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def ended(self) -> int:
        """The exit status, once the program has ended."""
        deadline = time.monotonic() + PATIENCE
        while self._read(max(0.0, deadline - time.monotonic())):
            assert time.monotonic() < deadline, f"it never ended; the screen shows:\n{self.text}"
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """kill -9: no signal that could be caught, no time to save anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def close(self) -> None:
        """End the program if it has not ended, and close the terminal."""
        if self.process.poll() is None:
            self.kill()
        os.close(self._master)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Start the command in a terminal: `terminal("review")`; the database is in the test's folder."""
    monkeypatch.setenv("ANNOTATOR_DB", str(tmp_path / "annotations.db"))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "ana")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_THEME", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    opened: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        opened.append(Terminal(*arguments))
        return opened[-1]

    yield start
    for made in opened:
        made.close()


def run(*arguments: str) -> str:
    """A command that needs no terminal; its standard output."""
    command = [sys.executable, "-m", "annotator", *arguments]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
    ).stdout


def test_five_claims_survive_kill_9_and_are_exported(terminal: Callable[..., Terminal]) -> None:
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


def test_an_articles_escape_sequences_never_come_out(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
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
    screen.wait_for("flag: yes")
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
    term: str, theme: str, terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    screen.wait_for("~ Ines(?s:.*)u takes it back")
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
    assert (screen.look_of("~ Ines")[0].reverse, screen.look_of("· Nobody")[0].reverse) == (True, False)
    colours = {each.fg for row in screen.rows for each in row} | {each.bg for row in screen.rows for each in row}
    if term in EIGHT_COLOURS:
        assert len({look[0].fg for look in looks.values()} | {present.fg}) == 5
        # None of more than sixteen: pyte gives those as hexadecimal numbers.
        assert not any(re.fullmatch("[0-9a-f]{6}", colour) for colour in colours)
    else:
        assert colours == {"default"}
