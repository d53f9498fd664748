"""What counts as a first decision: entries of the ledger, made by hand, on an article of three claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from annotator.model.article import Article, Block, BlockKind, Sentence
from annotator.model.first_decisions import FirstDecisions, first_decisions
from annotator.model.ledger import Change, Entry, Kind, changes_payload
from annotator.model.scheme import Pass, default_scheme
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle, claims_of

TEXT = "Rain fell. Ana said the river rose. It stopped."
SENTENCES = tuple(Sentence(Span(*edges), BlockKind.BODY) for edges in ((0, 10), (11, 35), (36, 47)))
ARTICLE = StoredArticle(
    Article(TEXT, "").id, TEXT, (), "en", "made", (Block(Span(0, 47), BlockKind.BODY),), SENTENCES, searched=False
)
RAIN, RIVER, STOPPED = claims_of(ARTICLE.id, TEXT, SENTENCES, {})
SCHEME = default_scheme()
ATTRIBUTION = {
    "source": [[11, 14]],
    "cue": [15, 19],
    "content": [[20, 34]],
    "type": "statement",
    "form": "indirect",
    "anonymity": "named",
    "negated": False,
    "parent": None,
    "relay": None,
}


class Ledger:
    """Entries in the order in which they are made."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, kind: Kind, changes: Iterable[Change] = (), *, seen: bool = False, **more: Any) -> str:
        number = len(self.entries) + 1
        entry = Entry(
            f"entry-{number:04}",
            "database",
            number,
            kind,
            "test",
            f"2026-01-01T00:00:{number:02}+00:00",
            "ana",
            article_id=ARTICLE.id,
            payload=changes_payload(changes),
            scheme_version=more.pop("scheme", SCHEME.label),
            others_visible=seen,
            **more,
        )
        self.entries.append(entry)
        return entry.id

    def judge(self, claim_id: str, *, seen: bool = False, **facets: str | None) -> str:
        changes = [Change("judgement", (claim_id, name), value) for name, value in facets.items()]
        return self.add("decision", changes, seen=seen)

    def verdict(self, claim_id: str, value: str | None, *, seen: bool = False) -> str:
        return self.add("decision", [Change("verdict", (claim_id, "content", "value"), value)], seen=seen)

    def found(self, pass_: Pass = "both") -> FirstDecisions:
        return first_decisions(self.entries, ARTICLE, "ana", {SCHEME.label: SCHEME}, pass_)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def verdicts(found: FirstDecisions) -> dict[str, str | None]:
    return {decision.claim.id: decision.verdict for decision in found.made}


def test_what_stood_when_the_claim_first_became_done_counts_and_no_change_of_mind(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    ledger.verdict(RAIN.id, "refuted")
    ledger.verdict(RAIN.id, "supported")
    ledger.judge(RAIN.id, worth="1")
    (decision,) = ledger.found().made
    assert (decision.verdict, decision.judgement.worth) == ("refuted", "2")
    assert decision.at.endswith(":02+00:00")


def test_what_was_changed_before_the_claim_was_done_is_no_change_of_mind(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2")
    ledger.verdict(RAIN.id, "refuted")
    ledger.verdict(RAIN.id, "supported")
    ledger.judge(RAIN.id, voice="author")
    assert verdicts(ledger.found()) == {RAIN.id: "supported"}


def test_the_pass_says_what_completes_a_claim(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    assert ledger.found().made == ()
    assert ledger.found().unfinished == (RAIN.id,)
    (decision,) = ledger.found("triage").made
    assert decision.judgement.worth == "2"


def test_a_slip_that_was_undone_was_never_meant(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    slip = ledger.verdict(RAIN.id, "refuted")
    ledger.add("undo", undoes=slip)
    ledger.verdict(RAIN.id, "supported")
    assert verdicts(ledger.found()) == {RAIN.id: "supported"}


def test_an_undo_that_a_redo_took_back_is_none(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    first = ledger.verdict(RAIN.id, "refuted")
    undo = ledger.add("undo", undoes=first)
    ledger.add("redo", undoes=undo)
    ledger.verdict(RAIN.id, "supported")
    assert verdicts(ledger.found()) == {RAIN.id: "refuted"}


def test_nothing_that_was_decided_when_others_work_could_be_seen_counts(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    ledger.verdict(RAIN.id, "refuted", seen=True)
    ledger.judge(STOPPED.id, worth="0", seen=True)
    ledger.judge(STOPPED.id, voice="author")
    ledger.judge(RIVER.id, worth="0", voice="author")
    found = ledger.found()
    assert verdicts(found) == {RIVER.id: None}
    assert found.seen == (RAIN.id, STOPPED.id)


def test_neither_a_change_nor_an_undo_behind_it_reaches_back(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="2", voice="author")
    first = ledger.verdict(RAIN.id, "refuted")
    ledger.verdict(RAIN.id, "supported", seen=True)
    ledger.add("undo", undoes=first, seen=True)
    assert verdicts(ledger.found()) == {RAIN.id: "refuted"}
    assert ledger.found().seen == ()


def test_an_attribution_completes_the_claims_that_its_content_covers(ledger: Ledger) -> None:
    ledger.judge(RIVER.id, worth="1")
    longer = {**ATTRIBUTION, "content": [[20, 46]]}
    ledger.judge(STOPPED.id, worth="1")
    ledger.add("decision", [Change("attribution", ("one",), ATTRIBUTION), Change("attribution_source", ("one",), "s")])
    ledger.add("decision", [Change("attribution", ("one",), {**longer, "anonymity": "described"})])
    river, stopped = ledger.found().made
    assert (river.claim, stopped.claim) == (RIVER, STOPPED)
    assert [river.attributions[0].anonymity.value, stopped.attributions[0].anonymity.value] == ["named", "described"]
    assert river.sources == {"one": "s"}


def test_claims_of_a_segmentation_she_has_left_are_hers_no_more(ledger: Ledger) -> None:
    ledger.judge(RAIN.id, worth="1", voice="author")
    ledger.add("decision", [Change("boundary", ("11",), "join")])
    joined, _ = claims_of(ARTICLE.id, TEXT, SENTENCES, {11: "join"})
    ledger.judge(joined.id, worth="0", voice="author")
    (decision,) = ledger.found().made
    assert decision.claim == joined


def test_a_scheme_that_is_not_there_completes_nothing(ledger: Ledger) -> None:
    changes = [Change("judgement", (RAIN.id, name), value) for name, value in (("worth", "1"), ("voice", "author"))]
    ledger.add("decision", changes, scheme="somebody-else@7")
    assert ledger.found().made == ()


def test_imported_decisions_have_the_time_and_the_scheme_that_their_file_says(ledger: Ledger) -> None:
    changes = [Change("judgement", (RAIN.id, name), value) for name, value in (("worth", "1"), ("voice", "author"))]
    times = ("2020-01-01T00:00:00+00:00", "2020-01-02T00:00:00+00:00", SCHEME.label)
    ledger.add("decision", changes)
    entry = ledger.entries.pop()
    payload = {**entry.payload, "decided": {RAIN.id: list(times)}}
    ledger.entries.append(
        Entry(entry.id, "database", 1, "decision", "test", entry.at, "ana", payload=payload, scheme_version="x@1")
    )
    (decision,) = ledger.found().made
    assert (decision.at, decision.scheme) == (times[1], SCHEME.label)


def test_evidence_completes_a_verdict_where_the_scheme_wants_it(ledger: Ledger) -> None:
    from dataclasses import replace

    strict = replace(SCHEME, evidence_required=True)
    ledger.judge(RAIN.id, worth="2", voice="author")
    ledger.verdict(RAIN.id, "supported")
    evidence = {"claim_id": RAIN.id, "target": "content", "url": "https://example.org/rain"}
    ledger.add("decision", [Change("evidence", ("piece",), evidence)])
    (decision,) = first_decisions(ledger.entries, ARTICLE, "ana", {SCHEME.label: strict}).made
    assert decision.at.endswith(":03+00:00")
