"""Counts for the overview of a project, each in one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from annotator.store import aliases
from annotator.store.connection import Store, translated
from annotator.store.ledger import DECISION

NO_PUBLISHER = "(no publisher)"
"""What articles without one are counted under."""


def decisions_by_day(store: Store, reviewers: Collection[str] = ()) -> list[tuple[str, str, int]]:
    """Day (UTC), reviewer (all where none are named) and how many decisions she took; undone ones count as well."""
    with translated(store.path):
        rows = store.connection.execute(
            "select case typeof(at) when 'integer' then date(at / 1000000, 'unixepoch') else substr(at, 1, 10) end, "
            "name.text, count(*) from ledger join name on name.key = reviewer "
            f"where ledger.kind = {DECISION} group by 1, 2"
        ).fetchall()
        names = aliases.now_called(store.connection)
    found: Counter[tuple[str, str]] = Counter()
    for day, name, count in rows:
        found[day, names.get(name, name)] += count
    return [(day, name, count) for (day, name), count in found.items() if not reviewers or name in reviewers]


def verdicts_by_publisher(store: Store, reviewers: Collection[str] = ()) -> dict[str, dict[str, int]]:
    """How many verdicts of each value (by its id) the articles of each publisher have."""
    found: dict[str, dict[str, int]] = {}
    with translated(store.path):
        rows = store.connection.execute(
            "select coalesce((select nullif(publisher, '') from publication where publication.article = "
            "verdict.article order by publisher = '', id limit 1), ?), value, name.text, count(*) from verdict "
            "join article on ordinal = verdict.article join name on name.key = verdict.reviewer "
            "where value is not null and hidden = 0 group by 1, 2, 3",
            (NO_PUBLISHER,),
        ).fetchall()
    for publisher, value, reviewer, count in rows:
        if not reviewers or reviewer in reviewers:
            counts = found.setdefault(publisher, {})
            counts[value] = counts.get(value, 0) + count
    return found
