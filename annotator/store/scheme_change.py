"""Giving a project another label scheme: one transaction that checks, versions, records and counts anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.errors import DecisionRefused
from annotator.model.late import dataclass
from annotator.model.scheme import Scheme, scheme_data
from annotator.model.scheme_version import meaning, versioned
from annotator.model.stored_article import StoredArticle
from annotator.store import ledger, schemes, worths_anew
from annotator.store.connection import SCHEME, Store
from annotator.store.projection import write_progress
from annotator.store.review import load_article, load_review


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """What became of a change: the store with the scheme that the project has now.

    `changed` is False where it had that very scheme before; `counted` is how many pairs of reviewer and article have
    been counted anew.
    """

    store: Store
    changed: bool
    counted: int


def change_scheme(store: Store, wanted: Scheme, reviewer: str | None, reserved: Iterable[Scheme] = ()) -> SchemeChange:
    """Give the project another scheme: one transaction, one ledger entry, everybody's counts made anew.

    `reserved` are schemes of other projects whose versions are taken. Raises DecisionRefused, with the counts, where
    the scheme lacks values of the present one that are in use, and where somebody changed the scheme meanwhile.
    """
    with store.transaction():
        schemes.check_current(store)
        before = store.scheme
        scheme = versioned(wanted, before, [*reserved, *schemes.earlier_schemes(store)])
        if scheme == before:
            return SchemeChange(store, changed=False, counted=0)
        _check_nothing_lost(store, scheme)
        after = replace(store, scheme=scheme)
        entry = ledger.append(after, "shared", SCHEME, {SCHEME: scheme_data(scheme)}, reviewer=reviewer)
        schemes.project(after, entry)
        counted = 0
        if meaning(scheme) != meaning(before):
            counted = _count_anew(after)
            worths_anew.after_another_scheme(after)
    return SchemeChange(after, changed=True, counted=counted)


def _check_nothing_lost(store: Store, scheme: Scheme) -> None:
    used = schemes.used_values(store)
    kept = set(_values(scheme))
    lost = [value for value in _values(store.scheme) if value in used and value not in kept]
    if lost:
        told = ", ".join(f"{value[0]} {value[-1]!r} ({used[value]})" for value in lost)
        raise DecisionRefused(
            f"{scheme.id} lacks what is in use: {told}; keep these ids (names may change), or decide those claims anew"
        )


def _values(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    for facet, values in (("check-worthiness", scheme.worth), ("voice", scheme.voice), ("verdict", scheme.verdict)):
        for value in values:
            yield facet, value.id
            yield from (("reason", value.id, reason.id) for reason in value.reasons)


def _count_anew(store: Store) -> int:
    pairs = store.connection.execute(
        "select article.id, name.text from progress join article on article.ordinal = progress.article "
        "join name on name.key = progress.reviewer order by progress.article, progress.reviewer"
    ).fetchall()
    article: StoredArticle | None = None
    for article_id, reviewer in pairs:
        if article is None or article.id != article_id:
            article = load_article(store, article_id, suggested=False)
        write_progress(store, load_review(store, article, reviewer))
    return len(pairs)
