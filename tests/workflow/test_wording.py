from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.ledger import Change, Entry, changes_payload
from annotator.model.scheme import default_scheme
from annotator.workflow import attributing, judging, segmenting
from annotator.workflow.session import ReviewSession
from annotator.workflow.wording import entry_in_words


def words(action: str, *changes: Change) -> str:
    entry = Entry("e", "d", 1, "decision", action, "", reviewer="ana", payload=changes_payload(changes))
    return entry_in_words(entry, default_scheme())


def judged(facet: str, value: Any) -> Change:
    return Change("judgement", ("claim", facet), value)


def decided(target: str, facet: str, value: Any) -> Change:
    return Change("verdict", ("claim", target, facet), value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([judged("worth", "2")], "worth checking: 2 (check-worthy)"),
        ([judged("worth", None)], "worth checking cleared"),
        ([judged("flag", True)], "flagged"),
        ([judged("flag", None)], "no longer flagged"),
        ([judged("skipped", True)], "passed over"),
        ([judged("skipped", None)], "no longer passed over"),
        ([judged("note", "two\n words")], "note: two words"),
        ([judged("note", "x" * 50)], "note: " + "x" * 39 + "…"),
        ([decided("content", "value", "not_enough")], "verdict: not enough evidence"),
        ([decided("content", "value", None), decided("content", "reason", None)], "verdict cleared"),
        ([decided("said", "value", "supported")], "verdict on the attribution: supported"),
        (
            [decided("content", "value", "refuted"), judged("worth", "2")],
            "verdict: refuted, worth checking: 2 (check-worthy)",
        ),
    ],
)
def test_a_decision_is_said_in_the_scheme_s_own_words(changes: list[Change], said: str) -> None:
    assert words("test", *changes) == said


def test_an_action_without_words_of_its_own_is_said_by_its_name() -> None:
    assert words("test") == "test"


@pytest.mark.parametrize(
    ("planner", "given"),
    [
        (attributing.accept, []),
        (judging.flag, []),
        (judging.skip, []),
        (judging.voice, []),
        (judging.confidence, []),
        (judging.note, ["why"]),
        (judging.restatement, ["It shut."]),
        (judging.verdict, ["mixed"]),
        (judging.evidence, [{"answer": "yes"}]),
        (segmenting.split, [40]),
        (segmenting.join, []),
    ],
)
def test_every_decision_tells_what_it_did_on_one_short_line(
    ana: ReviewSession, planner: Callable[..., Any], given: list[Any]
) -> None:
    said = ana.apply(planner, ana.review.claims[1], *given).said
    assert said
    assert len(said) < 80
    assert "\n" not in said
    undone = ana.undo().said
    assert undone.startswith("undone: ")
    assert len(undone) > len("undone: ")


@pytest.mark.parametrize(
    ("decide", "now"),
    [
        ([(judging.verdict, "refuted")], "verdict and check-worthiness open again"),
        ([(judging.verdict, "refuted"), (judging.verdict, "supported")], "verdict: refuted again"),
        ([(judging.worth, "1")], "check-worthiness open again"),
        ([(judging.worth, "1"), (judging.worth, "2")], "worth checking: 1 (factual, not worth checking) again"),
        ([(judging.flag,)], "not flagged any more"),
        ([(judging.flag,), (judging.flag,)], "flagged again"),
        ([(judging.skip,)], "not passed over any more"),
        ([(judging.note, "Ask her.")], "no note any more"),
        ([(judging.note, "Ask her."), (judging.note, "Ask him.")], "note: Ask her. again"),
        ([(segmenting.join,)], "two claims again"),
    ],
)
def test_an_undo_says_what_there_is_now(ana: ReviewSession, decide: list[tuple[Any, ...]], now: str) -> None:
    for planner, *given in decide:
        ana.apply(planner, ana.review.claims[1], *given)
    said = ana.undo().said
    assert said.startswith("undone: ")
    assert said.endswith(f"  ·  {now}")
    assert "again" not in ana.redo().said


def test_an_undo_of_what_was_accepted_says_that_it_is_gone(ana: ReviewSession) -> None:
    place = next(at for at, claim in enumerate(ana.review.claims) if ana.review.suggested_attributions(claim))
    ana.apply(attributing.accept, ana.review.claims[place])
    assert "the attribution is gone" in ana.undo().said
