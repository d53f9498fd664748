"""What exports and reports read: claim records, the counts of articles, and the times of decisions."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from annotator.model.article import Claim, headline_of, titled
from annotator.model.attribution import Attribution
from annotator.model.chain import path_to
from annotator.model.instants import Instant
from annotator.model.late import NamedTuple
from annotator.model.period import Period
from annotator.model.progress import Progress
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import ArticleReview, State
from annotator.model.source import Registry
from annotator.model.stored_article import StoredArticle
from annotator.store import aliases, ledger, sources
from annotator.store.articles import shown_ids
from annotator.store.connection import Store, translated
from annotator.store.ledger import Holding
from annotator.store.names import all_names, article_key, known_key
from annotator.store.review import load_article, load_work

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
        known = sources.registry(store) if registry is None else registry
        before: ArticleReview | None = None
        for article_id, own in groupby(work, key=attrgetter("article_id")):
            article = load_article(store, article_id, suggested=False)
            record = shown(_article_record(store, article))
            for each in own:
                review = load_work(store, article, each.reviewer)
                before = review.following(before) if before is not None else review
                yield from _records(store, review, record, known, untouched=untouched)


def _article_record(store: Store, article: StoredArticle) -> ArticleRecord:
    return ArticleRecord(
        id=article.id,
        text=article.text,
        publications=titled(article.publications, headline_of(article.text, article.blocks)),
        language=article.language,
        rights=_rights(store, article),
        origin=article.origin,
    )


def _records(
    store: Store, review: ArticleReview, article: ArticleRecord, registry: Registry, *, untouched: bool
) -> Iterator[ClaimRecord]:
    places = _Places(review.claims)
    times = _decision_times(places, ledger.holding(store, review.reviewer, article.id))
    covering = _covering(places, review.attributions)
    chains = _chains(review.attributions)
    resolved = {id_: registry.resolve(source_id) for id_, source_id in review.sources.items()}
    sources_of = {id_: source for id_, source in resolved.items() if source is not None}
    states = zip(review.claims, review.states("both"), strict=True)
    for ordinal, (claim, state) in enumerate(states, 1):
        decided = times.get(claim.id)
        if state is State.TO_DO and decided is None and not untouched:
            continue
        attributions = tuple(covering.get(claim.id, ()))
        yield ClaimRecord(
            article=article,
            reviewer=review.reviewer,
            claim_id=claim.id,
            ordinal=ordinal,
            span=claim.span,
            kind=claim.kind,
            state=state,
            judgement=review.judgement(claim),
            attributions=attributions,
            chains=tuple([chains[attribution.id] for attribution in attributions]),
            verdicts=tuple(review.verdicts_of(claim)),
            evidence=tuple(review.evidence_of(claim)),
            first_decided_at=decided[0] if decided else "",
            last_decided_at=decided[1] if decided else "",
            scheme=decided[2] if decided else store.scheme.label,
            sources={made.id: sources_of[made.id] for made in attributions if made.id in sources_of},
        )


def _rights(store: Store, article: StoredArticle) -> str:
    row = store.connection.execute("select rights from article where id = ?", (article.id,)).fetchone()
    return str(row[0])


def _chains(attributions: Iterable[Attribution]) -> dict[str, tuple[str, ...]]:
    """For each attribution, by its id, those that it is nested in, the outermost first."""
    by_id = {attribution.id: attribution for attribution in attributions}
    return {made.id: tuple(outer.id for outer in path_to(made, by_id)[:-1]) for made in by_id.values()}


class _Places:
    """Where the claims of one review stand: which of them some text overlaps, without a look at all of them."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._ids = [claim.id for claim in claims]
        self._starts = [claim.span.start for claim in claims]
        self._ends = [claim.span.end for claim in claims]

    def covered(self, start: int, end: int) -> Sequence[str]:
        """The ids of the claims that this stretch of text overlaps, in text order."""
        # Claims are in order and disjoint, so what begins before the end and ends behind the start is one stretch.
        return self._ids[bisect_right(self._ends, start) : bisect_left(self._starts, end)]


def _covering(places: _Places, attributions: Iterable[Attribution]) -> dict[str, list[Attribution]]:
    """The attributions whose content overlaps each claim, by its id, as `ArticleReview.attributions_of` orders them."""
    found: dict[str, list[Attribution]] = {}
    for made in sorted(attributions, key=lambda a: (a.parent is not None, a.content[0].start)):
        stretches = [places.covered(span.start, span.end) for span in made.content]
        # Two stretches may meet in one claim.
        for claim_id in stretches[0] if len(stretches) == 1 else dict.fromkeys(chain.from_iterable(stretches)):
            found.setdefault(claim_id, []).append(made)
    return found


def _decision_times(places: _Places, decisions: Iterable[Holding]) -> dict[str, tuple[str, str, str]]:
    """For each claim the times of the first and last decision that holds, and the last one's scheme.

    Decisions that an import brought have the times and the scheme that they were made at and under, where its entry
    says them.
    """
    times: dict[str, tuple[str, str, str]] = {}
    for decision in decisions:
        at, _, (claims, contents, given), under = decision
        if contents:
            claims = claims.union(*[places.covered(start, end) for start, end in contents])
        for claim_id in claims:
            began, ended, scheme = given.get(claim_id, _UNSAID)
            known = times.get(claim_id)
            times[claim_id] = (known[0] if known else began or at, ended or at, scheme or under or "")
    return times


_UNSAID = ("", "", "")


def decided_in(store: Store, review: ArticleReview, period: Period) -> frozenset[str]:
    """The ids of the claims that were last decided in the period; to refuse a suggestion is to decide too."""
    decisions = list(ledger.holding(store, review.reviewer, review.article.id))
    found = _decision_times(_Places(review.claims), decisions)
    times = {claim_id: at for claim_id, (_, at, _) in found.items()}
    for decision in decisions:
        if decision.claim_id is not None:
            times[decision.claim_id] = max(times.get(decision.claim_id, ""), decision.at)
    return frozenset(claim_id for claim_id, at in times.items() if period.holds(at))


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
