"""Marking: the span mode, in which source, cue and content are set; and choosing where to split a claim."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Literal

from annotator.editing.draft import Draft, drafts_at
from annotator.editing.span_editor import SpanEditor
from annotator.editing.span_labels import LETTERS
from annotator.editing.text_units import Unit
from annotator.errors import DomainError
from annotator.model.attribution import Anonymity, Form, Role
from annotator.model.candidates import SpanCandidates
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.tui.keymap import LABELS, SPANS
from annotator.workflow import attributing, reading
from annotator.workflow.session import Decided

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

UNITS: tuple[Unit, ...] = ("letter", "word", "clause", "sentence", "paragraph")


class Marking:
    """What the keys of the span mode do."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.editor: SpanEditor | None = None
        self._drafts: list[Draft] = []
        self._as_stored: tuple[Draft, ...] = ()
        self.waiting: set[str] = set()
        self._opened: Draft | None = None
        self._history: list[SpanEditor] = []
        self._known: tuple[str, SpanCandidates] | None = None
        self._at = 0
        self.labels: tuple[list[Span], Span | None] = ([], None)

    def begin(self) -> None:
        """Open what waits here, else what is shown: an alternative, an attribution that Tab chose, a suggestion."""
        desk, claim = self.desk, self.desk.claim
        draft, index = self.first()
        other = desk.alternatives.shown
        opened = self._opened = draft if other is None else other.draft
        known = "a new attribution  ·  ⇥ goes to what is kept" if self._drafts and index is None else ""

        def then(waiting: dict[str, object] | None) -> None:
            now, said = opened, known
            if waiting is not None:
                try:
                    waited = Draft.from_payload(waiting)
                    # What it came from may have been accepted or refused meanwhile: then it is settled.
                    if waited.kept or waited.suggestion in (None, *(known.suggestion for known in self._drafts)):
                        now, said = waited, "what you had marked is still here"
                except DomainError:
                    said = "what was marked here cannot be read any more"
            self._at = self._place_of(now)
            self._open_on(now)
            desk.set_mode(SPANS)
            desk.say(said)

        desk.ask_clerk(lambda session: session.draft("attribution", claim.id), then)

    def first(self) -> tuple[Draft, int | None]:
        """The draft that opens first and its place among the claim's attributions; a new one has none."""
        self._drafts = drafts_at(self.desk.review, self.desk.claim)
        self._as_stored = tuple(self._drafts)
        at = self._first()
        return (self._drafts[at], at) if at >= 0 else (Draft(uuid7()), None)

    def _first(self) -> int:
        """The index of the draft that opens first, or -1 for a new one: Tab then goes to the first of the others.

        What is kept opens only where it was chosen, so that one more attribution needs no key of its own.
        """
        kept = sum(draft.kept for draft in self._drafts)
        shown = self.desk.card().shown_index()
        if self.desk.candidate is not None and shown is not None:
            return shown
        return kept if kept < len(self._drafts) else -1

    def editor_of(self, draft: Draft) -> SpanEditor:
        """The editor as it opens on a draft at the present claim."""
        article = self.desk.review.article
        if self._known is None or self._known[0] != article.id:
            self._known = (article.id, reading.candidates_in(article))
        return SpanEditor.opened(
            draft,
            self.desk.claim.span,
            article.text,
            [sentence.span for sentence in article.sentences],
            [block.span for block in article.blocks],
            self._known[1],
        )

    @property
    def _open(self) -> SpanEditor:
        assert self.editor is not None
        return self.editor

    def proposed(self, draft: Draft) -> tuple[Form, Anonymity]:
        """The form and anonymity that follow from a draft's marks."""
        return reading.proposed_kind(self.desk.review.article, draft.source, draft.content)

    def _changed(self) -> None:
        """Show the draft and keep it, so that a crash loses no mark."""
        if self._open.draft != self._history[-1].draft:
            self._history.append(copy(self._open))
        draft = self._open.draft
        self.desk.keep_draft("attribution", self.desk.claim.id, None if draft.empty else draft.as_payload())
        self.desk.paint()

    def do_marks_undo(self) -> None:
        """The marks as they were before the last key that changed them."""
        if len(self._history) < 2:
            self.desk.say("nothing has been marked since it was opened")
            return
        self._history.pop()
        self.editor = copy(self._history[-1])
        self._changed()
        self.desk.say("as it was before")

    # Moving: do_word_next, do_clause_extend and so on, for every unit

    def move(self, unit: Unit, way: str) -> None:
        """Move, extend or shrink the selection by a unit."""
        if way in ("next", "previous"):
            self._open.move(unit, 1 if way == "next" else -1)
            self.desk.paint()
        else:
            at_start = True if way in ("earlier", "later") else None
            self._open.extend(unit, 1 if way in ("extend", "earlier") else -1, at_start=at_start)
            self._changed()

    def do_selection_swap(self) -> None:
        """Extend at the other end."""
        self._open.swap()
        self.desk.say("extends at the start" if self._open.at_start else "extends at the end")

    # Marks

    def do_mark_source(self) -> None:
        """The selection is the source."""
        self._mark(Role.SOURCE)

    def do_mark_cue(self) -> None:
        """The selection is the cue."""
        self._mark(Role.CUE)

    def do_mark_content(self) -> None:
        """The selection is the content."""
        self._mark(Role.CONTENT)

    def do_mark_relay(self) -> None:
        """The selection is the outlet it was told to; again: none."""
        self._mark(Role.RELAY)

    def do_mark_source_add(self) -> None:
        """One more piece of the source."""
        self._mark(Role.SOURCE, add=True)

    def do_mark_content_add(self) -> None:
        """One more piece of the content."""
        self._mark(Role.CONTENT, add=True)

    def _mark(self, role: Role, *, add: bool = False) -> None:
        if add:
            self._open.add_key(role)
        else:
            self._open.role_key(role)
        self._changed()

    def do_mark_remove(self) -> None:
        """Remove a mark."""
        role = self._open.remove()
        self.desk.say(f"{role.value} removed" if role else "nothing is marked")
        self._changed()

    # Kinds

    def do_type(self) -> None:
        """The next type."""
        self._cycle("type", self._open.draft.type)

    def do_form(self) -> None:
        """The next form."""
        self._cycle("form", self._open.draft.form or self.proposed(self._open.draft)[0])

    def do_anonymity(self) -> None:
        """The next anonymity."""
        self._cycle("anonymity", self._open.draft.anonymity or self.proposed(self._open.draft)[1])

    def _cycle(self, facet: Literal["type", "form", "anonymity"], now: str) -> None:
        self._open.cycle(facet, now)
        self._changed()

    def do_negation(self) -> None:
        """Negated, or not."""
        self._open.negate()
        self._changed()

    def do_parent(self) -> None:
        """Nested in the next larger attribution."""
        self._open.nest(self.desk.review.attributions)
        if self._open.draft.parent is None:
            self.desk.say("nested in none: a larger attribution's content would have to hold all of this content")
        self._changed()

    # Drafts

    def do_candidate(self, digit: str) -> None:
        """Take a numbered candidate."""
        if not self._open.take_number(int(digit)):
            self.desk.say(f"there is no candidate {digit}")
            return
        self._changed()

    def do_labels(self) -> None:
        """Name the words near the claim by letters."""
        self.labels = (self._open.label_words(), None)
        self.desk.set_mode(LABELS)
        self.desk.say(f"{self._open.focus.value}: the letter of its first word")

    def do_label(self, letter: str) -> None:
        """The first word of the span, then the last: it is marked for the role in focus."""
        words, first = self.labels
        at = LETTERS.index(letter)
        if at >= len(words):
            self.desk.say(f"no word has the letter {letter}")
            return
        if first is None:
            self.labels = (words, words[at])
            self.desk.say(f"{self._open.focus.value}: the letter of its last word")
            self.desk.paint()
            return
        self._open.take_labels(first, words[at])
        self.desk.set_mode(SPANS)
        self._changed()

    def do_labels_leave(self) -> None:
        """Back to the marks as they are."""
        self.desk.set_mode(SPANS)

    def do_draft_next(self) -> None:
        """The next attribution of the claim."""
        self._put_by()
        if len(self._drafts) < 2 and (self._at >= 0 or not self._drafts):
            self.desk.say("there is no other attribution here")
            return
        self._at = (self._at + 1) % len(self._drafts)
        self._open_on(self._drafts[self._at])
        self._changed()

    def _place_of(self, draft: Draft) -> int:
        """Which of the claim's a draft is: hers by its id, a suggested one by its suggestion; -1 for a new one."""
        if draft.kept:
            ids = [known.id for known in self._drafts]
            return ids.index(draft.id) if draft.id in ids else -1
        suggestions = [known.suggestion for known in self._drafts]
        return suggestions.index(draft.suggestion) if draft.suggestion and draft.suggestion in suggestions else -1

    def _put_by(self) -> None:
        """Leave the draft among the claim's, with the marks that it has: Tab comes back to it."""
        if self._at >= 0:
            self._drafts[self._at] = self._open.draft
        elif not self._open.draft.empty:
            self._drafts.append(self._open.draft)
            self._at = len(self._drafts) - 1

    def _open_on(self, draft: Draft) -> None:
        self.editor = self.editor_of(draft)
        self._history = [copy(self.editor)]

    def do_draft_new(self) -> None:
        """A new attribution."""
        self._put_by()
        self._at = -1
        self._open_on(Draft(uuid7()))
        self.desk.say("a new attribution: select and press w, c, d")
        self._changed()

    def do_draft_keep(self) -> None:
        """Store it and go back to the claim."""
        desk, claim, draft = self.desk, self.desk.claim, self._open.draft
        try:
            attribution = draft.attribution(*self.proposed(draft))
        except DomainError as error:
            desk.say(str(error), "wrong")
            return

        def then(decided: Decided) -> None:
            self.waiting.discard(claim.id)
            desk.keep_draft("attribution", claim.id, None)
            desk.show_review()
            desk.decided(decided)

        desk.save(
            lambda session: session.take(attributing.keep_attribution, claim, attribution, draft.suggestion), then
        )

    def do_draft_remove(self) -> None:
        """Remove the attribution; a draft that was never kept is forgotten."""
        desk, claim, draft = self.desk, self.desk.claim, self._open.draft
        self.waiting.discard(claim.id)
        desk.keep_draft("attribution", claim.id, None)
        desk.show_review()
        if draft.kept:
            desk.save(
                lambda session: session.take(attributing.remove_attribution, claim, draft.id),
                lambda decided: desk.settle(decided),
            )
        else:
            desk.say("forgotten")

    def do_spans_leave(self) -> None:
        """Back to the claim; an unchanged draft does not wait."""
        draft = self._open.draft
        unchanged = draft.empty or draft in (*self._as_stored, self._opened)
        if unchanged:
            self.desk.keep_draft("attribution", self.desk.claim.id, None)
        else:
            self.waiting.add(self.desk.claim.id)
            self.desk.alternatives.forget()
        self.desk.show_review()
        self.desk.say("" if unchanged else "not kept yet: e goes on where you were")
