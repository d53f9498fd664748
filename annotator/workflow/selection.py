"""Which reviewers and articles are meant where a person names some of them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import NotFoundError
from annotator.store import Store, articles, records


def known_reviewers(store: Store, named: Sequence[str]) -> list[str]:
    """The names; raises NotFoundError for somebody who has done nothing here."""
    known = records.reviewers(store)
    for name in named:
        if name not in known:
            there = f"here are: {', '.join(known)}" if known else "nobody has reviewed anything yet"
            raise NotFoundError(f"{store.path}: no reviewer {name!r}; {there}")
    return list(named)


def shown_articles(store: Store, named: Sequence[str]) -> list[str]:
    """The ids of the articles; raises NotFoundError for one that is not there, and for a hidden one."""
    found = [articles.find_article(store, name) for name in named]
    for article_id in found:
        if articles.visibility(store, article_id) == "hidden":
            short = article_id[:12]
            raise NotFoundError(
                f"{store.path}: article {short} is hidden; `annotator remove --undo {short}` shows it again"
            )
    return found
