"""The queue's queries: which articles in which order, and the rows of a page; one reviewer's counts only."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache

from annotator.model.instants import written
from annotator.model.language.folding import fold
from annotator.model.progress import Progress
from annotator.model.queue import QueueFilter, QueueRow, QueueSort
from annotator.model.scheme import Pass
from annotator.store.connection import Store, translated
from annotator.store.names import known_key

_JOINED = (
    "left join publication on publication.id = "
    "(select id from publication known indexed by publication_by_article where known.article = article.ordinal "
    "order by title = '', id limit 1) "
    "left join progress on progress.article = article.ordinal and progress.reviewer = :reviewer "
    "left join place on place.article = article.ordinal and place.reviewer = :reviewer "
)
_ASSIGNED = "left join assignment on assignment.reviewer = :reviewer and assignment.article = article.ordinal "
_FROM = f"from article {_JOINED}{_ASSIGNED}"
TITLE = "coalesce(nullif(title, ''), beginning)"
"""What an article is called, as SQL over its row and one of its publications."""
_CLAIMS = "coalesce(claims, json_array_length(spans), sentences)"
_LEFT = f"({_CLAIMS} - coalesce({{0}}_done + {{0}}_skipped, 0))"
_MINE = "exists (select 1 from assignment where reviewer = :reviewer and article = article.ordinal)"
# By the pass, which takes the place of {0}.
_SORTS = {
    QueueSort.ADDED: "article.ordinal",
    QueueSort.TITLE: f"folded({TITLE}), article.ordinal",
    QueueSort.PUBLISHER: "coalesce(publisher, '') = '', folded(publisher), article.ordinal",
    QueueSort.DATE: "moment(published_at) desc, article.ordinal",
    QueueSort.LEFT: f"{_LEFT}, article.ordinal",
    QueueSort.FLAGS: "coalesce(flagged, 0) desc, article.ordinal",
    QueueSort.TOUCHED: "coalesce(place.at, 0) desc, article.ordinal",
}
_BY_WORTH = "select -coalesce(article.worth, 0), article.ordinal from article indexed by article_by_worth "
_FILTERS = {
    QueueFilter.ALL: "1",
    QueueFilter.MINE: _MINE,
    QueueFilter.OPEN: f"{_LEFT} > 0",
    QueueFilter.STARTED: f"place.at is not null and {_LEFT} > 0",
    QueueFilter.AWAITING: "coalesce({0}_awaiting, 0) > 0",
    QueueFilter.FLAGGED: "coalesce(flagged, 0) > 0",
    QueueFilter.DONE: f"{_LEFT} = 0",
    # Those that can have such claims: whether they do is no matter of counts.
    QueueFilter.DIFFERING: "(select count(*) from progress of_one where of_one.article = article.ordinal "
    "and of_one.reviewer <> :reviewer) > 1",
}


def queue_order(
    store: Store,
    reviewer: str,
    pass_: Pass,
    sort: QueueSort = QueueSort.ADDED,
    filter_: QueueFilter = QueueFilter.ALL,
    words: str = "",
) -> array[int]:
    """The ordinals of the articles that the queue shows, in its order; `words` must be in the title or publisher.

    Titles are ordered, and words found, as `model.language.folding` folds them; dates by the time named, last first.
    """
    # Deferred: an article that is opened needs no queue.
    from annotator.model.language.sought import Sought

    sought = Sought(words)
    with translated(store.path):
        for name, function in (("folded", _folded), ("moment", _moment), ("has_words", sought.is_in)):
            store.connection.create_function(name, 1, function, deterministic=True)
        sought_in = f"and (has_words({TITLE}) or has_words(coalesce(publisher, '')))" if words else ""
        shown = f"hidden = 0 and purged_at is null and {_FILTERS[filter_].format(pass_)} {sought_in}"
        by_worth = sort is QueueSort.WORTH
        asked = f"where {shown}" if by_worth else f"where {shown} order by {_SORTS[sort].format(pass_)}"
        # SQLite leaves out of the other joins what nothing asks for.
        joined = _JOINED + _ASSIGNED * ("spans" in asked)
        rows = store.connection.execute(
            f"{_BY_WORTH if by_worth else 'select article.ordinal from article '}{joined}{asked}",
            {"reviewer": known_key(store.connection, "reviewer", reviewer)},
        )
        if by_worth:
            return _by_worth(rows.fetchall(), _open_worths(store, reviewer, pass_))
        return array("q", (row[0] for row in rows))


def _open_worths(store: Store, reviewer: str, pass_: Pass) -> dict[int, float | None]:
    """How far what she has left open is worth checking, by the articles that she has begun; None for nothing open."""
    return dict(
        store.connection.execute(
            f"select article, {pass_} from open_worth where reviewer = ?",
            (known_key(store.connection, "reviewer", reviewer),),
        )
    )


def _by_worth(rows: list[tuple[float, int]], own: Mapping[int, float | None]) -> array[int]:
    """The ordinals of articles, each behind its own worth with its sign turned, in the order of worth.

    An article's own counts where a reviewer has none of hers; where nothing is open for her it comes behind all. What
    an index gives is in its order already, so that to sort all of them is hardly more than a look at each.
    """
    if own:
        hers = [(1.0 if (worth := own[row[1]]) is None else -worth, row[1]) for row in rows if row[1] in own]
        rows = [row for row in rows if row[1] not in own] + sorted(hers)
    return array("q", [ordinal for _, ordinal in sorted(rows)])


# Tens of thousands of titles take some megabytes, and to fold them takes half of the time that their order does.
@lru_cache(maxsize=32_768)
def _folded(text: str | None) -> str:
    return fold(text or "")


# Thousands of articles have a few days.
@lru_cache(maxsize=4096)
def _moment(text: str | None) -> str:
    from annotator.model.dates import moment

    return moment(text or "")


def queue_rows(store: Store, reviewer: str, pass_: Pass, ordinals: Sequence[int]) -> list[QueueRow]:
    """The rows of some articles, in the order asked for."""
    marks = ", ".join(str(int(ordinal)) for ordinal in ordinals)
    counts = ", ".join(f"coalesce({pass_}_{count}, 0)" for count in ("done", "skipped"))
    more = ", ".join(f"coalesce({pass_}_{count}, 0)" for count in ("in_progress", "awaiting"))
    with translated(store.path):
        rows = store.connection.execute(
            f"select article.ordinal, article.id, {TITLE}, coalesce(publisher, ''), coalesce(published_at, ''), "
            f"{_CLAIMS}, {counts}, coalesce(flagged, 0), {more}, place.at {_FROM} "
            f"where article.ordinal in ({marks})",
            {"reviewer": known_key(store.connection, "reviewer", reviewer)},
        )
        found = {
            row[0]: QueueRow(row[0], row[1], row[2], row[3], row[4], Progress(*row[5:11]), _time(row[11]))
            for row in rows
        }
    return [found[ordinal] for ordinal in ordinals if ordinal in found]


def _time(stored: int | str | None) -> str:
    return "" if stored is None else written(stored)


def _assigned(store: Store, reviewer: str | None) -> tuple[str, int | None]:
    """A condition for the articles that are handed out to a reviewer (None: all), and its parameter :reviewer."""
    return ("1", None) if reviewer is None else (_MINE, known_key(store.connection, "reviewer", reviewer))


def neighbour(store: Store, article_id: str, step: int, assigned_to: str | None = None) -> str | None:
    """The id of the article that was added next (`step` 1) or before (-1), or None at the end.

    With a reviewer those that are handed out to her.
    """
    compare, order = (">", "asc") if step > 0 else ("<", "desc")
    mine, reviewer = _assigned(store, assigned_to)
    with translated(store.path):
        row = store.connection.execute(
            f"select id from article where hidden = 0 and purged_at is null and ordinal {compare} "
            f"(select ordinal from article where id = :article) and {mine} order by ordinal {order} limit 1",
            {"article": article_id, "reviewer": reviewer},
        ).fetchone()
    return str(row[0]) if row else None


def first_article(store: Store, assigned_to: str | None = None) -> str | None:
    """The id of the article that was added first and is shown, or None; with a reviewer of those handed out to her."""
    mine, reviewer = _assigned(store, assigned_to)
    with translated(store.path):
        row = store.connection.execute(
            f"select id from article where hidden = 0 and purged_at is null and {mine} order by ordinal limit 1",
            {"reviewer": reviewer},
        ).fetchone()
    return str(row[0]) if row else None


def ordinal_of(store: Store, article_id: str) -> int | None:
    """The article's number in the order they were added, or None where there is no such article."""
    with translated(store.path):
        row = store.connection.execute("select ordinal from article where id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else None


def shown_count(store: Store) -> int:
    """How many articles are shown."""
    with translated(store.path):
        row = store.connection.execute("select count(*) from article where hidden = 0 and purged_at is null").fetchone()
    return int(row[0])
