"""Going to mark spans: which of the claim's attributions the span mode opens on."""

from __future__ import annotations

from annotator.editing.draft import Draft, drafts_at
from annotator.errors import DomainError
from annotator.model.ledger import uuid7
from annotator.tui.actions.drafting import editor_on, marks_key, with_candidates
from annotator.tui.context import Context
from annotator.tui.keymap import SPANS
from annotator.tui.state import Marking, ReviewState


def mark_spans(context: Context) -> None:
    """Open what waits here, else what is shown: an alternative, an attribution that Tab chose, a suggestion."""
    state, claim = context.state, context.state.claim
    drafts = tuple(drafts_at(state.review, claim))
    at = _first(state, drafts)
    first = drafts[at] if at >= 0 else Draft(uuid7())
    opened = first if state.alternative is None else state.alternative.draft
    known = "a new attribution  ·  ⇥ goes to what is kept" if drafts and at < 0 else ""

    def then() -> None:
        waiting = state.drafts.get(marks_key(state))
        now, said = opened, known
        if waiting is not None:
            try:
                waited = Draft.from_payload(dict(waiting))
                # What it came from may have been accepted or refused meanwhile: then it is settled.
                if waited.kept or waited.suggestion in (None, *(draft.suggestion for draft in drafts)):
                    now, said = waited, "what you had marked is still here"
            except DomainError:
                said = "what was marked here cannot be read any more"
        editor = editor_on(state, now)
        state.marking = Marking(editor, drafts, drafts, opened, _place_of(now, drafts)).on(editor)
        state.enter(SPANS)
        state.say(said)

    with_candidates(context, then)


def _first(state: ReviewState, drafts: tuple[Draft, ...]) -> int:
    """The index of the draft that opens first, or -1 for a new one: Tab then goes to the first of the others.

    What is kept opens only where it was chosen, so that one more attribution needs no key of its own.
    """
    kept = sum(draft.kept for draft in drafts)
    shown = state.card().shown_index()
    if state.candidate is not None and shown is not None:
        return shown
    return kept if kept < len(drafts) else -1


def _place_of(draft: Draft, drafts: tuple[Draft, ...]) -> int:
    """Which of the claim's a draft is: hers by its id, a suggested one by its suggestion; -1 for a new one."""
    if draft.kept:
        ids = [known.id for known in drafts]
        return ids.index(draft.id) if draft.id in ids else -1
    suggestions = [known.suggestion for known in drafts]
    return suggestions.index(draft.suggestion) if draft.suggestion and draft.suggestion in suggestions else -1
