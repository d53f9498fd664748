"""Undo far back costs what the first undo does, and leads where a search of all that was decided leads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import DecisionRefused
from annotator.store import Store, doctor, undoing
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

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
