"""Drafting: opening an attribution for editing, and keeping what is marked of it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.model.candidates import SpanCandidates
from annotator.model.draft_key import DraftKey
from annotator.tui.context import Context
from annotator.tui.state import ReviewState
from annotator.workflow import reading


def with_candidates(context: Context, then: Callable[[], None]) -> None:
    """Go on once the open article's candidates are known: it is read for them once."""
    state, article = context.state, context.state.review.article
    if state.candidates is not None and state.candidates[0] == article.id:
        then()
        return

    def found(candidates: SpanCandidates) -> None:
        state.candidates = (article.id, candidates)
        then()

    context.read(lambda _: reading.candidates_in(article), found)


def editor_on(state: ReviewState, draft: Draft) -> SpanEditor:
    """The editor as it opens on a draft at the present claim."""
    article = state.review.article
    return SpanEditor.opened(
        draft,
        state.claim.span,
        article.text,
        [sentence.span for sentence in article.sentences],
        [block.span for block in article.blocks],
        state.candidates[1] if state.candidates is not None else None,
    )


def editor_to_change(state: ReviewState) -> SpanEditor:
    """The editor, as a copy that stands in the state instead of what is painted."""
    editor = copy(state.editing.editor)
    state.marking = replace(state.editing, editor=editor)
    return editor


def keep_marks(context: Context) -> None:
    """Store the draft as it is marked, so that a crash loses no mark, and what it was for going back."""
    state, marking = context.state, context.state.editing
    draft = marking.editor.draft
    if draft != marking.history[-1].draft:
        state.marking = replace(marking, history=(*marking.history, marking.editor))
    context.keep_draft(marks_key(state), None if draft.empty else draft.as_payload())


def marks_key(state: ReviewState) -> DraftKey:
    """What the marks at the present claim belong to."""
    return DraftKey(state.claim.article_id, "attribution", state.claim.id)
