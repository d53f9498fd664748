"""When claims were decided on: first and last, by what still holds in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from annotator.model.claim_places import ClaimPlaces
from annotator.model.instants import Instant, written
from annotator.model.ledger import effective
from annotator.model.period import Period
from annotator.model.review import ArticleReview
from annotator.store import aliases, ledger
from annotator.store.connection import Store
from annotator.store.names import all_names, work_keys
from annotator.store.packing import Packed, packed_hash, unpacked_hash, unpacked_id
from annotator.store.payloads import shortened
from annotator.store.soundness.damage import UNREADABLE, damaged
from annotator.store.touching import Touched, touched

Decided: TypeAlias = tuple[Instant, Instant, str]
"""When a claim was first and last decided, by decisions that hold, and the last one's scheme."""
Times: TypeAlias = dict[Packed, Decided]
"""The same by a claim's id as it is stored."""


Holding: TypeAlias = tuple[Instant, Packed | None, Touched, str]
"""A decision that holds: when, the claim that it names, what it is about, and under which scheme."""


class DecisionReader:
    """Reads the decisions that hold, of many articles; what all of them have in common is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connected = aliases.all_connected(store.connection)
        self._schemes = all_names(store.connection, "scheme")
        # With one database the counters are an order by themselves, that of the index.
        alone = len(all_names(store.connection, "database")) < 2
        origin = "" if alone else "join name origin on origin.key = ledger.database "
        order = "order by ledger.lamport" if alone else ledger.ORDER
        self._query = (
            "select ledger.id, ledger.at, ledger.claim, ledger.payload, ledger.scheme "
            f"from ledger indexed by ledger_by_article {origin}"
            f"where article = ? and reviewer = ? and ledger.kind = {ledger.DECISION} and {ledger.HOLDS} {order}"
        )

    def holding(self, reviewer: str, article_id: str, work: tuple[int, int] | None = None) -> Iterator[Holding]:
        """The reviewer's decisions on an article that hold, in their order; raises RowDamagedError.

        `work` are the numbers of the article and the reviewer, where they are known.
        """
        store = self._store
        if reviewer in self._connected:
            yield from _holding_of_connected(store, reviewer, article_id)
            return
        keys = work_keys(store.connection, reviewer, article_id) if work is None else work
        schemes = self._schemes
        for id_, at, claim, payload, scheme in store.connection.execute(self._query, keys):
            try:
                about = touched(payload)
            except UNREADABLE as error:
                raise damaged(store.path, f"ledger entry {unpacked_id(id_)}", error) from error
            yield at, claim, about, schemes.get(scheme, "")


def _holding_of_connected(store: Store, reviewer: str, article_id: str) -> Iterator[Holding]:
    for entry in effective(list(ledger.entries_of(store, reviewer, article_id))):
        claim = None if entry.claim_id is None else packed_hash(entry.claim_id)
        about = touched(shortened(entry.payload, entry.claim_id))
        yield entry.at, claim, about, entry.scheme_version or ""


def decision_times(places: ClaimPlaces, decisions: Iterable[Holding]) -> Times:
    """The times of the claims that the decisions are about.

    Decisions that an import brought have the times and the scheme that they were made at and under, where its entry
    says them.
    """
    times: Times = {}
    for at, claim, about, under in decisions:
        ids = _about(places, claim, about)
        if about.decided:
            times |= _as_brought(ids, about.decided, (at, at, under), times)
            continue
        for id_ in ids:
            known = times.get(id_)
            times[id_] = (known[0] if known else at, at, under)
    return times


def _as_brought(
    ids: Iterable[Packed], given: Mapping[Packed, tuple[str, str, str]], entry: Decided, known: Times
) -> Times:
    """The times of these claims after an import's entry, which says of some of them when they were decided."""
    found: Times = {}
    for id_ in ids:
        began, ended, under = _said(given[id_], entry) if id_ in given else entry
        found[id_] = (known[id_][0] if id_ in known else began, ended, under)
    return found


def _said(said: tuple[str, str, str], entry: Decided) -> Decided:
    """What an import says of a claim, and what its entry does where that is empty."""
    (began, ended, scheme), (first, last, under) = said, entry
    return began or first, ended or last, scheme or under


def _about(places: ClaimPlaces, claim: Packed | None, touched: Touched) -> Iterable[Packed]:
    """The ids of the claims, as they are stored, that a decision is about which names this one."""
    own = (claim,) if touched.own and claim is not None else ()
    if not touched.contents:
        return (*touched.claims, *own) if touched.claims else own
    covered = [places.digest(place) for place in places.covered(touched.contents)]
    if not touched.claims and covered == [*own]:
        return own
    # Each once: of a claim that an import brought, the times are not to be looked at again.
    return {*covered, *touched.claims, *own}


def decided_in(store: Store, review: ArticleReview, period: Period) -> frozenset[str]:
    """The ids of the claims that were last decided in the period; to refuse a suggestion is to decide too."""
    decisions = list(DecisionReader(store).holding(review.reviewer, review.article.id))
    claims = [(claim.span.start, claim.span.end, claim.kind) for claim in review.claims]
    found = decision_times(ClaimPlaces(review.article.id, claims), decisions)
    times = {id_: written(at) for id_, (_, at, _) in found.items()}
    for at, claim, _, _ in decisions:
        if claim is not None:
            times[claim] = max(times.get(claim, ""), written(at))
    return frozenset(unpacked_hash(id_) for id_, at in times.items() if period.holds(at))
