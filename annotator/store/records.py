"""What exports and reports read: claim records, the counts of articles, and the times of decisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from annotator.model.instants import Instant
from annotator.model.late import NamedTuple
from annotator.model.progress import Progress
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.source import Registry
from annotator.store import aliases, ledger
from annotator.store.articles import shown_ids
from annotator.store.connection import Store, translated
from annotator.store.names import all_names, article_key, known_key
from annotator.store.record_reading import RecordReader

_OWN_KINDS = ", ".join(map(str, (ledger.DECISION, ledger.UNDO, ledger.REDO, ledger.EVENT)))
"""The kinds of entries that are somebody's own doing, as SQL."""


def claim_records(
    store: Store,
    reviewers: Sequence[str] = (),
    article_ids: Sequence[str] = (),
    *,
    untouched: bool = False,
    shown: Callable[[ArticleRecord], ArticleRecord] = lambda article: article,
) -> Iterator[ClaimRecord]:
    """The records of the reviewers (all where none are named) on the articles that are shown.

    In the order the articles were added, then by reviewer, then in text order. Claims about which nothing has
    been decided are left out unless `untouched`. All records of an article have one and the same article, as it is
    `shown`.
    """
    yield from records_of(store, work(store, reviewers, article_ids), untouched=untouched, shown=shown)


class Work(NamedTuple):
    """An article that is shown and a reviewer who has worked on it, with how many claims it has for her."""

    article_id: str
    reviewer: str
    claims: int


def work(store: Store, reviewers: Sequence[str] = (), article_ids: Sequence[str] = ()) -> list[Work]:
    """What the reviewers (all where none are named) have worked on, in the order of `claim_records`."""
    with translated(store.path):
        rows = store.connection.execute(
            "select article.id, name.text, claims from progress join article on article.ordinal = progress.article "
            "join name on name.key = progress.reviewer where hidden = 0 and purged_at is null"
        ).fetchall()
        places = {article_id: place for place, article_id in enumerate(shown_ids(store))}
    named = set(article_ids)
    wanted = [
        each
        for each in map(Work._make, rows)
        if (not reviewers or each.reviewer in reviewers) and (not named or each.article_id in named)
    ]
    return sorted(wanted, key=lambda each: (places[each.article_id], each.reviewer))


def records_of(
    store: Store,
    work: Iterable[Work],
    registry: Registry | None = None,
    *,
    untouched: bool = False,
    shown: Callable[[ArticleRecord], ArticleRecord] = lambda article: article,
) -> Iterator[ClaimRecord]:
    """The same of this work; the sources are those of the registry, or else the project's as they are now."""
    with translated(store.path):
        reader = RecordReader(store, registry, untouched=untouched)
        for article_id, own in groupby(work, key=attrgetter("article_id")):
            yield from reader.records_of(article_id, [each.reviewer for each in own], shown)


def reviewers(store: Store) -> list[str]:
    """Everybody who has decided or opened anything, by her present name."""
    with translated(store.path):
        rows = store.connection.execute(
            "select text from name where name.kind = 'reviewer' and exists (select 1 from ledger "
            f"indexed by ledger_by_reviewer where reviewer = name.key and ledger.kind in ({_OWN_KINDS})) order by 1"
        )
        names = aliases.now_called(store.connection)
        found = [row[0] for row in rows]
    return sorted({names.get(name, name) for name in found}) if names else found


def reviewers_of(store: Store, article_id: str) -> list[str]:
    """Everybody who has decided anything about an article, by name; the adjudicated layer is one of them."""
    with translated(store.path):
        rows = store.connection.execute(
            "select name.text from progress join name on name.key = reviewer where article = ? order by 1",
            (article_key(store.connection, article_id),),
        )
        return [row[0] for row in rows]


def shared_articles(store: Store, but: str) -> list[str]:
    """The articles that are shown and that several have worked on, `but` not counted, in the order they were added."""
    with translated(store.path):
        rows = store.connection.execute(
            "select id from article where hidden = 0 and purged_at is null and (select count(*) "
            "from progress where article = ordinal and reviewer <> ?) > 1 order by ordinal",
            (known_key(store.connection, "reviewer", but),),
        )
        return [row[0] for row in rows]


def article_work(
    store: Store, chosen: Sequence[str] = ()
) -> Iterator[tuple[str, str, str, Progress, dict[str, int], int]]:
    """Reviewer, article id, title, counts (pass "both"), verdicts by value, attributions: for all that is touched."""
    with translated(store.path):
        rows = store.connection.execute(
            "select name.text, article.id, coalesce((select title from publication indexed by publication_by_article "
            "where publication.article = article.ordinal and title <> '' order by id limit 1), beginning), claims, "
            "both_done, both_skipped, flagged, both_in_progress, both_awaiting, verdicts, attributions "
            "from progress join article on article.ordinal = progress.article "
            "join name on name.key = progress.reviewer where hidden = 0 and purged_at is null "
            "order by progress.article, name.text"
        )
        for reviewer, article_id, title, *counts, verdicts, attributions in rows:
            if not chosen or reviewer in chosen:
                yield reviewer, article_id, title, Progress(*counts), json.loads(verdicts), attributions


def ticks(store: Store, chosen: Sequence[str] = ()) -> Iterator[tuple[str, str, str, Instant]]:
    """Reviewer, session, article id and time of everything that reviewers did, in the order of time."""
    with translated(store.path):
        sessions = all_names(store.connection, "session")
        articles = dict(store.connection.execute("select ordinal, id from article"))
        names = aliases.now_called(store.connection)
        for reviewer in sorted(set(all_names(store.connection, "reviewer").values()) - names.keys()):
            if chosen and reviewer not in chosen:
                continue
            own = aliases.own_keys(store.connection, reviewer)
            for session, article, at in store.connection.execute(
                "select session, article, at from ledger indexed by ledger_by_reviewer "
                f"where reviewer {aliases.one_of(own)} and kind in ({_OWN_KINDS}) order by at",
                own,
            ):
                yield reviewer, sessions.get(session, ""), articles.get(article, ""), at
