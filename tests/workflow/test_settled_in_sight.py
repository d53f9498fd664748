"""What the lead has settled: found, named, and noted as seen; where it may be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.exercise import Exercise
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, ledger, project
from annotator.store.fact_checks import check_state
from annotator.workflow.fact_checks.seen import kept_before
from annotator.workflow.fact_checks.taken import LAYER, taken_in_numbers
from annotator.workflow.fact_checks.taking import take
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with
from tests.workflow.earlier_verdicts import checked, seen

Work = Callable[[str], ReviewSession]


def test_what_the_lead_has_settled_is_found_and_named(work: Work, store: Store, copy: str) -> None:
    checked(work(ADJUDICATED), "refuted")
    ana = work("ana")
    ana.open(copy)
    assert kept_before(ana).to_look_up
    (found,) = seen(store, copy, "ana")
    assert (found.by, found.own, found.value, found.score) == ("the lead", True, "refuted", 1.0)
    ana.apply(take, claim_with(ana, "We checked twice"), found)
    (line,) = taken_in_numbers(store, ["ana"])
    assert (line.source, line.taken) == (LAYER, 1)


def test_what_is_decided_in_sight_of_it_says_so_and_what_is_not_does_not(
    work: Work, store: Store, ramp: str, copy: str
) -> None:
    checked(work(ADJUDICATED), "refuted")
    ana = work("ana")
    ana.open(copy)
    checked(ana, words="We checked twice")
    seen(store, copy, "ana")
    checked(ana, "refuted", "We checked twice")
    checked(ana, words="The yard is shut")
    checked(ana, "not_enough", "We checked twice")
    ana.undo()
    entries = ledger.entries_of(store, "ana", copy)
    assert [each.others_visible for each in entries if each.kind != "event"] == [False, True, False, True, True]


def test_where_nothing_was_settled_a_decision_asks_that_alone(work: Work, store: Store, copy: str) -> None:
    checked(work("ana"))
    assert seen(store, copy, "ana")
    claim = claim_with(work("ana"), "We checked twice")
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    assert not check_state.shows_adjudicated(store, copy, "ana", claim.id)
    store.connection.set_trace_callback(None)
    (statement,) = asked
    assert "from name" in statement


@pytest.mark.parametrize("kind", list(Exercise))
@pytest.mark.parametrize("which", ["the settled one", "the open one"])
def test_an_exercise_gives_nothing_away(
    work: Work, store: Store, ramp: str, copy: str, kind: Exercise, which: str
) -> None:
    checked(work(ADJUDICATED), "refuted")
    assert seen(store, copy, "ana")
    project.set_exercise(store, ramp if which == "the settled one" else copy, kind, None)
    assert seen(store, copy, "ana") == []
    ana = work("ana")
    checked(ana)
    assert [each.by for each in seen(store, copy, "ana")] == ["you"]
    # Who settles sees it all.
    assert [each.by for each in seen(store, copy, ADJUDICATED)] == ["the lead"]


@pytest.mark.parametrize("since", ["exercise", "exercise of the open one", "hidden", "taken back"])
def test_what_may_be_shown_no_more_is_not_shown_before_all_is_looked_up_again(
    work: Work, store: Store, ramp: str, copy: str, since: str
) -> None:
    lead = work(ADJUDICATED)
    checked(lead, "refuted")
    assert seen(store, copy, "ana")
    ana = work("ana")
    ana.open(copy)
    assert kept_before(ana).seen
    if since == "hidden":
        articles.hide_article(store, ramp, None)
    elif since == "taken back":
        lead.undo()
    else:
        project.set_exercise(store, copy if since == "exercise of the open one" else ramp, Exercise.PRACTICE, None)
    assert kept_before(ana).seen == {}
    # It may have been in the place of something else.
    assert bool(kept_before(ana).to_look_up) is since.startswith("exercise")
    checked(ana, words="We checked twice")
    assert [each.others_visible for each in ledger.entries_of(store, "ana", copy) if each.kind != "event"] == [False]


@pytest.mark.parametrize("stands", [True, False])
def test_what_was_shown_of_a_copy_is_in_sight_where_the_claim_itself_is_decided(
    work: Work, store: Store, ramp: str, copy: str, *, stands: bool
) -> None:
    lead = work(ADJUDICATED)
    checked(lead, "refuted")
    assert seen(store, copy, "ana")
    if not stands:
        lead.undo()
    for reviewer in ("ana", "bo"):
        at_work = work(reviewer)
        at_work.open(ramp)
        checked(at_work)
        checked(at_work, words="They were old")
    made = {by: [each.others_visible for each in ledger.entries_of(store, by, ramp)][-2:] for by in ("ana", "bo")}
    assert made == {"ana": [stands, False], "bo": [False, False]}


def test_ones_own_judgements_are_no_sight_whatever_one_is_called(work: Work, store: Store, copy: str) -> None:
    odd = work(f"{ADJUDICATED}:x")
    checked(odd)
    odd.open(copy)
    assert [each.by for each in seen(store, copy, odd.reviewer)] == ["you"]
    checked(odd, words="We checked twice")
    made = [each for each in ledger.entries_of(store, odd.reviewer, copy) if each.kind != "event"]
    assert [each.others_visible for each in made] == [False]
