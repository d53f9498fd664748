"""Facets whose value cannot have changed since a claim was done: what was said first is read without a replay.

Where a reviewer has taken nothing back, has assigned each of a facet's registers once and is done with every claim of
an article, her present values are her first ones. That is so of most finished work, and can be told by counting. Of
verdicts it is so where besides every worth that waives the verdict stands: else a claim was done without one before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterator, Sequence

from annotator.model.late import dataclass
from annotator.model.scheme import Pass
from annotator.store import aliases
from annotator.store.connection import Store, translated
from annotator.store.ledger import REDO, UNDO
from annotator.store.names import all_names, known_key
from annotator.store.packing import packed_hash
from annotator.store.payloads import MARKS, worth_marks
from annotator.store.project import practice_articles

_PRESENT = {
    "worth": "select article, reviewer, claim, worth from judgement where worth is not null order by 1, 2",
    "verdict": "select article, reviewer, claim, value from verdict where value is not null order by 1, 2",
}
FACETS = tuple(MARKS)
"""The facets of which that can be told."""


@dataclass(frozen=True, slots=True)
class FirstByCounting:
    """One facet's values that are known to be the first: article, claim, reviewer, value.

    Articles and claims are named by their keys in this file, the claims as `claim_key` names them. `unknown` are the
    pairs of article (id and key) and reviewer whose decisions have to be read one by one.
    """

    known: Iterator[tuple[Hashable, Hashable, str, str]]
    unknown: list[tuple[str, Hashable, str]]


def claim_key(claim_id: str) -> Hashable:
    """The key of a claim among the values that are known."""
    return packed_hash(claim_id)


def first_by_counting(store: Store, facet: str, reviewers: Collection[str], pass_: Pass) -> FirstByCounting:
    """The values of one of FACETS, of reviewers (all where none is named); hidden and practice articles have none."""
    with translated(store.path):
        names = all_names(store.connection, "reviewer")
        # What was decided under several names, or what others undid, cannot be told by counting.
        connected, now = aliases.all_connected(store.connection), aliases.now_called(store.connection)
        practice = practice_articles(store)
        settled: set[tuple[int, int]] = set()
        unknown: dict[tuple[str, Hashable, str], None] = {}
        for article, reviewer, id_, sure in _pairs(store, facet, pass_):
            name = now.get(names[reviewer], names[reviewer])
            if id_ in practice or (reviewers and name not in reviewers):
                continue
            if sure and name not in connected:
                settled.add((article, reviewer))
            else:
                unknown[id_, article, name] = None
        return FirstByCounting(_known(store, facet, settled, names), list(unknown))


def _known(
    store: Store, facet: str, settled: Collection[tuple[int, int]], names: dict[int, str]
) -> Iterator[tuple[Hashable, Hashable, str, str]]:
    for article, reviewer, claim, value in store.connection.execute(_PRESENT[facet]):
        if (article, reviewer) in settled:
            yield article, claim, names[reviewer], value


def _pairs(store: Store, facet: str, pass_: Pass) -> Iterator[tuple[int, int, str, bool]]:
    """Article and reviewer by their keys, the article's id, and whether her present values are her first ones."""
    scheme, waives = store.scheme, facet == "verdict"
    # Where the pass does not ask for the facet a claim can be done before it has a value.
    asked = facet in scheme.passes[pass_]
    waiving = [value.id for value in scheme.worth if value.waives_verdict]
    own, others = worth_marks(waiving if waives else ())
    marks = _Marks()
    assigned = f"{marks.entries(MARKS[facet][:1])} + {marks.occurrences(MARKS[facet][1:])}"
    waived = f"{marks.entries(own)} + {marks.occurrences(others)}"
    rows = store.connection.execute(
        "with decided as (select article, reviewer, max(kind) in (:undo, :redo) or max(others_visible) = 1 "
        "or min(scheme) <> :scheme or max(scheme) <> :scheme or count(scheme) < count(*) "
        "or max(instr(payload, '\"decided\"')) > 0 as complicated, "
        f"{assigned} as assigned, {waived} as waived "
        "from ledger indexed by ledger_by_article where article is not null and reviewer is not null "
        "and kind <= :redo and erased = 0 group by article, reviewer), "
        f"present as (select article, reviewer, count(*) as held, {_LATE[facet]} as late from {_TABLES[facet]} "
        "group by article, reviewer), waiving as (select article, reviewer, count(*) as count from judgement "
        "where worth in (select value from json_each(:waiving)) group by article, reviewer) "
        "select decided.article, decided.reviewer, article.id, complicated = 0 and assigned = coalesce(held, 0) "
        "and coalesce(late, 0) = 0 and (not :waives or waived = coalesce(waiving.count, 0)) and "
        f"coalesce({pass_}_done, 0) = claims and not exists (select 1 from boundary where boundary.article = "
        "decided.article and boundary.reviewer = decided.reviewer) "
        "from decided join article on article.ordinal = decided.article and hidden = 0 and purged_at is null "
        "left join present using (article, reviewer) left join waiving using (article, reviewer) "
        "left join progress using (article, reviewer) order by 1, 2",
        {
            "undo": UNDO,
            "redo": REDO,
            "scheme": known_key(store.connection, "scheme", scheme.label),
            "waives": waives,
            **marks.parameters,
            "waiving": json.dumps(waiving),
        },
    )
    for article, reviewer, id_, sure in rows:
        yield article, reviewer, id_, bool(sure) and asked


class _Marks:
    """Texts that are looked for in payloads, as parameters of SQL; too often keeps nothing from being right."""

    def __init__(self) -> None:
        self.parameters: dict[str, str] = {}

    def entries(self, marks: Sequence[str]) -> str:
        """How many entries have each of the texts, added up: an entry assigns what is its own claim's once."""
        return self._added("sum(instr(payload, {0}) > 0)", marks)

    def occurrences(self, marks: Sequence[str]) -> str:
        """How often the texts stand in the payloads."""
        # Few payloads have one of them: only these are gone through to the end.
        more = "length(payload) - length(replace(payload, {0}, ''))"
        return self._added(f"sum(case when instr(payload, {{0}}) then {more} else 0 end) / length({{0}})", marks)

    def _added(self, count: str, marks: Sequence[str]) -> str:
        names = [f":mark{len(self.parameters) + place}" for place in range(len(marks))]
        self.parameters |= {name[1:]: mark for name, mark in zip(names, marks, strict=True)}
        return " + ".join(map(count.format, names)) or "0"


_TABLES = {
    "worth": "judgement where worth is not null",
    "verdict": ("verdict left join judgement using (article, reviewer, claim) where value is not null"),
}
# A verdict may have come when the claim was done without it, or by the verdict on an attribution.
_LATE = {
    "worth": "0",
    "verdict": "sum(target <> 0 or worth is null or worth in (select value from json_each(:waiving)))",
}
