"""Facets whose value cannot have changed since a claim was done: what was said first is read without a replay.

Where a reviewer has taken nothing back, has assigned each of a facet's registers once and is done with every claim of
an article, her present values are her first ones. That is so of most finished work, and can be told by counting.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass

from annotator.model.judgement import CONTENT
from annotator.model.scheme import Pass
from annotator.store.connection import Store, translated

_MARKS = {"worth": '"worth"', "verdict": '"value"'}
"""What stands in a payload once for each assignment; inside a text quotation marks are escaped."""
_PRESENT = {
    "worth": "select article_id, reviewer, claim_id, worth from judgement where worth is not null order by 2, 1",
    "verdict": "select article_id, reviewer, claim_id, value from verdict where value is not null order by 1, 2",
}
FACETS = tuple(_MARKS)
"""The facets of which that can be told."""


@dataclass(frozen=True, slots=True)
class FirstByCounting:
    """One facet's values that are known to be the first: article, claim, reviewer, value.

    Articles and claims are named by keys, the claims as `claim_key` names them. `unknown` are the pairs of article (id
    and key) and reviewer whose decisions have to be read one by one.
    """

    known: Iterator[tuple[Hashable, Hashable, str, str]]
    unknown: list[tuple[str, Hashable, str]]


def claim_key(claim_id: str) -> Hashable:
    """The key of a claim among the values that are known."""
    return claim_id


def first_by_counting(store: Store, facet: str, reviewers: Collection[str], pass_: Pass) -> FirstByCounting:
    """The values of one of FACETS, of the reviewers (all where none are named) on the articles that are shown."""
    with translated(store.path):
        settled: set[tuple[str, str]] = set()
        unknown: list[tuple[str, Hashable, str]] = []
        for article, reviewer, sure in _pairs(store, facet, pass_):
            if reviewers and reviewer not in reviewers:
                continue
            if sure:
                settled.add((article, reviewer))
            else:
                unknown.append((article, article, reviewer))
        return FirstByCounting(_known(store, facet, settled), unknown)


def _known(
    store: Store, facet: str, settled: Collection[tuple[str, str]]
) -> Iterator[tuple[Hashable, Hashable, str, str]]:
    for article, reviewer, claim, value in store.connection.execute(_PRESENT[facet]):
        if (article, reviewer) in settled:
            yield article, claim, reviewer, value


def _pairs(store: Store, facet: str, pass_: Pass) -> Iterator[tuple[str, str, bool]]:
    """Article and reviewer, and whether her present values are her first ones."""
    scheme = store.scheme
    # Where the pass does not ask for the facet a claim can be done before it has a value.
    asked = facet in scheme.passes[pass_]
    waiving = [value.id for value in scheme.worth if value.waives_verdict]
    rows = store.connection.execute(
        "with decided as (select article_id, reviewer, max(kind <> 'decision') or max(others_visible) "
        "or min(scheme_version) <> :scheme or max(scheme_version) <> :scheme or count(scheme_version) < count(*) "
        "or max(instr(payload, '\"decided\"')) > 0 as complicated, "
        "sum(length(payload) - length(replace(payload, :mark, ''))) / length(:mark) as assigned "
        "from ledger where article_id is not null and reviewer is not null and kind in ('decision', 'undo', 'redo') "
        "and erased = 0 group by reviewer, article_id), "
        f"present as (select article_id, reviewer, count(*) as held, {_LATE[facet]} as late from {_TABLES[facet]} "
        "group by reviewer, article_id) "
        "select decided.article_id, decided.reviewer, complicated = 0 and assigned = coalesce(held, 0) "
        "and coalesce(late, 0) = 0 and coalesce(done, 0) = claims and not exists (select 1 from boundary "
        "where boundary.article_id = decided.article_id and boundary.reviewer = decided.reviewer) "
        "from decided join article on article.id = decided.article_id and hidden = 0 and text is not null "
        "left join present using (article_id, reviewer) left join progress on progress.reviewer = decided.reviewer "
        "and progress.pass = :pass and progress.article_id = decided.article_id order by article.ordinal, 2",
        {
            "scheme": scheme.label,
            "mark": _MARKS[facet],
            "waiving": json.dumps(waiving),
            "content": CONTENT,
            "pass": pass_,
        },
    )
    for article, reviewer, sure in rows:
        yield article, reviewer, bool(sure) and asked


_TABLES = {
    "worth": "judgement where worth is not null",
    "verdict": "verdict left join judgement using (reviewer, claim_id, article_id) where value is not null",
}
# A verdict may have come when the claim was done without it, or by the verdict on an attribution.
_LATE = {
    "worth": "0",
    "verdict": "sum(target <> :content or worth is null or worth in (select value from json_each(:waiving)))",
}
