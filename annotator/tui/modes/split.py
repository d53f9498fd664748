"""The mode in which a claim is split in two: a cursor moves by words and clauses inside the claim."""

from __future__ import annotations

from copy import copy
from functools import partial

from annotator.editing.span_editor import SpanEditor
from annotator.editing.text_units import Unit
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.splitting import cut_key, name_cut
from annotator.tui.context import Context
from annotator.tui.keymap import REVIEW
from annotator.tui.mode import Mode
from annotator.workflow import segmenting


def move(context: Context, unit: Unit, step: int) -> None:
    """Move the cursor, never out of the claim."""
    state, claim = context.state, context.state.claim.span
    editor = copy(_cursor(context))
    editor.move(unit, step)
    if claim.start < editor.selection.start < claim.end:
        state.split = editor
        context.keep_draft(cut_key(state), {"at": editor.selection.start})
    name_cut(state)


def split_here(context: Context) -> None:
    """Split in front of the selection."""
    at, claim = _cursor(context).selection.start, context.state.claim
    context.state.enter(REVIEW)
    context.finish(
        cut_key(context.state), lambda session: session.apply(segmenting.split, claim, at), partial(apply, context)
    )


def leave(context: Context) -> None:
    """Leave the claim whole."""
    context.keep_draft(cut_key(context.state), None)
    context.state.enter(REVIEW)


def _cursor(context: Context) -> SpanEditor:
    assert context.state.split is not None
    return context.state.split


MODE = Mode(
    {
        "word.next": partial(move, unit="word", step=1),
        "word.previous": partial(move, unit="word", step=-1),
        "clause.next": partial(move, unit="clause", step=1),
        "clause.previous": partial(move, unit="clause", step=-1),
        "split.here": split_here,
        "split.leave": leave,
    }
)
