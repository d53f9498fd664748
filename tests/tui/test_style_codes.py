"""Styles are written shorter than Textual writes them, and look the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.app import App
from textual.strip import Strip

from annotator.tui import neutral_output
from annotator.tui.app import AnnotatorApp
from annotator.tui.style_codes import shortened
from annotator.workflow.config import Config
from tests.tui.conftest import BRIDGE, driven
from tests.tui.test_frames import KEYS, Glass

YES = st.sampled_from([None, True])
COLOURS = st.sampled_from([None, "default", "red", "bright_blue", "color(200)", "#112233", "#445566"])
STYLES = st.builds(
    Style, color=COLOURS, bgcolor=COLOURS, bold=YES, italic=YES, underline=YES, reverse=YES, strike=YES, blink=YES
)
PIECES = st.lists(st.tuples(st.sampled_from(["", " ", "ab", "é"]), st.none() | STYLES), max_size=8)


def rendered(pieces: list[tuple[str, Style | None]], system: Any = "truecolor") -> str:
    """As Textual writes them."""
    genuine: Any = getattr(Strip.render, "genuine", Strip.render)
    console = Console(color_system=system, force_terminal=True)
    return str(genuine(Strip([Segment(text, style) for text, style in pieces]), console))


def cells(text: str) -> list[Any]:
    """What a terminal shows of it, with the style that is left behind it."""
    screen: Any = pyte.Screen(40, 1)
    pyte.Stream(screen).feed(f"{text}.")
    return [screen.buffer[0][x] for x in range(40)]


@given(PIECES, st.sampled_from(["truecolor", "256", "standard"]))
def test_a_line_looks_as_textual_writes_it(pieces: list[tuple[str, Style | None]], system: str) -> None:
    written = rendered(pieces, system)
    assert cells(shortened(written)) == cells(written)
    assert len(shortened(written)) <= len(written)


def test_of_a_style_that_follows_another_only_what_is_another_is_written() -> None:
    bold, plain = (Style(color="#111111", bgcolor="#222222", bold=each) for each in (True, False))
    written = rendered([("a", bold), ("b", plain), ("c", plain), ("d", bold), ("e", Style(color="red", bold=True))])
    front, behind = "38;2;17;17;17", "48;2;34;34;34"
    assert shortened(written) == f"\x1b[1;{front};{behind}ma\x1b[22mbc\x1b[1md\x1b[31;49me\x1b[0m"


def test_two_attributes_that_one_code_takes_back_and_one_that_none_does() -> None:
    grey = "#111111"
    both, dim = Style(color=grey, bold=True, dim=True), Style(color=grey, dim=True)
    framed = Style(color=grey, frame=True)
    written = rendered([("a", both), ("b", dim), ("c", framed), ("d", Style(bold=True))])
    front = "38;2;17;17;17"
    assert shortened(written) == f"\x1b[1;2;{front}ma\x1b[22;2mb\x1b[22;51mc\x1b[0;1md\x1b[0m"


def test_what_is_no_style_is_left_as_it_is() -> None:
    moved = "\x1b[1mbold\x1b[0m\x1b[2;1H\x1b[3mbehind\x1b[0m"
    assert shortened(moved) == moved
    assert shortened("plain") == "plain"


def test_a_colour_that_is_the_terminal_s_own_is_no_other_style_than_none() -> None:
    written = rendered([("a", Style(reverse=True)), ("b", Style(reverse=True, bgcolor="default"))])
    assert shortened(written) == "\x1b[7mab\x1b[0m"


BOTH = re.compile("\x0e([^\x0f]*)\x0f([^\x10]*)\x10")
"""A line as it is written shorter, and as Textual writes it."""


class Glasses(Glass):
    """Two terminals: one is sent what is written shorter, the other what Textual would write."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.other = Glass(columns, rows)
        self.saved = 0

    def feed(self, text: str) -> None:
        long = BOTH.sub(r"\2", text)
        short = BOTH.sub(r"\1", text)
        self.saved += len(long) - len(short)
        self.other.feed(long)
        super().feed(short)


@pytest.mark.parametrize(
    ("system", "theme", "without"),
    [
        ("truecolor", "textual-dark", False),
        ("256", "textual-light", False),
        ("standard", "textual-dark", False),
        ("standard", "textual-dark", True),
    ],
)
async def test_a_whole_session_looks_as_textual_writes_it_on_every_kind_of_terminal(
    system: str,
    theme: str,
    without: bool,
    library: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    glasses = Glasses(80, 24)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", system)
    monkeypatch.setattr(App, "_display", lambda *given: glasses.display(*given))
    monkeypatch.setattr(Strip, "render", Strip.render)
    monkeypatch.setattr(neutral_output, "shortened", lambda text: f"\x0e{shortened(text)}\x0f{text}\x10")
    if without:
        monkeypatch.setenv("NO_COLOR", "1")
    neutral_output.keep_output_neutral()
    config = Config(tmp_path / "config.toml", theme=theme)
    app = AnnotatorApp(library(), "ana", config, place=BRIDGE.id, few_colours=system == "standard")
    async with driven(app) as desk:
        assert app.console.color_system == system
        for number, key in enumerate([*KEYS, "G", "escape", "f2", "ctrl+p", "escape"]):
            await desk.press(key)
            assert glasses.cells == glasses.other.cells, (number, key)
    assert glasses.saved > 0
