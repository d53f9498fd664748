"""Seen before in a project: what is kept, found, taken and marked; and that nobody sees another's work by it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused
from annotator.model.check import Check, Match, Sought
from annotator.store import Store, articles, doctor, ledger, open_store
from annotator.store.fact_checks.check_state import last_decided
from annotator.workflow import judging
from annotator.workflow.evidence import evidence_to_use
from annotator.workflow.fact_checks import seen_before
from annotator.workflow.fact_checks.seen import found_before, kept_before
from annotator.workflow.fact_checks.taken import OWN, taken_in_numbers
from annotator.workflow.fact_checks.taking import take
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with
from tests.workflow.earlier_verdicts import look
from tests.workflow.fact_checks import FILLER, HELD, OTHER


def test_a_claim_is_found_and_what_was_found_is_kept(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    assert not kept_before(ana).to_look_up
    load(HELD, *FILLER)
    assert kept_before(ana).to_look_up
    (seen,) = look(ana, "two cables held")
    assert (seen.check.publisher, seen.own, seen.contradicted) == ("Tamarack Checks", False, False)
    assert seen.score > seen_before.SURE_ENOUGH
    kept = kept_before(ana)
    assert not kept.to_look_up
    assert [seen] in kept.seen.values()
    load({**OTHER, "claim": "A new one."}, name="more.jsonl")
    assert kept_before(ana).to_look_up


@pytest.mark.parametrize("words", ["They were old", "Buy our paper"], ids=["a claim", "too short, and no claim"])
def test_a_claim_is_looked_up_in_the_words_of_its_restatement(
    ana: ReviewSession, load: Callable[..., dict[str, int]], words: str
) -> None:
    load({**OTHER, "claim": "The Quillfeather ramp was built in 1904 of oak."}, *FILLER)
    claim = claim_with(ana, words)
    assert look(ana, words) == ()
    ana.apply(judging.restatement, claim, "The Quillfeather ramp was built in 1904 of oak.")
    assert kept_before(ana).to_look_up
    seen = look(ana, words)[0]
    assert seen.why[0] == "the same sentence"


def test_stale_and_contradicting_checks_are_marked(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    text = "Ines Duarte told Reuters that two cables held, the yard said."
    load(
        {**HELD, "claim": text, "date": "2020-01-01"},
        {**HELD, "claim": text, "verdict": "True", "url": "https://sober.example.org/c"},
        *FILLER,
    )
    seen = look(ana, "two cables held")
    assert {each.check.value: (each.stale, each.contradicted) for each in seen} == {
        "refuted": (True, True),
        "supported": (False, True),
    }


def test_taken_as_evidence_it_says_where_it_comes_from(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    decided = ana.apply(take, claim, seen)
    (piece,) = decided.review.evidence_of(claim)
    assert (piece.url, piece.publisher, piece.published_at) == (HELD["url"], "Tamarack Checks", "2026-02-01")
    assert (piece.answer, piece.stance, piece.passage) == ("False", "refutes", "Did two cables hold?")
    assert decided.review.verdict(claim) is None
    with pytest.raises(DecisionRefused, match="evidence here already"):
        ana.apply(take, claim, seen)
    ana.apply(judging.verdict, claim, "refuted")
    (line,) = taken_in_numbers(ana.store)
    assert (line.source, line.taken, line.kept, line.compared, line.right) == ("Tamarack Checks", 1, 1, 1, 1)
    ana.apply(judging.verdict, claim, "supported")
    (line,) = taken_in_numbers(ana.store)
    assert (line.compared, line.right) == (1, 0)


def test_one_that_denies_what_the_claim_says_speaks_the_other_way_round(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load({**HELD, "claim": "Ines Duarte told Reuters that two cables of the ramp never held."}, *FILLER)
    (seen,) = look(ana, "two cables held")
    assert "negated" in seen.why
    assert seen_before.evidence_from(seen)["stance"] == "supports"


def test_corrected_and_withdrawn_checks_are_marked_where_they_are_evidence(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    ana.apply(take, claim_with(ana, "two cables held"), seen)
    assert kept_before(ana).outdated == {}
    load({**HELD, "modified": "2026-02-02"})
    assert kept_before(ana).outdated == {}
    load({**HELD, "verdict": "True", "modified": "2026-03-01"})
    # A small change of what was corrected is no other correction, and no fewer.
    load({**HELD, "verdict": "True", "title": "Did two cables hold at dawn?", "modified": "2026-03-02"})
    since = kept_before(ana).outdated[HELD["url"]]
    assert (since.of("False"), since.in_words("False")) == ("corrected", "corrected: it says “True” now")
    assert [piece.became for piece in evidence_to_use(ana.store, "ana", "")] == ["corrected"]
    # What is taken of it from now on is as it is.
    assert (since.of("True"), since.in_words("True")) == ("", "")
    (seen,) = look(ana, "two cables held")
    with pytest.raises(DecisionRefused, match="already, as “False”: v, X removes that"):
        ana.apply(take, claim_with(ana, "two cables held"), seen)
    load({**HELD, "status": "withdrawn", "modified": "2026-04-01"})
    assert kept_before(ana).outdated[HELD["url"]].of("False") == "withdrawn"
    assert look(ana, "two cables held") == ()


def test_wire_copy_finds_ones_own_earlier_verdict_and_takes_it_by_one_key(ana: ReviewSession, copy: str) -> None:
    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "supported")
    ana.open(copy)
    (seen,) = look(ana, "We checked twice")
    assert (seen.own, seen.why[0], seen.score, seen.check.value) == (True, "the same sentence", 1.0, "supported")
    again = claim_with(ana, "We checked twice")
    decided = ana.apply(take, again, seen)
    verdict = decided.review.verdict(again)
    assert verdict is not None
    assert verdict.value == "supported"
    (line,) = taken_in_numbers(ana.store)
    assert (line.source, line.taken, line.right) == (OWN, 1, 1)
    with pytest.raises(DecisionRefused, match="that already"):
        ana.apply(take, again, seen)


def test_of_the_same_sentence_nothing_is_said_that_only_the_title_names() -> None:
    check = Check("x", "The berth handled 212,000 containers.", "Port Halloran shuts its berth")
    match = Match(check, 0.6, ("same number (212000)", "the check also names Halloran"))
    same = seen_before._of(match, Sought(check.claim), own=True)
    assert (same.score, same.why) == (1.0, ("the same sentence", "same number (212000)"))
    other = seen_before._of(match, Sought("A berth at a port handled 212,000 of them."), own=True)
    assert (other.score, other.why) == (0.6, match.why)


def test_a_number_below_zero_makes_another_sentence() -> None:
    check = Check("x", "The year closed at 5 percent for the harbour of Port Halloran.")
    match = Match(check, 0.6, ("same number (5)",))
    seen = seen_before._of(match, Sought(check.claim.replace("5", "-5")), own=True)
    assert "the same sentence" not in seen.why
    assert seen.score < 1


def test_an_earlier_verdict_that_is_another_now_is_looked_up_anew(
    work: Callable[[str], ReviewSession], ramp: str, copy: str, store: Store
) -> None:
    ana, bo = work("ana"), work("bo")

    def shown() -> list[str]:
        ana.open(copy)
        assert kept_before(ana).to_look_up
        found = [seen.value for seen in look(ana, "We checked twice")]
        assert not kept_before(ana).to_look_up
        ana.open(ramp)
        return found

    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "refuted")
    assert shown() == ["refuted"]
    ana.apply(judging.verdict, claim, "supported")
    assert shown() == ["supported"]
    ana.undo()
    assert shown() == ["refuted"]
    ana.redo()
    assert shown() == ["supported"]
    # What another decides is nothing to her, and nothing is found by who has given no verdict.
    before = last_decided(store, "ana")
    bo.apply(judging.flag, claim)
    assert last_decided(store, "bo") == 0
    bo.apply(judging.verdict, claim, "refuted")
    assert last_decided(store, "ana") == before
    ana.open(copy)
    assert not kept_before(ana).to_look_up


def test_what_is_united_or_renamed_is_looked_up_anew_by_who_has_work(ana: ReviewSession, store: Store) -> None:
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "refuted")
    for action in ("merge", "rename"):
        before = last_decided(store, "ana")
        with store.transaction():
            ledger.append(store, "shared", action, {"changes": []})
        assert last_decided(store, "ana") > before
        assert last_decided(store, "bo") == 0


def test_nobody_sees_anothers_verdict_by_it(work: Callable[[str], ReviewSession], copy: str) -> None:
    ana, bo = work("ana"), work("bo")
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "supported")
    ana.apply(judging.restatement, claim_with(ana, "We checked twice"), "The cables were checked twice.")
    bo.open(copy)
    assert not kept_before(bo).to_look_up
    assert look(bo, "We checked twice") == ()
    assert kept_before(bo).seen == {}
    # What ana found is kept for ana alone.
    ana.open(copy)
    assert look(ana, "We checked twice")
    assert kept_before(bo).seen == {}


def test_others_judgements_are_seen_only_where_the_caller_names_them(
    work: Callable[[str], ReviewSession], store: Store, copy: str
) -> None:
    ana = work("ana")
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "supported")
    assert seen_before.look_up(store, copy, "bo") == {}
    opened = seen_before.look_up(store, copy, "bo", judged_by=("ana",))
    assert opened
    assert {seen.check.publisher for found in opened.values() for seen in found} == {"ana"}


def test_what_is_not_wanted_any_more_is_not_kept(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    load(HELD, *FILLER)
    assert found_before(ana, ana.review.article.id, lambda: True) is None
    assert kept_before(ana).to_look_up


def test_an_earlier_verdict_that_the_scheme_has_no_more_or_that_is_negated_is_not_taken(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    own = replace(seen, own=True)
    with pytest.raises(DecisionRefused, match="no longer has"):
        ana.apply(take, claim, replace(own, check=replace(own.check, value="gone")))
    with pytest.raises(DecisionRefused, match="denies"):
        ana.apply(take, claim, replace(own, why=("negated",)))
    with pytest.raises(DecisionRefused, match="takes a reason"):
        ana.apply(take, claim, replace(own, check=replace(own.check, value="mixed")))


@pytest.mark.parametrize("which", ["the earlier one", "the open one"])
def test_what_is_purged_while_it_is_looked_up_does_not_come_back_into_the_file(
    ana: ReviewSession, copy: str, ramp: str, store: Store, path: Path, which: str
) -> None:
    # Only what is found, and no longer its article, would have the restatement.
    words = "The Quillfeather cables were inspected two times."
    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "supported")
    ana.apply(judging.restatement, claim, words)
    assert seen_before.look_up(store, copy, "ana")
    purged = ramp if which == "the earlier one" else copy
    asked: list[str] = []

    def purging() -> bool:
        if not asked:
            with closing(open_store(path)) as other:
                articles.purge_article(other, purged, None)
        asked.append(purged)
        return False

    assert seen_before.look_up(store, copy, "ana", over=purging) is None
    assert asked
    assert store.connection.execute("select count(*) from seen_before").fetchone() == (0,)
    store.rest()
    everything = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert (words.encode() in everything) is (purged == copy)
    if purged == ramp:
        assert seen_before.look_up(store, copy, "ana") == {}


@pytest.mark.parametrize(
    "damage",
    [
        "found = replace(found, 'Tamarack', 'Tamarock')",
        "found = '{\"seen\": 7}'",
        "found = substr(found, 1, 40)",
        "found = cast(cast(found as blob) || x'ff' as text)",
        "made_of = cast(cast(made_of as blob) || x'ff' as text)",
        "made_of = '7' || made_of",
        "reviewer = 'bo'",
    ],
)
def test_what_is_not_what_was_kept_is_looked_up_anew_and_is_a_finding(
    ana: ReviewSession, store: Store, load: Callable[..., dict[str, int]], damage: str
) -> None:
    load(HELD, *FILLER)
    found = look(ana, "Ines Duarte")
    assert not kept_before(ana).to_look_up
    assert list(doctor.examine(store)) == []
    store.connection.execute("pragma ignore_check_constraints = on")
    store.connection.execute(f"update seen_before set {damage}")
    (problem,) = doctor.examine(store)
    assert (problem.check, "it is not what was found" in problem.detail) == ("seen before", True)
    assert (kept_before(ana).seen, bool(kept_before(ana).to_look_up)) == ({}, True)
    # Nothing is refused because of it.
    ana.apply(judging.worth, claim_with(ana, "Ines Duarte"), "2")
    assert look(ana, "Ines Duarte") == found
    if "bo" not in damage:
        assert list(doctor.examine(store)) == []


def test_what_an_earlier_version_kept_is_no_finding_and_is_looked_up_anew(
    ana: ReviewSession, store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    found = look(ana, "Ines Duarte")
    store.connection.execute("update seen_before set made_of = substr(made_of, 1, instr(made_of, char(10)) - 1)")
    assert list(doctor.examine(store)) == []
    assert kept_before(ana).to_look_up
    assert look(ana, "Ines Duarte") == found


def test_an_article_that_two_have_to_look_up_is_looked_up_once(
    ana: ReviewSession, load: Callable[..., dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(HELD, *FILLER)
    wanted = kept_before(ana).to_look_up
    # It was left and opened again before the first is through.
    again = kept_before(ana).to_look_up
    first = found_before(ana, ana.review.article.id, lambda: False, wanted)
    monkeypatch.setattr(seen_before, "_sources", lambda *_: pytest.fail("it is looked up again"))
    assert first
    assert found_before(ana, ana.review.article.id, lambda: False, again) == first
