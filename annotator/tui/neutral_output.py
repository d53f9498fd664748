"""Whatever a widget shows, nothing in it steers the terminal: the one place that all of it goes through.

Every widget, Textual's own and its inputs, messages and palette included, hands its lines to the terminal as strips.
Widgets show pictures instead of control characters where they know that a text comes from outside; what reaches a
strip all the same is left out here, or a blank of its width stands for it, and so are links (OSC 8).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model.text import steers
from annotator.tui.style_codes import shortened

Render = Callable[[Strip, Console], str]


def keep_output_neutral() -> None:
    """Put the filter before the one function that makes a strip into what the terminal gets."""
    genuine: Any = Strip.render
    if not getattr(genuine, "is_neutral", False):
        vars(_RENDERERS)["genuine"] = genuine
        Strip.render = _render  # type: ignore[assignment, method-assign]  # there is no other place that all widgets share


class _Renderers:
    """Textual's own function, once ours stands in its place."""

    genuine: Render


_RENDERERS = _Renderers()


def _render(strip: Strip, console: Console) -> str:
    return shortened(_RENDERERS.genuine(neutral_strip(strip), console))


vars(_render)["is_neutral"] = True


def neutral_strip(strip: Strip) -> Strip:
    """The strip itself where nothing in it steers the terminal, else one of the same width without that."""
    if steers(strip.text) is None and not any(style is not None and style.link for _, style, _ in strip):
        return strip
    return Strip([Segment(_neutral(text), _unlinked(style), control) for text, style, control in strip])


def _neutral(text: str) -> str:
    return "".join(character if steers(character) is None else " " * cell_len(character) for character in text)


def _unlinked(style: Style | None) -> Style | None:
    return style.update_link(None) if style is not None and style.link else style
