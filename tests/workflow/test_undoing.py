"""Undo far back costs what the first undo does, and leads where a search of all that was decided leads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import DecisionRefused
from annotator.model.ledger import Entry
from annotator.store import Store, doctor, ledger, open_store, undoing
from annotator.workflow import judging, uniting
from annotator.workflow.session import DecisionResult, ReviewSession
from annotator.workflow.undoing import Undoing
from tests.workflow.apart import BOAT, made, session

Work = Callable[[str], ReviewSession]
DEEP = 400


def steps_of(store: Store, act: Callable[[], object]) -> int:
    """How many steps SQLite's machine makes for it."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    store.connection.set_progress_handler(step, 1)
    try:
        act()
    finally:
        store.connection.set_progress_handler(None, 1)
    return steps


def test_undo_and_redo_are_found_as_quickly_four_hundred_deep_as_five(ana: ReviewSession) -> None:
    store = ana.store
    store.connection.execute("pragma synchronous = off")
    for at in range(DEEP + 1):
        ana.apply(judging.flag, ana.review.claims[at % len(ana.review.claims)])
    for act, find in ((ana.undo, ana.next_undo), (ana.redo, ana.next_redo)):
        found, taken = {}, {}
        for depth in range(1, DEEP + 1):
            taken[depth] = steps_of(store, act)
            if depth in (5, DEEP - 1):
                found[depth] = steps_of(store, find)
        assert found[DEEP - 1] <= found[5] + 20
        if act == ana.undo:
            assert taken[DEEP] <= 1.1 * taken[5]
    assert list(doctor.examine(store)) == []


def test_an_undo_reads_back_to_what_was_there_before_and_no_further(ana: ReviewSession) -> None:
    store, claims = ana.store, ana.review.claims
    store.connection.execute("pragma synchronous = off")
    decision = 0
    for at in range(DEEP):
        decision = steps_of(store, partial(ana.apply, judging.flag, claims[at % len(claims)]))
    # To look for what is next, and to read two entries with their names, takes half as many steps as a decision.
    assert max(steps_of(store, ana.undo) for _ in range(20)) < 2 * decision


def test_what_is_next_is_looked_for_once_for_an_undo(ana: ReviewSession) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.apply(judging.flag, ana.review.claims[1])
    asked: list[str] = []
    ana.store.connection.set_trace_callback(asked.append)
    ana.undo()
    ana.store.connection.set_trace_callback(None)
    assert sum("ledger.erased = 0" in statement for statement in asked) == 1


def test_what_was_next_is_no_more_where_another_terminal_decides_before_it_is_taken_back(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = work("ana"), work("ana")
    one.apply(judging.flag, one.review.claims[0])
    genuine = Undoing.next

    def meanwhile(asked: Undoing, what: undoing.What) -> tuple[Entry, Entry] | None:
        due = genuine(asked, what)
        two.apply(judging.flag, two.review.claims[1])
        return due

    monkeypatch.setattr(Undoing, "next", meanwhile)
    with pytest.raises(DecisionRefused, match="something else was decided meanwhile"):
        one.undo()
    two.open(one.review.article.id)
    assert [two.review.judgement(claim).flag for claim in two.review.claims[:2]] == [True, True]


def test_an_undo_brings_back_the_later_of_what_two_machines_said_at_one_count(tmp_path: Path) -> None:
    paths = tmp_path / "one.db", tmp_path / "two.db"
    for path, worth in zip(paths, "01", strict=True):
        with closing(made(path, BOAT)) as store:
            ana = session(store, "ana")
            ana.apply(judging.worth, ana.review.claims[0], worth)
    with closing(open_store(paths[0])) as store:
        list(uniting.merge(store, [paths[1]], None))
        ana = session(store, "ana")
        before = ana.review.judgement(ana.review.claims[0]).worth
        decided = [entry for entry in ledger.entries_of(store, "ana", ana.review.article.id) if entry.kind != "event"]
        assert len({entry.lamport for entry in decided}) == 1
        ana.apply(judging.worth, ana.review.claims[0], "2")
        ana.undo()
        assert ana.review.judgement(ana.review.claims[0]).worth == before
        assert list(doctor.examine(store)) == []


def test_a_redo_does_not_set_what_a_later_decision_of_another_machine_says(tmp_path: Path) -> None:
    with closing(made(tmp_path / "one.db", BOAT)) as one, closing(made(tmp_path / "two.db", BOAT)) as two:
        earlier, later = session(two, "ana"), session(one, "ana")

        def pass_time(who: ReviewSession, times: int) -> None:
            for _ in range(times):
                who.open(who.review.article.id)

        earlier.apply(judging.worth, earlier.review.claims[0], "0")
        pass_time(later, 4)
        later.apply(judging.worth, later.review.claims[0], "1")
        pass_time(earlier, 6)
        earlier.undo()
        pass_time(later, 6)
        later.undo()
        assert [united.entries for united in uniting.merge(one, [tmp_path / "two.db"], None)] != [0]
        ana = session(one, "ana")
        ana.redo()
        ana.redo()
        assert ana.next_redo() is None
        assert ana.review.judgement(ana.review.claims[0]).worth == "1"
        assert list(doctor.examine(one)) == []


def test_what_another_terminal_of_hers_did_meanwhile_is_next(work: Work) -> None:
    one, two = work("ana"), work("ana")
    for claim in one.review.claims[:4]:
        one.apply(judging.flag, claim)
    one.undo()
    one.undo()
    two.apply(judging.skip, two.review.claims[0])
    due = one.next_undo()
    assert due is not None
    assert due.action == "skip"
    two.undo()
    two.redo()
    assert one.next_undo() == due
    one.undo()
    again = one.next_undo()
    assert again is not None
    assert again.claim_id == one.review.claims[1].id
    two.undo()
    after = one.next_undo()
    assert after is not None
    assert after.claim_id == one.review.claims[0].id


ACTS = st.lists(
    st.tuples(st.sampled_from(["ana", "ana too", "bo"]), st.sampled_from(["decide", "undo", "undo", "redo", "redo"])),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_next_undo_and_redo_are_those_that_a_search_from_the_end_finds(
    work: Work, acts: list[tuple[str, str]]
) -> None:
    sessions = {who: work(who.split()[0]) for who in ("ana", "ana too", "bo")}
    store = sessions["ana"].store
    store.connection.execute("pragma synchronous = off")
    for number, (who, act) in enumerate(acts):
        session = sessions[who]
        claim = session.review.claims[number % len(session.review.claims)]
        acting: dict[str, Callable[[], object]] = {
            "decide": partial(session.apply, judging.flag, claim), "undo": session.undo, "redo": session.redo,
        }  # fmt: skip
        with suppress(DecisionRefused):
            acting[act]()
        for each in sessions.values():
            assert each.next_undo() == undoing.next_undo(each.store, each.reviewer)
            assert each.next_redo() == undoing.next_redo(each.store, each.reviewer)


@pytest.mark.parametrize("what", ["decide", "undo", "redo"])
def test_a_decision_reads_the_numbers_of_its_article_and_of_its_names_once(ana: ReviewSession, what: str) -> None:
    claim = ana.review.claims[0]
    acts: dict[str, Callable[[], object]] = {
        "decide": partial(ana.apply, judging.flag, claim), "undo": ana.undo, "redo": ana.redo
    }  # fmt: skip
    for earlier in ("decide", "undo", "redo", "undo" if what == "redo" else "decide"):
        acts[earlier]()
    asked: list[str] = []
    ana.store.connection.set_trace_callback(asked.append)
    acts[what]()
    ana.store.connection.set_trace_callback(None)
    inside = asked[asked.index("begin immediate") :]
    names = [
        each for each in inside if each.startswith(("select key from name", "select ordinal", "select name, value"))
    ]
    assert len(names) >= 5
    assert len(names) == len(set(names))


def test_what_was_named_before_it_is_taken_back_is_not_looked_for_again(ana: ReviewSession) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.apply(judging.flag, ana.review.claims[1])
    asked: list[str] = []
    ana.store.connection.set_trace_callback(asked.append)
    named = ana.take_back_if("undo", lambda _: False)
    taken = ana.take_back_if("undo", lambda decision: decision == named)
    ana.store.connection.set_trace_callback(None)
    assert isinstance(taken, DecisionResult)
    assert sum("ledger.erased = 0" in statement for statement in asked) == 1


def test_a_redo_reads_the_decision_that_it_brings_back_once(ana: ReviewSession) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.undo()
    asked: list[str] = []
    ana.store.connection.set_trace_callback(asked.append)
    ana.redo()
    ana.store.connection.set_trace_callback(None)
    assert sum("where ledger.id = " in statement for statement in asked) == 1
