"""Noticing what the reviewer has done in another terminal meanwhile."""

from __future__ import annotations

from annotator.tui.actions.opening import look_again_in_other_words
from annotator.tui.context import Context
from annotator.tui.keymap import QUEUE, REVIEW
from annotator.workflow.other_terminals import CHANGED_ELSEWHERE, News, same_work


def take_news(context: Context, news: News) -> None:
    """Show what is another, and say so where it is the present claim; what is being marked or asked stays as it is."""
    state, review = context.state, news.review
    state.registry, state.drafts = news.registry, news.drafts
    if state.opened is None or review is None or review.article.id != state.open_id:
        return
    # What is the same stays the very same, by which it is known that nothing has to be painted.
    if news.outdated != state.outdated:
        state.outdated = news.outdated
    if review == state.opened:
        return
    if state.mode not in (REVIEW, QUEUE):
        # The next decision is made on what is there then.
        return
    before, claim = state.review, state.claim
    state.opened = review
    place = state.index_of(claim.id, claim.span.start)
    state.present = place if place is not None else 0
    look_again_in_other_words(context, before)
    if not same_work(before, review, claim):
        state.start_anew()
        state.say(CHANGED_ELSEWHERE)
