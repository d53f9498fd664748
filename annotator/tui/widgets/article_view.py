"""The article as an article: paragraphs, quotations and headline, the present claim and its marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.message import Message

from annotator.editing.span_labels import LETTERS
from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.tui.views import ArticleText
from annotator.tui.widgets.article_layout import Layout, Row, lay_out, names_from
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.painted import Line, Painted, Piece

_KINDS = {
    BlockKind.HEADLINE: "headline",
    BlockKind.BYLINE: "aside",
    BlockKind.CAPTION: "aside",
    BlockKind.CREDIT: "aside",
    BlockKind.BOILERPLATE: "faint",
}


Signs = Sequence[tuple[str, str]]
"""The sign of each claim with its style."""


class ArticleView(Painted):
    """Shows an article; a click on a claim posts `Clicked`."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "headline": "bold",
        "aside": "italic $text-muted",
        "faint": "$text-disabled",
        "quote": "$secondary",
        "gutter": "bold $accent",
        "present": "$foreground on $primary 22%",
        "hit": "bold on $warning-muted",
        "stepped": "underline reverse",
        "source": "bold underline $text-success",
        "cue": "bold $text-warning",
        "content": "underline $text-primary",
        "relay": "bold italic $text-secondary",
        "suggested": "italic",
        "selection": "reverse",
        "digit": "bold reverse $text-accent",
        "todo": "$text-muted",
        "started": "bold $text-warning",
        "awaiting": "bold $text-warning",
        "done": "bold $text-success",
        "skipped": "$text-muted",
        "flag": "bold $text-error",
        "begin": "",
    }
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {
        "aside": "not italic",
        "present": "bold ansi_yellow on ansi_default",
        "begin": "bold reverse",
        "source": "reverse ansi_green",
        "cue": "underline reverse ansi_magenta",
        "content": "underline ansi_cyan",
        "relay": "bold underline ansi_red",
        "suggested": "not italic",
        "hit": "bold reverse ansi_red on ansi_default",
        "stepped": "underline reverse",
        "selection": "bold reverse ansi_default",
    }
    ANSI_LIGHT_LOOKS: ClassVar[Mapping[str, str]] = {
        "present": "ansi_blue",
    }

    class Clicked(Message):
        """A claim was clicked."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: ArticleText | None = None
        self._layout: Layout | None = None
        self._top = 0
        self._styled: Mapping[int, str] = {}
        self._named: Mapping[int, str] = {}
        self._over: Mapping[int, str] = {}
        self._edges: list[int] = []
        self._spans: Sequence[tuple[Span, str]] = ()
        self._marked: set[int] = set()
        self._plain: dict[int, tuple[Piece, ...]] = {}

    def show(self, shown: ArticleText) -> None:
        """Show this, with the present claim (or the selection) in view."""
        if self._shown is None or self._shown.review.article.id != shown.review.article.id:
            self._top = 0
        before, self._shown = self._shown, shown
        self._forget_signs(before.signs if before is not None else (), shown.signs)
        self._mark(shown)
        self.renew()

    def wrap_content(self) -> None:
        """Wrap where the width or the segmentation has changed, and scroll as little as is needed."""
        shown, (width, height) = self._shown, self.room
        if shown is None:
            return
        article, claims = shown.review.article, shown.review.claims
        if self._layout is not None and self._layout.claims != claims:
            # A hidden widget has no size to wrap for, and is painted before it has one again.
            self._layout = None
        if not width or not height:
            return
        if self._layout is None or self._layout.width != width:
            self._layout = lay_out(article.text, article.blocks, claims, width)
            self._plain.clear()
        first, last = self._layout.first[shown.present], self._layout.last[shown.present]
        if shown.selection is not None:
            first = self._layout.row_at(shown.selection.start)
            last = self._layout.row_at(shown.selection.end - 1)
        margin = min(2, max(0, (height - (last - first + 1)) // 2))
        if last + margin >= self._top + height:
            self._top = last + margin - height + 1
        if first - margin < self._top:
            self._top = max(0, first - margin)
        self._top = max(0, min(self._top, len(self._layout.rows) - height))
        self._marked = {number for span, _ in self._spans for number in self._layout.rows_of(span)}

    def _forget_signs(self, before: Signs, now: Signs) -> None:
        """Forget the rows of claims whose signs are others than when these rows were made."""
        layout = self._layout
        if layout is None or len(before) != len(now) or len(layout.first) != len(now):
            self._plain.clear()
        elif before != now:
            for index in [index for index, (one, other) in enumerate(zip(before, now, strict=True)) if one != other]:
                for number in range(layout.first[index], layout.last[index] + 1):
                    self._plain.pop(number, None)

    def _styles_of(self, shown: ArticleText) -> list[tuple[Span, str]]:
        """Spans and the names of their styles, of which a later one stands over those before it."""
        spans = [(shown.review.claims[shown.present].span, "present")]
        spans += [(span, "hit stepped" if span == shown.hit else "hit") for span in shown.hits]
        spans += [(span, f"{role.value} suggested" if shown.suggested else role.value) for role, span in shown.marks]
        return spans if shown.selection is None else [*spans, (shown.selection, "selection")]

    def _mark(self, shown: ArticleText) -> None:
        """Prepare which styles hold from which offset: the present claim, hits, marks, the selection."""
        spans = self._spans = self._styles_of(shown)
        digits = {span.start: str(number) for number, span in reversed([*enumerate(shown.numbered, 1)])}
        self._named = digits | {span.start: letter for span, letter in zip(shown.labels, LETTERS, strict=False)}
        self._over = self._places(shown)
        self._edges = sorted({0, *[span.start for span, _ in spans], *[span.end for span, _ in spans]})
        self._styled = dict(zip(self._edges, names_from(self._edges, spans), strict=True))

    def _places(self, shown: ArticleText) -> dict[int, str]:
        """On which character each digit or letter stands, so that nothing moves and every word can be read.

        That is the blank or mark in front of the word, else a mark's own place. In front of a claim it stands behind
        the claim's sign, and in front of a row's first word in the gutter.
        """
        if not self._named:
            return {}
        text, signed = shown.review.article.text, {claim.span.start for claim in shown.review.claims}
        places: dict[int, str] = {}
        for start, sign in sorted(self._named.items()):
            if start not in signed:
                taken = not start or text[start - 1].isalnum() or start - 1 in places
                places[start if taken else start - 1] = sign
        return places

    def lines(self, height: int) -> Sequence[tuple[Piece, ...]]:
        """The rows in view: most are as they were at the key before, and where they scroll too."""
        known, marked = self._plain, self._marked
        rows = range(self._top, self._top + height)
        if self._named:
            return [*map(self._made, rows)]
        return [known[row] if row in known and row not in marked else self._made(row) for row in rows]

    def line_at(self, y: int) -> Line:
        """One row of the article."""
        return self._made(self._top + y)

    def _made(self, number: int) -> tuple[Piece, ...]:
        """A row of the article, kept where nothing in it is marked: neither the present claim nor anything else."""
        shown, layout = self._shown, self._layout
        if shown is None or layout is None or number >= len(layout.rows):
            return ()
        line = tuple(self._line_of(layout.rows[number], number, shown, layout))
        if not self._named and number not in self._marked:
            self._plain[number] = line
        return line

    def _line_of(self, row: Row, number: int, shown: ArticleText, layout: Layout) -> Line:
        here = shown.present in row.claims
        edges = [("▸" if here and number == layout.first[shown.present] else "▏" if here else " ", "gutter")]
        if row.kind is BlockKind.BLOCK_QUOTE and row.chunks:
            edges = [(f"{edges[0][0]} ", "gutter"), ("│", "quote")]
        return [*edges, self._beside(row), *self._text_of(row, shown, layout.shown)]

    def _beside(self, row: Row) -> Piece:
        """The last cell before a row's text: the digit or letter of its first word, where it has one."""
        start = row.chunks[0].start if row.chunks and row.chunks[0].claim is None else -1
        sign = self._named.get(start)
        return (" ", "gutter") if sign is None or self._over.get(start) == sign else (sign, "digit")

    def _text_of(self, row: Row, shown: ArticleText, text: str) -> list[Piece]:
        kind = _KINDS.get(row.kind, "")
        pieces: list[Piece] = []
        for chunk in row.chunks:
            if chunk.claim is not None:
                sign, style = shown.signs[chunk.claim]
                named = self._named.get(chunk.start)
                if named is not None:
                    pieces += [(sign[0], style), (named, "digit")]
                else:
                    pieces.append((sign, f"{style} present begin" if chunk.claim == shown.present else style))
                continue
            at = chunk.start
            while at < chunk.end:
                index = bisect_right(self._edges, at)
                upto = self._edges[index] if index < len(self._edges) else chunk.end
                upto = min(upto, chunk.end)
                if at in self._over and cell_len(text[at]):
                    pieces.append((self._over[at].ljust(cell_len(text[at])), "digit"))
                    at += 1
                    # Accents and vowel signs of the letter that is covered would stand on the digit.
                    while at < chunk.end and not cell_len(text[at]):
                        at += 1
                    continue
                upto = min([upto, *(over for over in self._over if at < over < upto)])
                pieces.append((text[at:upto], f"{kind} {self._styled[self._edges[index - 1]]}"))
                at = upto
        return pieces

    def on_mouse_scroll_down(self) -> None:
        """Scroll without moving."""
        self._scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll without moving."""
        self._scroll_by(-3)

    def _scroll_by(self, rows: int) -> None:
        if self._layout is not None:
            self._top = max(0, min(self._top + rows, len(self._layout.rows) - self.size.height))
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Tell which claim was clicked."""
        if self._layout is None or not 0 <= self._top + event.y < len(self._layout.rows):
            return
        row = self._layout.rows[self._top + event.y]
        if not row.claims:
            return
        index = row.claims[0]
        cells = 2 + (2 if row.kind is BlockKind.BLOCK_QUOTE else 0)
        for chunk in row.chunks:
            if chunk.claim is not None and cells <= event.x:
                index = chunk.claim
            cells += 2 if chunk.claim is not None else chunk.end - chunk.start
        self.post_message(self.Clicked(index))

    @property
    def shows_claim(self) -> bool:
        """Whether there is room for the whole present claim."""
        height = self.room.height
        if self._layout is None or self._shown is None or not height:
            return True
        present = self._shown.present
        return self._layout.last[present] - self._layout.first[present] < height

    @property
    def page(self) -> int:
        """How many rows are in view."""
        return self.size.height

    def claim_rows_away(self, present: int, rows: int) -> int:
        """The index of the claim that lies about `rows` rows below (or above) a claim."""
        if self._layout is None:
            return present
        target = max(0, min(self._layout.first[present] + rows, len(self._layout.rows) - 1))
        step = 1 if rows > 0 else -1
        found = present
        while 0 <= found + step < len(self._layout.first):
            found += step
            if (self._layout.first[found] - target) * step >= 0:
                break
        return found
