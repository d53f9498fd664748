"""A widget that paints its own lines: pieces of text, each with the names of the component classes that style it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.widgets.looks import look_of, over, style_of_look

Piece = tuple[str, str]
"""Text that is neutral already; and blank-separated names of styles ("" for the widget's own) and schemes' colours."""

Line = Sequence[Piece]


class Painted(Widget, can_focus=False):
    """Subclasses say what stands on a line; `LOOKS` are the names of styles that they use, each with its look.

    `ANSI_LOOKS` go over these where colours are few, and `ANSI_LIGHT_LOOKS` over both on a light screen.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {}
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {}
    ANSI_LIGHT_LOOKS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_by_names: dict[str, Style] = {}
        self._painted: dict[int, Line] = {}
        self._wrapped_for = Size()

    def line_at(self, y: int) -> Line:
        """The pieces of a line of the widget's content; `y` counts from 0 at its top."""
        raise NotImplementedError

    def wrap_content(self) -> None:
        """Prepare the lines for the widget's size."""

    def _fit(self) -> None:
        """Prepare what was prepared for another size: a line can be wanted before the news of a size comes."""
        if self.size != self._wrapped_for:
            self._wrapped_for = self.size
            self.wrap_content()

    def on_resize(self) -> None:
        """Wrap anew."""
        self.repaint()

    def notify_style_update(self) -> None:
        """Forget the styles: the theme has changed."""
        self._styles_by_names.clear()
        super().notify_style_update()

    def repaint(self) -> None:
        """Paint the lines that are another than when they were painted last; most keys change few of them."""
        self._fit()
        width, height = self.size
        if not width or not height:
            self.refresh()
            return
        changed = [y for y in range(height) if list(self.line_at(y)) != self._painted.get(y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        self._fit()
        base = self.style_of("")
        line = self._painted[y] = list(self.line_at(y))
        segments = [Segment(text, self.style_of(names)) for text, names in line if text]
        width = self.size.width
        return Strip(segments).crop(0, width).extend_cell_length(width, base)

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
