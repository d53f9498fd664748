"""The span mode: source, cue and content are set by words, clauses, candidates and letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from annotator.editing.draft import Draft
from annotator.editing.text_units import Unit
from annotator.errors import DomainError
from annotator.model.attribution import Role
from annotator.model.ledger import uuid7
from annotator.tui.actions.deciding import apply, apply_and_go_on
from annotator.tui.actions.drafting import editor_on, editor_to_change, keep_marks, marks_key
from annotator.tui.context import Context
from annotator.tui.keymap import LABELS, REVIEW
from annotator.tui.mode import Mode
from annotator.tui.state import ReviewState
from annotator.workflow import attributing
from annotator.workflow.reading import proposed_kind
from annotator.workflow.session import DecisionResult

UNITS: tuple[Unit, ...] = ("letter", "word", "clause", "sentence", "paragraph")

# The selection


def move(context: Context, way: str, unit: Unit) -> None:
    """Move, extend or shrink the selection by a unit."""
    editor = editor_to_change(context.state)
    if way in ("next", "previous"):
        editor.move(unit, 1 if way == "next" else -1)
        return
    at_start = True if way in ("earlier", "later") else None
    editor.extend(unit, 1 if way in ("extend", "earlier") else -1, at_start=at_start)
    keep_marks(context)


def swap(context: Context) -> None:
    """Extend at the other end."""
    editor = editor_to_change(context.state)
    editor.swap()
    context.state.say("extends at the start" if editor.at_start else "extends at the end")


# Marks


def mark(context: Context, role: Role) -> None:
    """The selection is this; the relay's again: none."""
    editor_to_change(context.state).role_key(role)
    keep_marks(context)


def add(context: Context, role: Role) -> None:
    """One more piece of this."""
    editor_to_change(context.state).add_key(role)
    keep_marks(context)


def remove_mark(context: Context) -> None:
    """Remove a mark."""
    role = editor_to_change(context.state).remove()
    context.state.say(f"{role.value} removed" if role else "nothing is marked")
    keep_marks(context)


def undo_marks(context: Context) -> None:
    """The marks as they were before the last key that changed them."""
    state, history = context.state, context.state.editing.history
    if len(history) < 2:
        state.say("nothing has been marked since it was opened")
        return
    state.marking = replace(state.editing, editor=history[-2], history=history[:-1])
    keep_marks(context)
    state.say("as it was before")


def take_candidate(context: Context, digit: str) -> None:
    """Take a numbered candidate."""
    if editor_to_change(context.state).take_number(int(digit)):
        keep_marks(context)
    else:
        context.state.say(f"there is no candidate {digit}")


def name_words(context: Context) -> None:
    """Name the words near the claim by letters."""
    state = context.state
    state.marking = replace(state.editing, labels=(state.editing.editor.label_words(), None))
    state.enter(LABELS)
    state.say(f"{state.editing.editor.focus.value}: the letter of its first word")


# Kinds


def cycle(context: Context, facet: Literal["type", "form", "anonymity"]) -> None:
    """The next type, form or anonymity."""
    draft = context.state.editing.editor.draft
    form, anonymity = proposed_kind(context.state.review.article, draft.source, draft.content)
    now = {"type": draft.type, "form": draft.form or form, "anonymity": draft.anonymity or anonymity}[facet]
    editor_to_change(context.state).cycle(facet, now)
    keep_marks(context)


def negate(context: Context) -> None:
    """Negated, or not."""
    editor_to_change(context.state).negate()
    keep_marks(context)


def nest(context: Context) -> None:
    """Nested in the next larger attribution."""
    editor = editor_to_change(context.state)
    editor.nest(context.state.review.attributions)
    if editor.draft.parent is None:
        context.state.say("nested in none: a larger attribution's content would have to hold all of this content")
    keep_marks(context)


# Drafts


def open_next(context: Context) -> None:
    """The next attribution of the claim."""
    state = context.state
    _put_by(state)
    marking = state.editing
    if len(marking.drafts) < 2 and (marking.at >= 0 or not marking.drafts):
        state.say("there is no other attribution here")
        return
    at = (marking.at + 1) % len(marking.drafts)
    state.marking = replace(marking, at=at).on(editor_on(state, marking.drafts[at]))
    keep_marks(context)


def open_new(context: Context) -> None:
    """A new attribution."""
    state = context.state
    _put_by(state)
    state.marking = replace(state.editing, at=-1).on(editor_on(state, Draft(uuid7())))
    state.say("a new attribution: select and press w, c, d")
    keep_marks(context)


def _put_by(state: ReviewState) -> None:
    """Leave the draft among the claim's, with the marks that it has: Tab comes back to it."""
    marking = state.editing
    draft, drafts = marking.editor.draft, list(marking.drafts)
    if marking.at >= 0:
        drafts[marking.at] = draft
        state.marking = replace(marking, drafts=tuple(drafts))
    elif not draft.empty:
        state.marking = replace(marking, drafts=(*drafts, draft), at=len(drafts))


def keep(context: Context) -> None:
    """Store it and go back to the claim."""
    state, claim, draft = context.state, context.state.claim, context.state.editing.editor.draft
    try:
        attribution = draft.attribution(*proposed_kind(state.review.article, draft.source, draft.content))
    except DomainError as error:
        state.say(str(error), "wrong")
        return

    def then(decided: DecisionResult) -> None:
        state.waiting -= {claim.id}
        state.enter(REVIEW)
        apply_and_go_on(context, decided)

    context.finish(
        marks_key(state),
        lambda session: session.apply(attributing.keep_attribution, claim, attribution, draft.suggestion),
        then,
    )


def remove(context: Context) -> None:
    """Remove the attribution; a draft that was never kept is forgotten."""
    state, claim, draft = context.state, context.state.claim, context.state.editing.editor.draft
    key = marks_key(state)
    state.waiting -= {claim.id}
    state.enter(REVIEW)
    if draft.kept:
        context.finish(
            key, lambda session: session.apply(attributing.remove_attribution, claim, draft.id), partial(apply, context)
        )
    else:
        context.keep_draft(key, None)
        state.say("forgotten")


def leave(context: Context) -> None:
    """Back to the claim; an unchanged draft does not wait."""
    state, marking = context.state, context.state.editing
    draft = marking.editor.draft
    unchanged = draft.empty or draft in (*marking.stored, marking.opened)
    if unchanged:
        context.keep_draft(marks_key(state), None)
    else:
        state.waiting |= {state.claim.id}
        state.ways = None
    state.enter(REVIEW)
    state.say("" if unchanged else "not kept yet: e goes on where you were")


_ACTIONS: dict[str, Callable[[Context], None]] = {
    "selection.swap": swap,
    "mark.source": partial(mark, role=Role.SOURCE),
    "mark.cue": partial(mark, role=Role.CUE),
    "mark.content": partial(mark, role=Role.CONTENT),
    "mark.relay": partial(mark, role=Role.RELAY),
    "mark.source.add": partial(add, role=Role.SOURCE),
    "mark.content.add": partial(add, role=Role.CONTENT),
    "mark.remove": remove_mark,
    "marks.undo": undo_marks,
    "labels": name_words,
    "type": partial(cycle, facet="type"),
    "form": partial(cycle, facet="form"),
    "anonymity": partial(cycle, facet="anonymity"),
    "negation": negate,
    "parent": nest,
    "draft.next": open_next,
    "draft.new": open_new,
    "draft.keep": keep,
    "draft.remove": remove,
    "spans.leave": leave,
}
_FAMILIES: dict[str, Callable[[Context, str], None]] = {
    "candidate": take_candidate,
    **{unit: partial(move, unit=unit) for unit in UNITS},
}
MODE = Mode(_ACTIONS, _FAMILIES)
