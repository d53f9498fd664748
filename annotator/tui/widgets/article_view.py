"""The article as an article: paragraphs, quotations and headline, the present claim and its marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message

from annotator.editing.span_labels import LETTERS
from annotator.model.article import BlockKind
from annotator.tui.views import ArticleText
from annotator.tui.widgets.article_layout import Layout, Row, lay_out
from annotator.tui.widgets.painted import Line, Painted, Piece

_KINDS = {
    BlockKind.HEADLINE: "headline",
    BlockKind.BYLINE: "aside",
    BlockKind.CAPTION: "aside",
    BlockKind.CREDIT: "aside",
    BlockKind.BOILERPLATE: "faint",
}


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
        self._plain: dict[int, tuple[Sequence[Piece], Line]] = {}

    def show(self, shown: ArticleText) -> None:
        """Show this, with the present claim (or the selection) in view."""
        if self._shown is None or self._shown.review.article.id != shown.review.article.id:
            self._top = 0
        self._shown = shown
        self._mark(shown)
        self.wrap_content()
        self.repaint()

    def wrap_content(self) -> None:
        """Wrap where the width or the segmentation has changed, and scroll as little as is needed."""
        shown, (width, height) = self._shown, self.size
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

    def _mark(self, shown: ArticleText) -> None:
        """Prepare which styles hold from which offset: the present claim, hits, marks, the selection."""
        spans = [(shown.review.claims[shown.present].span, "present")]
        spans += [(span, "hit stepped" if span == shown.hit else "hit") for span in shown.hits]
        spans += [(span, f"{role.value} suggested" if shown.suggested else role.value) for role, span in shown.marks]
        if shown.selection is not None:
            spans.append((shown.selection, "selection"))
        digits = {span.start: str(number) for number, span in reversed([*enumerate(shown.numbered, 1)])}
        self._named = digits | {span.start: letter for span, letter in zip(shown.labels, LETTERS, strict=False)}
        self._over = self._places(shown)
        edges = sorted({0, *(at for span, _ in spans for at in (span.start, span.end))})
        self._edges = edges
        self._styled = {edge: " ".join(name for span, name in spans if span.start <= edge < span.end) for edge in edges}

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

    def line_at(self, y: int) -> Line:
        """One row of the article."""
        shown, layout = self._shown, self._layout
        number = self._top + y
        if shown is None or layout is None or number >= len(layout.rows):
            return ()
        row = layout.rows[number]
        if not self._is_plain(row):
            return self._line_of(row, number, shown, layout)
        # Most rows are as they were at the key before, and where they scroll too.
        signs = [shown.signs[index] for index in row.claims]
        known = self._plain.get(number)
        if known is None or known[0] != signs:
            known = self._plain[number] = (signs, tuple(self._line_of(row, number, shown, layout)))
        return known[1]

    def _is_plain(self, row: Row) -> bool:
        """Whether nothing in the row is marked: neither the present claim nor anything else."""
        if self._named or not row.chunks:
            return not self._named
        index = bisect_right(self._edges, row.chunks[0].start)
        is_next_behind = index == len(self._edges) or self._edges[index] >= row.chunks[-1].end
        return is_next_behind and not self._styled[self._edges[index - 1]]

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
        if self._layout is None or self._shown is None or not self.size.height:
            return True
        present = self._shown.present
        return self._layout.last[present] - self._layout.first[present] < self.size.height

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
