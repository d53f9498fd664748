"""The present claim: what it says, who says it, and how far it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from annotator.model.scheme import Scheme
from annotator.tui.claim_view import ClaimView
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.claim_lines import claim_lines, claim_parts, judged_in_few, title_line
from annotator.tui.widgets.painted import Line, Painted, Piece
from annotator.tui.widgets.value_guide import NARROWEST, guide_lines

if TYPE_CHECKING:
    from annotator.tui.case_view import CaseView

READABLE = 90
"""Cells; longer lines are hard to read."""

_MOST_SAID = 12
"""Lines of what is said in a card that is shortened."""

_GAP = 2


class ClaimPanel(Painted):
    """Shows the view of a claim; in narrow places the claim's text is left out because the article marks it.

    It is shown whole where there is room, else shortened, and its title says which key unfolds it: then it is
    whole, a page at a time.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {
        "frame": "$text-muted",
        "label": "$text-muted",
        "text": "$foreground",
        "faint": "$text-muted",
        "suggested": "italic $text-muted",
        "source": "bold underline $text-success",
        "cue": "bold $text-warning",
        "content": "underline $text-primary",
        "relay": "bold italic $text-secondary",
        "good": "$text-success",
        "missing": "bold $text-warning",
        "key": "bold $text-accent",
        "verdict": "bold",
        "flag": "bold $text-error",
    }
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {
        "source": "reverse ansi_green",
        "cue": "underline reverse ansi_magenta",
        "content": "underline ansi_cyan",
        "relay": "bold underline ansi_red",
        "suggested": "not italic ansi_default",
    }

    def __init__(self, unfold_key: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._key = unfold_key
        self._view: ClaimView | None = None
        self._case: CaseView | None = None
        self._lines: list[Line] = []
        self._unfolded = self._hides = False
        self._top = 0
        self._guide_made: tuple[Scheme, int, list[Line]] | None = None

    def show(self, view: ClaimView | CaseView, *, hides: bool = False) -> None:
        """Show this; `hides` says that the claim's text is not whole elsewhere."""
        self._view, self._case = (view, None) if isinstance(view, ClaimView) else (None, view)
        self._hides = hides
        self.renew()

    def hide_claim(self, *, hides: bool) -> None:
        """Say whether the claim's text is not whole elsewhere, once that is known."""
        if hides is not self._hides:
            self._hides = hides
            self.renew()

    @property
    def unfolded(self) -> bool:
        """Whether the claim is shown whole, a page at a time."""
        return self._unfolded

    def unfold(self) -> None:
        """Unfold it, or turn to its next page; behind the last page it is folded again."""
        page = self.size.height - 1
        if self._unfolded and self._top + page < len(self._lines) - 1:
            self._top += page
            self.repaint()
        elif self._unfolded:
            self.fold()
        else:
            self._unfolded = True
            self.renew()

    def fold(self) -> None:
        """Show no more than there is room for."""
        if self._unfolded:
            self._unfolded, self._top = False, 0
            self.renew()

    def wrap_content(self) -> None:
        """The lines that there is room for."""
        width, height = self.room
        if not width:
            return
        if self._case is not None:
            # Deferred: a reviewer's start does not need it.
            from annotator.tui.widgets.case_lines import case_lines

            self._lines = case_lines(self._case, width, height)
        if self._view is None:
            return
        view, width = self._view, min(width, READABLE)
        wide = height > 14
        lines = claim_lines(view, width, wide=wide or self._unfolded, whole=True)
        if self._unfolded:
            self._top = max(0, min(self._top, len(lines) - height))
        elif len(lines) > height or (self._hides and not wide):
            lines = self._shortened(view, width, height, wide=wide)
        self._lines = self._with_guide(view, lines) if view.draft is None and not self._unfolded else lines

    def _shortened(self, view: ClaimView, width: int, height: int, *, wide: bool) -> list[Line]:
        """What there is room for. What is said gives way first, down to one line; what was judged, last."""
        who, judged, rest = claim_parts(view, width, wide=wide, said=_MOST_SAID, more=self._key)
        over = len(who) + len(judged) + len(rest) - height
        if over > 0:
            said = sum(any(style.startswith("content") for _, style in line) for line in who)
            who, judged, rest = claim_parts(view, width, wide=wide, said=max(1, said - over), more=self._key)
        elif over < 0:
            who, judged, rest = claim_parts(view, width, wide=wide, said=_MOST_SAID, more=self._key, spare=-over)
        if len(who) > 1 and len(judged) > height - 2 > 0:
            # Who says it is not hidden by what was judged of it.
            judged = judged_in_few(view, width, height - 2)
        rest = rest[: max(0, height - len(who) - len(judged))]
        who = who[: max(1, height - len(judged))]
        return [*who, *judged, *rest][:height]

    def _with_guide(self, view: ClaimView, lines: list[Line]) -> list[Line]:
        """What the values mean, beside the claim or below it, where all of it has room."""
        width, height = self.room
        if width - READABLE >= NARROWEST:
            guide = self._guide(view.scheme, min(width - READABLE, READABLE) - _GAP)
            if len(guide) <= height:
                pairs = zip_longest(lines, [[], *guide][:height], fillvalue=())
                return [[*left, *_padding(left), *right] for left, right in pairs]
        guide = self._guide(view.scheme, min(width, READABLE))
        return [*lines, [], *guide] if len(lines) + 1 + len(guide) <= height else lines

    def _guide(self, scheme: Scheme, width: int) -> list[Line]:
        """What the values mean: the same for every claim."""
        if self._guide_made is None or self._guide_made[0] is not scheme or self._guide_made[1] != width:
            self._guide_made = (scheme, width, guide_lines(scheme, width))
        return self._guide_made[2]

    def lines(self, height: int) -> Sequence[tuple[Piece, ...]]:
        """All of them at once."""
        if self._unfolded:
            return super().lines(height)
        shown = self._lines[:height]
        return [*map(tuple, shown), *[()] * (height - len(shown))]

    def line_at(self, y: int) -> Line:
        """One line; an unfolded claim keeps its title at the top."""
        if y and self._unfolded:
            y += self._top
        if not y and self._unfolded and self._view is not None:
            width, height = self.room
            below = len(self._lines) - self._top - height
            said = f"{self._key} more" if below > 0 else f"{self._key} back"
            return title_line(self._view, min(width, READABLE), said)
        return self._lines[y] if y < len(self._lines) else ()


def _padding(line: Line) -> Line:
    """Blanks up to where the guide begins."""
    return [(" " * (READABLE + _GAP - sum(cell_len(text) for text, _ in line)), "")]
