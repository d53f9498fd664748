"""Finding words: in the article that is open, then in the others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from annotator.model.draft_key import DraftKey
from annotator.tui.actions.opening import open_article
from annotator.tui.context import Context
from annotator.tui.state import Search
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
            state.say(f"nowhere: {words}")

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
    search = context.state.search
    if search.hits:
        _show(context, (search.at + step) % len(search.hits))
    else:
        context.state.say("press / to find something first")


def _show(context: Context, number: int) -> None:
    state = context.state
    state.search = replace(state.search, at=number)
    hits = state.search.hits
    hit = hits[number]
    articles = len({other.article_id for other in hits})
    many = "the first " if len(hits) == MOST_HITS else ""
    said = f"hit {number + 1} of {many}{len(hits)} in {articles} articles  ·  > < step"
    if hit.article_id == state.open_id:
        state.go_to(state.review.index_at(hit.span.start))
        state.say(said)
    else:
        open_article(context, hit.article_id, (None, hit.span.start), said)
