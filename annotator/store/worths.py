"""How far articles are worth checking, in numbers that the queue is sorted by: written where what they follow from is.

Suggestions are compressed, so that no order can be made of them. These numbers are not work, and in no ledger: an
article's follows from what is suggested and from the scheme, a reviewer's from that and from her own decisions.
"""

from __future__ import annotations

from annotator.model.review import ArticleReview
from annotator.model.scheme import PASSES
from annotator.model.worth import best_by_value, worth_of
from annotator.store.connection import Store
from annotator.store.names import NONE, work_keys
from annotator.store.parts import parts_of
from annotator.store.suggestions import current_suggestions


def present_worth(store: Store, article_id: str) -> float:
    """How far an article is worth checking for whoever has decided nothing of it, from what is suggested now."""
    worths, _ = current_suggestions(store, article_id)
    if not worths:
        return 0.0
    return worth_of(best_by_value(parts_of(store, article_id).sentences, [made for _, made in worths]), store.scheme)


def write_worth(store: Store, article_id: str) -> None:
    """Write that of an article, from what is suggested now; inside the caller's transaction."""
    store.connection.execute(
        "update article set worth = ? where id = ?", (present_worth(store, article_id), article_id)
    )


def write_open_worth(store: Store, review: ArticleReview) -> None:
    """Write that of what a reviewer has left open; nothing where the article's own holds for her.

    The review's article has to have its suggestions. Inside the caller's transaction.
    """
    work = work_keys(store.connection, review.reviewer, review.article.id)
    if not review.begun and review.assigned is None:
        store.connection.execute("delete from open_worth where article = ? and reviewer = ?", work)
        return
    assert NONE not in work
    store.connection.execute(
        f"insert or replace into open_worth (article, reviewer, {', '.join(PASSES)}) values (?, ?, ?, ?, ?)",
        (*work, *(review.worth_left(pass_) for pass_ in PASSES)),
    )
