"""The index of words in memory, by which earlier judgements are found."""

from __future__ import annotations

from annotator.model.check import Check
from annotator.workflow.fact_checks.word_index import WordIndex


def test_an_index_of_words_leaves_no_trace_of_what_was_taken_out() -> None:
    def check(id_: str, claim: str) -> Check:
        return Check(id_, claim, "A ramp", language="en")

    index = WordIndex()
    for at, claim in enumerate(("Two cables held.", "Three cables snapped.", "The pool is shut.")):
        index.put(check(str(at), claim))
    assert [each.id for each in index.candidates(["cabl", "held"])] == ["0", "1"]
    assert [each.id for each in index.candidates(["cabl"], wanted=lambda id_: id_ != "0")] == ["1"]
    assert index.counts(["cabl", "ramp", "nothing"]) == {"cabl": 2, "ramp": 3}
    index.put(check("0", "The lido leaks."))
    assert index.counts(["cabl", "held", "leak"]) == {"cabl": 1, "leak": 1}
    index.discard("0")
    index.discard("nobody")
    other = WordIndex()
    for at, claim in ((1, "Three cables snapped."), (2, "The pool is shut.")):
        other.put(check(str(at), claim))
    assert (index.size().checks, index.size().words) == (other.size().checks, other.size().words)
    assert index.counts(["lido", "leak", "cabl", "pool"]) == other.counts(["lido", "leak", "cabl", "pool"])
    assert index.candidates(["lido"]) == []


def test_of_two_claims_with_the_words_the_shorter_comes_first() -> None:
    index = WordIndex()
    index.put(
        Check("0", "Two cables held through the long winter while all other bridges of the valley were shut.", "")
    )
    index.put(Check("1", "Two cables held.", ""))
    assert [each.id for each in index.candidates(["cabl", "held"])] == ["1", "0"]
