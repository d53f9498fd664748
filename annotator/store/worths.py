"""How far what a reviewer has left open is worth checking, in numbers that the queue is sorted by.

Suggestions are compressed, so that no order can be made of them. These numbers are not work, and in no ledger: an
article's own (`suggestions.write_worth`) follows from what is suggested and from the scheme, a reviewer's from that and
from her decisions.
"""

from __future__ import annotations

from annotator.model.review import ArticleReview
from annotator.model.scheme import PASSES
from annotator.store.connection import Store
from annotator.store.names import NONE, work_keys


def write_open_worth(store: Store, review: ArticleReview) -> None:
    """Write that of what a reviewer has left open; nothing where the article's own holds for her.

    The review's article has to have its suggestions. Inside the caller's transaction.
    """
    # Deferred: the first article is shown without it.
    from annotator.model.worth_order import worth_left

    work = work_keys(store.connection, review.reviewer, review.article.id)
    if not review.begun and review.assigned is None:
        store.connection.execute("delete from open_worth where article = ? and reviewer = ?", work)
        return
    assert NONE not in work
    store.connection.execute(
        # The row's place in the indexes stays.
        f"insert into open_worth (article, reviewer, {', '.join(PASSES)}) values (?, ?, ?, ?, ?) "
        f"on conflict do update set {', '.join(f'{pass_} = excluded.{pass_}' for pass_ in PASSES)}",
        (*work, *(worth_left(review, pass_) for pass_ in PASSES)),
    )
