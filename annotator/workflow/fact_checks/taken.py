"""What reviewers took of what was seen before, and whether it was right, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.model.judgement import CONTENT
from annotator.model.ledger import Entry
from annotator.model.record import ClaimRecord
from annotator.model.reviewer import ADJUDICATED
from annotator.reports.checks import Taken, TakenFrom, taken_report
from annotator.store import Store
from annotator.store.fact_checks import checks
from annotator.store.records import claim_records
from annotator.workflow.fact_checks.taking import SEEN_BEFORE
from annotator.workflow.selection import known_reviewers

OWN, LAYER = "earlier verdicts of one's own", "what the lead has settled"


def taken_in_numbers(store: Store, reviewers: Sequence[str] = ()) -> list[TakenFrom]:
    """By publisher, how often something was taken and how often it was right, for the articles that are shown.

    Of all reviewers where none are named. Raises NotFoundError for an unknown one.
    """
    return taken_report(_taken(store, known_reviewers(store, reviewers)))


def _taken(store: Store, reviewers: Sequence[str]) -> Iterator[Taken]:
    entries: dict[tuple[str, str], list[Entry]] = {}
    for entry in checks.takings(store, SEEN_BEFORE):
        entries.setdefault((entry.reviewer or "", entry.claim_id or ""), []).append(entry)
    articles = {entry.article_id for own in entries.values() for entry in own if entry.article_id}
    if not articles:
        return
    for record in claim_records(store, reviewers, sorted(articles)):
        for entry in entries.get((record.reviewer, record.claim_id), ()):
            yield _one(record, entry, entry.payload[SEEN_BEFORE])


def _one(record: ClaimRecord, entry: Entry, seen: Mapping[str, Any]) -> Taken:
    target = next((str(each.value.get("target")) for each in entry.changes if each.table == "evidence"), CONTENT)
    verdict = next((each.value for each in record.verdicts if each.target == target), "")
    pieces = {change.key[0] for change in entry.changes if change.table == "evidence"}
    kept = bool(pieces & {each.id for each in record.evidence}) if pieces else bool(verdict)
    publisher = str(seen.get("publisher") or "(no publisher)")
    own = LAYER if publisher == ADJUDICATED else OWN
    return Taken(own if seen.get("own") else publisher, kept, str(seen.get("value", "")), verdict)
