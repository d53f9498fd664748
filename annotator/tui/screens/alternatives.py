"""Alternatives: what else may be meant by what is suggested, shown one after the other without opening it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.errors import DomainError
from annotator.model.review import ArticleReview
from annotator.tui.draft import Alternative
from annotator.tui.span_editor import SpanEditor

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Alternatives:
    """Steps through the alternatives of what `e` would open; any decision or move is back at what is suggested."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._shown: Alternative | None = None
        self._editor: SpanEditor | None = None
        self._of: ArticleReview | None = None

    def forget(self) -> None:
        """Another claim or another of its attributions is shown now."""
        self._of = self._shown = None

    @property
    def shown(self) -> Alternative | None:
        """The alternative that is shown, or None where what is suggested is."""
        # After a decision the review is another.
        return self._shown if self._of is self.desk.review else None

    def show(self, step: int) -> None:
        """Show the next (1) or the one before (-1); it comes round to what is suggested."""
        desk = self.desk
        if desk.review.judgement(desk.claim).voice is not None:
            desk.say("it is the author's voice: a takes that back")
            return
        shown = self._shown = self._stepped(step)
        if shown is not None:
            desk.say(f"{shown.words} · {shown.number} of {shown.count}  ·  ⏎ takes it  ·  e mends it")
        elif desk.card().candidates():
            desk.say("as it was")
        else:
            desk.say("no attribution comes to mind here: e marks one")
        desk.paint()

    def _stepped(self, step: int) -> Alternative | None:
        """The next one that is whole, or None where it comes round."""
        if self._editor is None or self._of is not self.desk.review:
            self._editor = self._begin()
        count = len(self._editor.offered())
        at = self._shown.number if self._shown is not None else 0
        for _ in range(count):
            at = (at + step) % (count + 1)
            made = self._made(self._editor, at, count) if at else None
            if made is not None or not at:
                return made
        return None

    def _begin(self) -> SpanEditor:
        draft, index = self.desk.marking.first()
        if index is not None:
            self.desk.candidate = index
        self._of, self._shown = self.desk.review, None
        return self.desk.marking.editor_of(draft)

    def _made(self, editor: SpanEditor, number: int, count: int) -> Alternative | None:
        editor = copy(editor)
        (role, _), whole = editor.offered()[number - 1], editor.whole is not None
        editor.take_number(number)
        draft = editor.draft
        try:
            attribution = draft.attribution(*self.desk.marking.proposed(draft))
        except DomainError:
            return None
        suggested = dict(self.desk.review.suggested_attributions(self.desk.claim)).get(draft.suggestion or "")
        if suggested is not None:
            # It stands in for what was suggested, nesting included: a draft's own id is for what is kept.
            origin = suggested.attribution
            attribution = replace(attribution, id=origin.id, parent=origin.parent)
        return Alternative(number, count, draft, attribution, role if whole else None)
