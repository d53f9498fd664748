"""Splitting: choosing where a claim is split in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.editing.text_units import Unit, words
from annotator.tui.keymap import SPLIT
from annotator.workflow import segmenting

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Splitting:
    """A cursor that moves by words and clauses inside the claim."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.editor: SpanEditor | None = None

    def begin(self) -> None:
        """Put the cursor at the claim's second clause, else its second word."""
        article, claim = self.desk.review.article, self.desk.claim
        inside = words(article.text, claim.span.start, claim.span.end)
        if len(inside) < 2:
            self.desk.say("one word cannot be split", "wrong")
            return
        self.editor = SpanEditor(article.text, [claim.span], [claim.span], Draft(""), inside[0])
        later = [span for span in self.editor.units("clause") if span.start > claim.span.start]
        self.editor.selection = later[0] if later else inside[1]
        self.desk.set_mode(SPLIT)
        self._say()

    def _say(self) -> None:
        """Name the words on both sides of the cut."""
        assert self.editor is not None
        text, claim, at = self.desk.review.article.text, self.desk.claim.span, self.editor.selection.start
        before = words(text, claim.start, at)[-1].slice(text)
        behind = words(text, at, claim.end)[0].slice(text)
        self.desk.say(f"cut between “{before}” and “{behind}”, in front of what is marked?", "asked")

    def move(self, unit: Unit, way: str) -> None:
        """Move the cursor, never out of the claim."""
        assert self.editor is not None
        before, claim = self.editor.selection, self.desk.claim.span
        self.editor.move(unit, 1 if way == "next" else -1)
        if not claim.start < self.editor.selection.start < claim.end:
            self.editor.selection = before
        self._say()
        self.desk.paint()

    def do_split_here(self) -> None:
        """Split in front of the selection."""
        assert self.editor is not None
        at = self.editor.selection.start
        self.desk.show_review()
        self.desk.decide_here(segmenting.split, at)

    def do_split_leave(self) -> None:
        """Leave the claim whole."""
        self.desk.show_review()
