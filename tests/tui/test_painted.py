from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.neutral_output import keep_output_neutral
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.painted import Line, Painted, fitted, meter, wrapped

PIECES = [*"ab .é\u0301漢字😀\u200b", "👩‍👩‍👧", "🇵🇹", "e\u0301"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(texts, st.integers(0, 30))
def test_fitted_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width


@given(texts, st.integers(1, 30))
def test_fitted_text_is_the_text_or_its_beginning_with_an_ellipsis(text: str, width: int) -> None:
    made = fitted(text, width)
    if cell_len(text) <= width:
        assert made == text + " " * (width - cell_len(text))
    else:
        head, ellipsis, rest = made.rpartition("…")
        assert ellipsis == "…"
        assert not rest.strip()
        assert text.startswith(head)


@given(texts, st.integers(2, 30))
def test_wrapped_lines_fit_and_hold_every_character(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapping_breaks_at_blanks_and_at_line_feeds() -> None:
    assert wrapped("the old ramp\nis open", 8) == ["the old", "ramp", "is open"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrapped("an unbreakable word", 5) == ["an", "unbre", "akabl", "e", "word"]


@pytest.mark.parametrize(
    ("done", "of", "width", "bar"),
    [
        (0, 0, 5, "▱▱▱▱▱"),
        (0, 36, 5, "▱▱▱▱▱"),
        (1, 36, 5, "▰▱▱▱▱"),
        (18, 36, 4, "▰▰▱▱"),
        (35, 36, 10, "▰▰▰▰▰▰▰▰▰▱"),
        (36, 36, 10, "▰▰▰▰▰▰▰▰▰▰"),
    ],
)
def test_the_meter_is_full_only_when_all_is_done_and_never_empty_when_something_is(
    done: int, of: int, width: int, bar: str
) -> None:
    assert meter(done, of, width) == bar


class Numbered(Painted):
    """Lines of words, and how often each was painted."""

    words: ClassVar[list[str]] = ["one", "two", "three"]
    painted: ClassVar[list[int]] = []

    def line_at(self, y: int) -> Line:
        return [(self.words[y], "")] if y < len(self.words) else ()

    def paint_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().paint_line(y)


class Showing(App[None]):
    def compose(self) -> ComposeResult:
        yield Numbered()


async def test_a_line_that_was_asked_for_before_it_was_shown_is_shown_all_the_same() -> None:
    app = Showing()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        widget = app.query_one(Numbered)
        widget.words[0] = "changed"
        # As Textual does for the mouse.
        assert widget.render_line(0).text.rstrip() == "changed"
        widget.repaint()
        await pilot.pause()
        assert widget.render_lines(Region(0, 0, *widget.outer_size))[0].text.rstrip() == "changed"
        widget.words[0] = "one"


async def test_only_the_lines_that_are_another_are_painted_again() -> None:
    app = Showing()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        widget = app.query_one(Numbered)
        widget.painted.clear()
        widget.repaint()
        await pilot.pause()
        assert widget.painted == []
        widget.words[1] = "other"
        widget.repaint()
        await pilot.pause()
        assert widget.painted == [1]
        # What a resize has painted anew counts as well.
        widget.words[1] = "two"
        widget.refresh()
        await pilot.pause()
        widget.painted.clear()
        widget.words[1] = "other"
        widget.repaint()
        await pilot.pause()
        assert widget.painted == [1]


async def test_a_line_that_was_hidden_is_drawn_again_only_where_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    genuine = Numbered._strip

    def noted(widget: Numbered, line: Line) -> Strip:
        drawn.append("".join(text for text, _ in line))
        return genuine(widget, line)

    monkeypatch.setattr(Numbered, "_strip", noted)
    monkeypatch.setattr(Numbered, "words", ["one", "two", "three"])
    app = Showing()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        widget = app.query_one(Numbered)
        assert drawn == ["one", "two", "three"]
        widget.display = False
        await pilot.pause()
        monkeypatch.setattr(Numbered, "words", ["one", "other", "three"])
        widget.repaint()
        widget.display = True
        await pilot.pause()
        assert drawn == ["one", "two", "three", "other"]
        assert widget.render_lines(Region(0, 1, *widget.outer_size))[0].text.rstrip() == "other"


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_lines_are_what_textual_makes_of_them(
    workbench: Callable[..., Any], library: Callable[..., Path], theme: str
) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        for keys in ("j", "2", "s", "e"):
            await desk.press(keys)
            desk.app.theme = theme
            await desk.until_idle()
            for widget in desk.desk.query(Painted):
                # Textual's own way keeps lines, of which a frame has not told it that they are another.
                widget._styles_cache.clear()
                whole = widget.region.size.region
                for region in (whole, whole.shrink((0, 3, 0, 2))):
                    own = [[*strip.simplify()] for strip in widget.render_lines(region)]
                    assert own == [[*strip.simplify()] for strip in Widget.render_lines(widget, region)], widget


async def test_a_key_has_no_line_drawn_by_textuals_own_way(
    workbench: Callable[..., Any], library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Widget] = []
    genuine = StylesCache.render_widget

    def noted(cache: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
        drawn.append(widget)
        return genuine(cache, widget, crop)

    monkeypatch.setattr(StylesCache, "render_widget", noted)
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j")
    assert [widget for widget in drawn if isinstance(widget, Painted)] == []


ODD_LINES: list[Line] = [
    (),
    [("", "label")],
    [("漢字 e\u0301 👩\u200d👩\u200d👧", "source suggested"), ("", "cue"), (" said", "cue")],
    [(" " * 200, "text")],
    [("rings\a", "text")],
    [("a ", "text"), ("b", "verdict $error"), (" · ", "faint"), ("c", "verdict #12ab34")],
]
"""With nothing in it, wide letters, too long, with what steers a terminal, and in a scheme's colours."""


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_lines_are_written_as_their_strips_are(
    workbench: Callable[..., Any], library: Callable[..., Path], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Strip, "render", Strip.render)
    keep_output_neutral()
    async with workbench(library(), size=(120, 40)) as desk:
        desk.app.theme = theme
        for key in ("j", "2", "s", "e"):
            await desk.press(key)
            for widget in desk.desk.query(Painted):
                lines = [widget.line_at(y) for y in range(widget.size.height)]
                lines += ODD_LINES if widget.id == "claim" else []
                for line in map(tuple, lines):
                    strip = widget._strip_of(line).render(desk.app.console)
                    assert widget._terminal_text(line, desk.app.console) == strip, (widget, line)


async def test_a_key_has_no_strip_made(
    workbench: Callable[..., Any], library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Line] = []
    genuine = ArticleView._strip

    def noted(widget: ArticleView, line: Line) -> Strip:
        made.append(line)
        return genuine(widget, line)

    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j")
        # What moves is left to Textual for a moment, which composes strips.
        await desk.until(lambda: not desk.desk.frame._moves)
        # Of the article alone: the bars may be painted for something else.
        monkeypatch.setattr(ArticleView, "_strip", noted)
        await desk.press("j")
        assert desk.desk.frame.is_written
    assert made == []
