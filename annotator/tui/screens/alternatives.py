"""Alternatives: what else may be meant by what is suggested, shown role by role without opening it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.editing.draft import Draft, drafts_at
from annotator.editing.next_best import Alternative, NextBest
from annotator.model.attribution import Attribution, Role
from annotator.model.ledger import uuid7
from annotator.model.review import ArticleReview

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

_NAMES = {Role.SOURCE: "who", Role.CUE: "cue", Role.CONTENT: "said"}


class Alternatives:
    """Steps through the ways of the attribution that is shown, hers or suggested; a move is back at what it was."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._ways: NextBest | None = None

    def forget(self) -> None:
        """Another claim or attribution is shown now, or a decision has changed who says what."""
        self._ways = None

    def overtaken_by(self, after: ArticleReview) -> bool:
        """Whether a decision has changed who says what; a verdict has not."""
        before, claim = self.desk.review, self.desk.claim
        voices = before.judgement(claim).voice, after.judgement(claim).voice
        same = (before.attributions, before.refused, before.boundaries) == (
            *(after.attributions, after.refused, after.boundaries),
        )
        return not same or voices[0] != voices[1]

    @property
    def shown(self) -> Alternative | None:
        """The alternative that is shown, or None where what is suggested or hers is."""
        return self._ways.shown if self._ways is not None else None

    def next(self, role: Role) -> None:
        """Show the next-best way of a role."""
        desk = self.desk
        if desk.review.judgement(desk.claim).voice is not None:
            desk.say("it is the author's voice: a takes that back")
            return
        if self._ways is None:
            self._ways = self._begin()
        if not self._ways.step(role):
            desk.say(f"nothing else comes to mind for {_NAMES[role]}: e marks it")
        else:
            self._say()
        desk.paint()

    def back(self) -> None:
        """Show what was shown before the last step."""
        if self.shown is not None and self._ways is not None:
            self._ways.back()
        self._say()
        self.desk.paint()

    def _say(self) -> None:
        shown = self.shown
        if shown is not None:
            what = f"{_NAMES[shown.role]} {shown.number} of {shown.count}"
            self.desk.say(f"{what}  ·  ⏎ takes it  ·  ← back  ·  e mends it")
        else:
            self.desk.say("this is how it was")

    def _begin(self) -> NextBest:
        desk = self.desk
        index = desk.card().shown_index()
        draft = Draft(uuid7()) if index is None else drafts_at(desk.review, desk.claim)[index]
        return NextBest(desk.marking.editor_of(draft), self._finished)

    def _finished(self, draft: Draft) -> Attribution:
        """What would be kept of a draft; raises DomainError where it lacks something."""
        made = draft.attribution(*self.desk.marking.proposed(draft))
        suggested = dict(self.desk.review.suggested_attributions(self.desk.claim)).get(draft.suggestion or "")
        if suggested is None:
            return made
        # It stands in for what was suggested, nesting included: a draft's own id is for what is kept.
        return replace(made, id=suggested.attribution.id, parent=suggested.attribution.parent)
