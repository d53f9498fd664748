"""Styles are written shorter than Textual writes them, and look the same."""

from __future__ import annotations

from typing import Any

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.style_codes import shortened

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
