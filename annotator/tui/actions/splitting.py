"""Choosing where to split a claim: the words on both sides of the cut."""

from __future__ import annotations

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.model.draft_key import DraftKey
from annotator.model.language.words import words
from annotator.tui.context import Context
from annotator.tui.keymap import SPLIT
from annotator.tui.state import ReviewState


def choose_cut(context: Context) -> None:
    """Put the cursor at the claim's second clause, else its second word."""
    state, article, claim = context.state, context.state.review.article, context.state.claim
    inside = words(article.text, claim.span.start, claim.span.end)
    if len(inside) < 2:
        state.say("one word cannot be split", "wrong")
        return
    editor = SpanEditor(article.text, [claim.span], [claim.span], Draft(""), inside[0])
    waiting = state.drafts.get(cut_key(state))
    later = [span for span in editor.units("clause") if span.start > claim.span.start]
    editor.selection = later[0] if later else inside[1]
    if waiting is not None:
        editor.selection = next((span for span in inside[1:] if span.start == waiting.get("at")), editor.selection)
    state.split = editor
    state.enter(SPLIT)
    name_cut(state)


def cut_key(state: ReviewState) -> DraftKey:
    """What the cut that is being chosen belongs to."""
    return DraftKey(state.claim.article_id, "split", state.claim.id)


def name_cut(state: ReviewState) -> None:
    """Name the words on both sides of the cut."""
    assert state.split is not None
    text, claim, at = state.review.article.text, state.claim.span, state.split.selection.start
    before = words(text, claim.start, at)[-1].slice(text)
    behind = words(text, at, claim.end)[0].slice(text)
    state.say(f"cut between “{before}” and “{behind}”, in front of what is marked?", "asked")
