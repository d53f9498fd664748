from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.neutral_output import keep_output_neutral, neutral_strip


@pytest.mark.parametrize("steering", ["\x1b[35m", "\x1b]0;a title\x07", "\u202e", "\u2066", "\x9b5m", "\x00", "\x7f"])
def test_what_steers_a_terminal_is_left_out_of_a_strip_of_the_same_width(steering: str) -> None:
    strip = Strip([Segment(f"a{steering}b", Style(bold=True)), Segment("c")])
    neutral = neutral_strip(strip)
    assert not set(neutral.text) & set("\x1b\x07\u202e\u2066\x9b\x00\x7f")
    assert neutral.cell_length == cell_len(neutral.text) == strip.cell_length


def test_a_link_is_shown_as_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Strip, "render", Strip.render)
    keep_output_neutral()
    strip = Strip([Segment("words", Style(link="https://a.example/\x1b\\", bold=True))])
    assert strip.render(Console()) == "\x1b[1mwords\x1b[0m"


def test_a_strip_that_steers_nothing_is_left_as_it_is() -> None:
    strip = Strip([Segment("海上の橋 é ▰▱ “quoted”")])
    assert neutral_strip(strip) is strip


def test_the_filter_stands_in_front_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Strip, "render", Strip.render)
    keep_output_neutral()
    render = Strip.render
    keep_output_neutral()
    assert Strip.render is render
    assert Strip([Segment("a\x1b[35mb")]).render(Console()) == "a[35mb"
