"""The picture: what the workbench's widgets are told to show of its present state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model.attribution import Attribution
from annotator.model.review import State
from annotator.tui.hints import hints
from annotator.tui.keymap import LABELS, QUEUE, SPANS, SPLIT
from annotator.tui.widgets.article_view import ArticleView, Shown
from annotator.tui.widgets.bars import Heading, KeyBar, TopBar
from annotator.tui.widgets.card import Card
from annotator.tui.widgets.claim_panel import ClaimPanel

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

SIGNS = {
    State.TO_DO: ("·", "todo"),
    State.IN_PROGRESS: ("~", "started"),
    State.AWAITING: ("?", "awaiting"),
    State.DONE: ("✓", "done"),
    State.SKIPPED: ("»", "skipped"),
}


class Picture:
    """Puts the desk's state into its widgets."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._top = desk.query_one("#top", TopBar)
        self._keys = desk.query_one("#keys", KeyBar)
        self._panel = desk.query_one("#claim", ClaimPanel)
        self._room = desk.query_one("#desk")
        self._article = desk.query_one("#article", ArticleView)

    def card(self) -> Card:
        """What the claim panel shows."""
        card = Card(
            review=self.desk.review,
            index=self.desk.present,
            state=self.desk.state(self.desk.present),
            target=self.desk.target,
            candidate=self.desk.candidate,
            other=self.desk.alternatives.shown,
        )
        if self.desk.mode not in (SPANS, LABELS) or self.desk.marking.editor is None:
            shown = card.expanded()
            return card if shown is None else replace(card, entity=self._entity(card, shown))
        return replace(
            card,
            draft=self.desk.marking.editor.draft,
            proposed=self.desk.marking.proposed(self.desk.marking.editor.draft),
            focus=self.desk.marking.editor.focus,
            numbered=self.desk.marking.editor.offered() if self.desk.mode == SPANS else (),
        )

    def _entity(self, card: Card, shown: Attribution) -> str:
        """Whose words hers gives, or would give if what is shown were accepted."""
        if card.other is None and shown in self.desk.review.attributions:
            return self.desk.sourcing.name_of(shown.id)
        return self.desk.sourcing.expected(shown)

    def paint(self) -> None:
        """Show the present state: one call, one frame."""
        card = self.card() if self.desk.open_id is not None and self.desk.mode != QUEUE else None
        self._top.show(self._heading())
        draft, left = (card.draft, self.desk.writing.left_behind()) if card else (None, None)
        self._keys.show(hints(self.desk.keymap, self.desk.mode, card, draft, self.desk.pass_, left))
        if card is None:
            return
        editor = {SPANS: self.desk.marking.editor, SPLIT: self.desk.splitting.editor}.get(self.desk.mode)
        labels, first = self.desk.marking.labels if self.desk.mode == LABELS else ((), None)
        marks, suggested = [], False
        if card.draft is not None:
            marks = card.draft.role_spans()
        elif card.other is not None:
            marks, suggested = card.other.attribution.role_spans(), True
        elif (shown := card.shown_index()) is not None:
            attribution, suggested = card.candidates[shown]
            marks = attribution.role_spans()
        self._article.show(
            Shown(
                review=self.desk.review,
                signs=[self._sign(index) for index in range(len(self.desk.review.claims))],
                present=self.desk.present,
                marks=marks,
                suggested=suggested,
                selection=editor.selection if editor is not None else first,
                hits=self.desk.finding.hits_here(),
                numbered=[span for _, span in card.numbered],
                labels=labels,
            )
        )
        self._panel.show(card, hides=not self._article.shows_claim)

    @property
    def unfolded(self) -> bool:
        """Whether the claim panel is shown whole."""
        return self._panel.unfolded

    def unfold(self) -> None:
        """Show the claim panel whole, a page at a time, and then as it was; in narrow places it hides the article."""
        self._panel.unfold()
        self._room.set_class(self._panel.unfolded, "-unfolded")

    def fold(self) -> None:
        """Show the claim panel as it was."""
        if self._panel.unfolded:
            self._panel.fold()
            self._room.remove_class("-unfolded")

    def _sign(self, index: int) -> tuple[str, str]:
        sign, style = SIGNS[self.desk.state(index)]
        flagged = self.desk.review.judgement(self.desk.review.claims[index]).flag
        return (f"{sign}⚑", f"{style} flag") if flagged else (f"{sign} ", style)

    def _heading(self) -> Heading:
        about = f"{self.desk.reviewer}"
        if self.desk.mode == QUEUE or self.desk.open_id is None:
            return Heading(f"Articles in {self.desk.database}", about, round=self.desk.pass_)
        publication = self.desk.review.article.publications[0] if self.desk.review.article.publications else None
        parts = [self.desk.review.article.title]
        if publication is not None:
            parts += [publication.publisher, publication.published_at[:10]]
        done = sum(state in (State.DONE, State.SKIPPED) for state in self.desk.states())
        return Heading(
            " · ".join(filter(None, parts)), about, done, len(self.desk.review.claims), round=self.desk.pass_
        )
