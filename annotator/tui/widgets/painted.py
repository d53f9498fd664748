"""A widget that paints its own lines: pieces of text, each with the names of the component classes that style it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Self

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.filter import LineFilter
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip

from annotator.model.text import steers
from annotator.tui.style_codes import codes_of, written
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.frame import Framed
from annotator.tui.widgets.looks import look_of, over, style_of_look

Piece = tuple[str, str]
"""Text that is neutral already; and blank-separated names of styles ("" for the widget's own) and schemes' colours."""

Line = Sequence[Piece]

_MOST_KEPT = 1_000
"""Lines, of which what they look like is kept: a text that scrolls has most of them again."""

_BESIDE = "beside"
"""Stands for the style of the blanks beside the lines, where names of styles stand."""


class Painted(Framed, can_focus=False):
    """Subclasses say what stands on a line; `LOOKS` are the names of styles that they use, each with its look.

    `ANSI_LOOKS` go over these where colours are few, and `ANSI_LIGHT_LOOKS` over both on a light screen.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {}
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {}
    ANSI_LIGHT_LOOKS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        self._strips: dict[int, Strip] = {}
        self._kept: dict[tuple[Piece, ...], Strip] = {}
        self._sent: dict[tuple[Piece, ...], str] = {}
        self._codes: dict[str, str] = {}
        self._strips_filters: Sequence[LineFilter] = ()
        self._ground: tuple[Color, Spacing] | None = None
        super().__init__(id=id)
        self._styles_by_names: dict[str, Style] = {}
        self._painted: dict[int, tuple[Piece, ...]] = {}
        self._wanted: dict[int, tuple[Piece, ...]] = {}
        self._wrapped_for = Size()
        self._kept_for = 0

    def line_at(self, y: int) -> Line:
        """The pieces of a line of the widget's content; `y` counts from 0 at its top."""
        raise NotImplementedError

    def wrap_content(self) -> None:
        """Prepare the lines for the widget's `room`."""

    def lines(self, height: int) -> Sequence[tuple[Piece, ...]]:
        """The first `height` lines; to be overridden where all of them are made sooner than one by one."""
        return [tuple(self.line_at(y)) for y in range(height)]

    @property
    def room(self) -> Size:
        """The size that the lines are prepared for: to ask Textual for the present one takes as long as a line."""
        return self._wrapped_for

    def _fit(self) -> Size:
        """The size, with what was prepared for another one prepared for it: a line can be wanted before its news."""
        size = self.size
        if size != self._wrapped_for:
            self._wrap_for(size)
        return size

    def _wrap_for(self, size: Size) -> None:
        self._wrapped_for = size
        self._forget_places()
        if size and size.width != self._kept_for:
            # What is hidden has no size, and mostly the same one when it is shown again.
            self._kept_for = size.width
            self._forget()
        self.wrap_content()

    def _forget(self) -> None:
        """Forget what lines look like."""
        self._forget_places()
        self._kept.clear()
        self._sent.clear()
        self._codes.clear()

    def _forget_places(self) -> None:
        """Forget which line stands where."""
        self._strips.clear()
        self._wanted.clear()

    def on_resize(self) -> None:
        """Wrap anew."""
        self.repaint()

    def notify_style_update(self) -> None:
        """Forget the styles: the theme has changed."""
        self._styles_by_names.clear()
        self._forget()
        self._ground = None
        super().notify_style_update()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint some lines anew, or (where none are named) all of them."""
        if not regions:
            self._forget_places()
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self.frame is not None and (layout or not regions):
            # Behind it, or what is called after the refresh would come before the layout.
            self.frame.left_to_textual()
        return self

    def repaint(self) -> None:
        """Paint the lines that are another than when they were painted last; most keys change few of them."""
        self._paint_changes(self._fit())

    def renew(self) -> None:
        """The same where what is shown is another: it is wrapped first."""
        size = self.size
        if size != self._wrapped_for:
            self._wrap_for(size)
        else:
            self.wrap_content()
        self._paint_changes(size)

    def _paint_changes(self, size: Size) -> None:
        width, height = size
        if not width or not height:
            self.refresh()
            return
        lines = zip(self.lines(height), map(self._painted.get, range(height)), strict=True)
        self._wanted = {y: line for y, (line, painted) in enumerate(lines) if line != painted}
        for y in self._wanted:
            self._strips.pop(y, None)
        rows = list(self._wanted)
        if rows and (self.frame is None or not self.frame.takes(self, rows)):
            self.refresh(*(Region(0, y, width, 1) for y in rows))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region of the widget: those that are another than they were are painted.

        Textual (8.2.8) asks a hundred questions for each line, about borders, outlines, tints and hatches; these
        widgets have none of them, only blanks beside their lines.
        """
        size = self._fit()
        ground, padding = self._prepared()
        strips = [self._drawn(y) if y < size.height else self._filtered(Strip([]), ground) for y in crop.line_range]
        whole = (0, size.width + padding.width)
        return strips if crop.column_span == whole else [strip.crop(*crop.column_span) for strip in strips]

    def sent(self, rows: Iterable[int], console: Console) -> Iterable[str]:
        """The lines as the terminal is sent them, with the blanks beside them."""
        self._prepared()
        return [self._terminal_text(self._take(y), console) for y in rows]

    def _terminal_text(self, line: tuple[Piece, ...], console: Console) -> str:
        text = self._sent.get(line)
        if text is None:
            if len(self._sent) >= _MOST_KEPT:
                self._sent.clear()
            text = self._written(line, console)
            if text is None:
                # The one place that keeps what steers a terminal from it (`neutral_output`).
                text = self._strip_of(line).render(console)
            self._sent[line] = text
        return text

    def _written(self, line: tuple[Piece, ...], console: Console) -> str | None:
        """What the strip of a line is written as, without one being made; None where that says more than this knows.

        Textual (8.2.8) takes two hundred calls of functions to make a strip, to filter it and to write it.
        """
        said = "".join([text for text, _ in line])
        missing = self._wrapped_for.width - (len(said) if said.isascii() else sum(cell_len(text) for text, _ in line))
        if missing < 0 or steers(said) is not None:
            return None
        known = self._codes
        for name in (*[names for _, names in line], "", _BESIDE):
            if name not in known:
                known[name] = self._codes_of(name, console)
        padding = (self._ground or self._prepared())[1]
        return written(
            [
                (known[_BESIDE], " " * padding.left),
                *[(known[names], text) for text, names in line],
                (known[""], " " * missing),
                (known[_BESIDE], " " * padding.right),
            ]
        )

    def _codes_of(self, names: str, console: Console) -> str:
        """The codes of a style as Textual writes it, filtered."""
        ground = self._prepared()[0]
        style = Style(bgcolor=ground.rich_color) if names == _BESIDE else self.style_of(names)
        return codes_of(self._filtered(Strip([Segment("x", style)]), ground).render(console))

    def _take(self, y: int) -> tuple[Piece, ...]:
        """The line that is about to be painted, kept to be compared with what it is later."""
        line = self._painted[y] = self._wanted.pop(y) if y in self._wanted else tuple(self.line_at(y))
        return line

    def _prepared(self) -> tuple[Color, Spacing]:
        """What lies under and beside the lines; what was painted with other filters is forgotten."""
        if self._ground is None:
            self._ground = self.background_colors[1], self.styles.padding
        filters = self.get_line_filters()
        if filters != self._strips_filters:
            self._strips_filters = filters
            self._forget()
        return self._ground

    def _drawn(self, y: int) -> Strip:
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self.paint_line(y)
        return strip

    def _filtered(self, strip: Strip, ground: Color) -> Strip:
        for each in self._strips_filters:
            strip = strip.apply_filter(each, ground)
        return strip

    def paint_line(self, y: int) -> Strip:
        """One line for the screen, with the blanks beside it."""
        return self._strip_of(self._take(y))

    def _strip_of(self, line: tuple[Piece, ...]) -> Strip:
        strip = self._kept.get(line)
        if strip is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            ground, padding = self._prepared()
            strip = self._kept[line] = self._filtered(_beside(self._strip(line), padding, ground), ground)
        return strip

    def render_line(self, y: int) -> Strip:
        """One line as it is now, for whoever asks what is at a place: that does not come on the screen."""
        self._fit()
        return self._strip(self.line_at(y))

    def _strip(self, line: Line) -> Strip:
        width = self._wrapped_for.width
        segments = [Segment(text, self.style_of(names)) for text, names in line if text]
        missing = width - sum(cell_len(text) for text, _ in line)
        if missing < 0:
            return Strip(segments).crop(0, width)
        return Strip([*segments, Segment(" " * missing, self.style_of(""))] if missing else segments, width)

    def style_of(self, names: str) -> Style:
        """The style of blank-separated component names and colours on top of the widget's own."""
        style = self._styles_by_names.get(names)
        if style is None:
            style = self.rich_style
            for name in names.split():
                style += self._colour(name) if name[0] in "$#" else self._look(name)
            self._styles_by_names[names] = style
        return style

    def _colour(self, colour: str) -> Style:
        """A scheme's colour, of the theme's the variant that is made to be read; none where it leaves that open."""
        if colour.startswith("$"):
            colour = self.app.theme_variables.get(f"text-{colour[1:].removeprefix('text-')}", "")
        try:
            return Style(color=Color.parse(colour).rich_color)
        except ColorParseError:
            return Style()

    def _look(self, name: str) -> Style:
        """What a look adds to the widget's own style."""
        look = look_of(self.LOOKS[name])
        if self.app.native_ansi_color:
            look = over(look, look_of(self.ANSI_LOOKS.get(name, "")))
            if not self.app.current_theme.dark:
                look = over(look, look_of(self.ANSI_LIGHT_LOOKS.get(name, "")))
        return style_of_look(look, self.background_colors[1], self.app.theme_variables)


def _beside(strip: Strip, padding: Spacing, ground: Color) -> Strip:
    """A line with the blanks to its left and right."""
    if not padding.width:
        return strip
    style = Style(bgcolor=ground.rich_color)
    left, right = (Segment(" " * cells, style) for cells in (padding.left, padding.right))
    return Strip([each for each in (left, *strip, right) if each.text], strip.cell_length + padding.width)


def fitted(text: str, width: int) -> str:
    """The text cut to `width` cells, with an ellipsis where something is missing, and filled up with blanks."""
    if cell_len(text) > width:
        while text and cell_len(text) > width - 1:
            text = text[: max(0, min(len(text) - 1, width - 1))]
        text += "…" if width > 0 else ""
    return text + " " * (width - cell_len(text))


def ends_of(text: str, width: int) -> str:
    """The text in `width` cells with its beginning and its end: what is missing is missing in the middle."""
    if cell_len(text) <= width:
        return text
    tail = text[len(text) - max(0, (width - 1) // 2) :]
    while cell_len(tail) > (width - 1) // 2:
        tail = tail[1:]
    return fitted(text, width - cell_len(tail)) + tail


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at blanks; longer words are broken anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            while cell_len(word) > width:
                head = word[:width]
                while cell_len(head) > width:
                    head = head[:-1]
                lines.append(head or word[0])
                word = word[len(head or word[0]) :]
            line = word
        lines.append(line)
    return lines


def meter(done: int, of: int, width: int = 10) -> str:
    """A bar that shows how far: full only when everything is done, and not empty when something is."""
    full = 0 if not of else done * width // of
    if done and not full:
        full = 1
    return "▰" * full + "▱" * (width - full)
