"""Keys beside what they do, by group: all of them as one text, as Textual lays out and draws each widget by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from annotator.tui.widgets.painted import fitted, wrapped

_INDENT, _KEYS = 2, 16
"""Cells before a key, and for the keys of an action."""


class KeyList(Widget):
    """The keys of some groups of actions, each help wrapped in its own column."""

    def __init__(self, groups: Mapping[str, Sequence[tuple[str, str]]], *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._groups = groups

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """As many lines as are wrapped for the width."""
        return sum(1 for _ in self._lines(width))

    def render(self) -> Content:
        """The lines, which are wrapped already."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> Iterator[Content]:
        for group, rows in self._groups.items():
            yield Content.styled(group, "bold")
            for keys, help_ in rows:
                yield from _row(keys, help_, width)
            yield Content("")


def _row(keys: str, help_: str, width: int) -> Iterator[Content]:
    beside = max(1, width - _INDENT - _KEYS - 1)
    for left, right in zip_longest(wrapped(keys, _KEYS), wrapped(help_, beside), fillvalue=""):
        yield Content.assemble(" " * _INDENT, (fitted(left, _KEYS), "bold"), f" {right}")
