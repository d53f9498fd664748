"""Finding words: in the article that is open, then in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from annotator.model.draft_key import DraftKey
from annotator.tui.actions.opening import open_article
from annotator.tui.context import Context
from annotator.tui.state import ReviewState, Search
from annotator.workflow.search import MOST_HITS, Hit, find


def ask_for_words(context: Context) -> None:
    """Ask for the words."""
    words, key = context.state.search.words, context.draft_key("find")
    context.ask("find: words in this article and the others", words, partial(_find, context, key), key)


def _find(context: Context, key: DraftKey, words: str) -> None:
    state = context.state

    def then(hits: list[Hit]) -> None:
        context.keep_draft(key, None)
        state.search = Search(words, hits)
        if hits:
            _show(context, _first(context))
        else:
            state.say(f"found nowhere: {words}")

    if words.strip():
        state.search = replace(state.search, words=words)
        context.read(lambda session: find(session.store, words), then)
    else:
        context.keep_draft(key, None)
        state.search = Search()


def _first(context: Context) -> int:
    """The first hit at or behind the present claim in this article, else the first anywhere."""
    here, start = context.state.open_id, context.state.claim.span.start
    found = enumerate(context.state.search.hits)
    return next((number for number, hit in found if hit.article_id == here and hit.span.end > start), 0)


def step(context: Context, step: int) -> None:
    """The next or the previous hit, around the end."""
    if context.state.search.hits:
        _show(context, _following(context.state, step))
    else:
        context.state.say("press / to find something first")


def _following(state: ReviewState, step: int) -> int:
    """The hit that follows the one shown last; where she has gone on in the article since, the first beyond her claim.

    What is in her claim itself is before her eyes.
    """
    hits, at = state.search.hits, state.search.at
    here = {
        number: state.review.index_at(hit.span.start)
        for number, hit in enumerate(hits)
        if hit.article_id == state.open_id
    }
    if not here or here.get(at) == state.present:
        return (at + step) % len(hits)
    if step > 0:
        return next((number for number, index in here.items() if index > state.present), (max(here) + 1) % len(hits))
    before = [number for number, index in here.items() if index < state.present]
    return before[-1] if before else min(here) - 1


def _show(context: Context, number: int) -> None:
    state = context.state
    hits = state.search.hits
    number %= len(hits)
    state.search = replace(state.search, at=number)
    hit = hits[number]
    said = f"{_counted(hits, number)}  ·  > < step"
    if hit.article_id == state.open_id:
        state.go_to(state.review.index_at(hit.span.start))
        state.say(said)
    else:
        open_article(context, hit.article_id, (None, hit.span.start), said)


def _counted(hits: Sequence[Hit], number: int) -> str:
    """Which hit of its article it is, and how many there are in all, where some are in others."""
    same = [other for other, hit in enumerate(hits) if hit.article_id == hits[number].article_id]
    counted = f"hit {same.index(number) + 1} of {len(same)} in this article"
    articles = len({hit.article_id for hit in hits})
    if articles == 1:
        return counted
    # The last articles may have more.
    least = "at least " if len(hits) == MOST_HITS else ""
    return f"{counted}  ·  {least}{len(hits)} in {articles} articles"
