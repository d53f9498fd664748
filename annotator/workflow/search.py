"""Finding words in the articles that are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from annotator.model.span import Span
from annotator.store import Store, articles

MOST_HITS = 2000
"""How many hits are looked for: more than anybody steps through."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand (code points)."""

    article_id: str
    span: Span


def find(store: Store, words: str) -> list[Hit]:
    """Where the words stand one after another, whatever their case and the white space between them."""
    return list(islice(_hits(store, words), MOST_HITS))


def _hits(store: Store, words: str) -> Iterator[Hit]:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
    if not words.split():
        return
    for article_id, text in articles.article_texts(store):
        for match in pattern.finditer(text):
            yield Hit(article_id, Span(*match.span()))
