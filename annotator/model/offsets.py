"""Units that offsets of a text are counted in elsewhere, and the way to our code points and back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

from annotator.model.language.graphemes import grapheme_edges
from annotator.model.late import dataclass
from annotator.model.span import Span

NOWHERE = -1
"""What an offset is that lies outside the text, or inside one code point."""

_LAST_OF_ONE_UNIT = "\uffff"


class OffsetUnit(StrEnum):
    """What is counted as one: Python's characters, JavaScript's, or what a reader takes for one."""

    CODE_POINTS = "code-points"
    UTF16 = "utf-16"
    GRAPHEMES = "graphemes"


@dataclass(frozen=True, slots=True)
class Ruler:
    """The offsets of one text in one unit.

    `edges` has the code point that each offset of the unit stands before, ascending; a code point of two UTF-16 code
    units has two. It is None where the unit counts this text as code points do.
    """

    unit: OffsetUnit = OffsetUnit.CODE_POINTS
    edges: Sequence[int] | None = None

    def code_points(self, offset: int) -> int:
        """The offset in code points; NOWHERE for one that is not in the text or divides a code point."""
        if self.edges is None:
            return offset
        if not 0 <= offset < len(self.edges) or (offset and self.edges[offset] == self.edges[offset - 1]):
            return NOWHERE
        return self.edges[offset]

    def measured(self, span: Span) -> tuple[int, int]:
        """The span in the unit; an edge inside a grapheme moves outwards."""
        if self.edges is None:
            return span.start, span.end
        start, end = bisect_left(self.edges, span.start), bisect_left(self.edges, span.end)
        return start - (self.edges[start] > span.start), end

    def divides(self, span: Span) -> bool:
        """Whether an edge of the span lies inside a grapheme, so that `measured` moves it."""
        if self.edges is None:
            return False
        return any(self.edges[bisect_left(self.edges, at)] != at for at in (span.start, span.end))


CODE_POINTS = Ruler()
"""The ruler of any text in code points."""


def ruler(text: str, unit: OffsetUnit) -> Ruler:
    """The ruler of a text."""
    if unit is OffsetUnit.UTF16 and max(text, default="") > _LAST_OF_ONE_UNIT:
        return Ruler(unit, _utf16_edges(text))
    if unit is OffsetUnit.GRAPHEMES and not (text.isascii() and "\r\n" not in text):
        return Ruler(unit, grapheme_edges(text))
    return Ruler(unit)


def _utf16_edges(text: str) -> list[int]:
    edges: list[int] = []
    for at, character in enumerate(text):
        edges += [at] if character <= _LAST_OF_ONE_UNIT else [at, at]
    return [*edges, len(text)]
