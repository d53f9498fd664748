"""Finding words in the articles that are shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from annotator.model.article import index_at
from annotator.model.language.sought import Sought
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.store import Store, articles
from annotator.store.review import load_article, load_claims

MOST_HITS = 2000
"""How many hits the workbench looks for: more than anybody steps through."""

AROUND = 40
"""How many code points on either side of a hit are told with it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand (code points)."""

    article_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit with the claim that it begins in, `number` counted from 1, and the words around it, each on one line."""

    hit: Hit
    title: str
    number: int
    claim_id: str
    before: str
    words: str
    after: str


def find(store: Store, words: str) -> list[Hit]:
    """Where the words stand one after another; what does not matter is said in `model.language.folding`."""
    return list(islice(_hits(store, words), MOST_HITS))


def _hits(store: Store, words: str) -> Iterator[Hit]:
    sought = Sought(words)
    if not words.split():
        return
    for article_id, text in articles.article_texts(store, words):
        for span in sought.spans(text):
            yield Hit(article_id, span)


def passages(store: Store, words: str, reviewer: str) -> Iterator[Passage]:
    """Every hit, in the order of the articles; its claim is one of the reviewer's own segmentation.

    A reviewer who has no work here ("" is one) has the sentences as her claims.
    """
    sought = Sought(words)
    if not words.split():
        return
    for article_id in articles.articles_with(store, words):
        article = load_article(store, article_id, suggested=False)
        spans = list(sought.spans(article.text))
        claims = load_claims(store, article, reviewer) if spans else ()
        for span in spans:
            index = index_at(claims, span.start)
            yield Passage(
                Hit(article_id, span),
                article.title,
                index + 1,
                claims[index].id,
                _on_one_line(article.text[max(0, span.start - AROUND) : span.start]),
                _on_one_line(span.slice(article.text)),
                _on_one_line(article.text[span.end : span.end + AROUND]),
            )


def _on_one_line(text: str) -> str:
    """The text with each stretch of white space as one space, also at its ends."""
    inside = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{inside}{' ' * (bool(inside) and text[-1:].isspace())}"
