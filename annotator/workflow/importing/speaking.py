"""Which language an article is in: said by a person, or guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.language.languages import guessed_language
from annotator.store import Store, articles
from annotator.store.review import load_article

Spoken = tuple[str, str, str]
"""An article's id and title, and its language now (a BCP 47 tag, empty where it is not known)."""


def languages(store: Store) -> Iterator[Spoken]:
    """Every article that is shown, in the order they were added."""
    for article_id in articles.shown_ids(store):
        article = load_article(store, article_id)
        yield article_id, article.title, article.language


def say_language(store: Store, article_ids: Sequence[str], tag: str, reviewer: str | None) -> list[Spoken]:
    """Say that these articles are in a language (a BCP 47 tag): one ledger entry each; those that change."""
    return [
        (article_id, load_article(store, article_id).title, tag)
        for article_id in article_ids
        if articles.set_language(store, article_id, tag, reviewer)
    ]


def guess_languages(store: Store, article_ids: Sequence[str], reviewer: str | None) -> list[Spoken]:
    """Guess the language of these articles, or of all that have none; those that change. An unsure guess changes none.

    Where it was said with a region or script, a guess of the same language leaves that.
    """
    changed: list[Spoken] = []
    for article_id in article_ids or articles.shown_ids(store):
        article = load_article(store, article_id)
        guessed = guessed_language(article.text) if article_ids or not article.language else ""
        if guessed and guessed != article.language.partition("-")[0]:
            changed += say_language(store, [article_id], guessed, reviewer)
    return changed
