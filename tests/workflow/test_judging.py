from __future__ import annotations

import pytest

from annotator.errors import DecisionRefused, DomainError, SchemeError
from annotator.model.draft_key import DraftKey
from annotator.model.judgement import Judgement, Verdict
from annotator.model.review import ArticleReview, State
from annotator.store import Store, ledger
from annotator.workflow import attributing, judging, segmenting
from annotator.workflow.session import ReviewSession


def said(review: ArticleReview) -> list[str]:
    return [claim.span.slice(review.article.text) for claim in review.claims]


def entries(store: Store) -> int:
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])


def test_two_keys_settle_a_claim_that_is_suggested_rightly(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    accepted = ana.apply(attributing.accept, claim)
    assert accepted.said == "accepted the suggestions"
    assert accepted.review.judgement(claim).worth == "2"
    outer, inner = accepted.review.attributions_of(claim)
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert ana.apply(judging.verdict, claim, "refuted").review.state(claim, "both") is State.DONE
    entry = next(entry for entry in ledger.entries(ana.store) if entry.action == "accept")
    assert len(entry.suggestions) == 3
    assert (entry.scheme_version, entry.session, entry.others_visible) == ("annotator-default@1", ana.id, False)


def test_accept_takes_the_author_s_voice_where_nobody_is_suggested(ana: ReviewSession) -> None:
    claim = ana.review.claims[5]
    assert said(ana.review)[5] == "Is it safe?"
    assert ana.apply(attributing.accept, claim).review.judgement(claim) == Judgement(worth="0", voice="author")
    with pytest.raises(DecisionRefused, match="suggested"):
        ana.apply(attributing.accept, claim)


def test_a_nested_suggestion_that_is_accepted_later_finds_its_parent(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    inner = ana.review.attributions_of(claim)[1]
    outer = ana.review.attributions_of(claim)[0]
    ana.apply(attributing.remove_attribution, claim, inner.id)
    again = ana.apply(attributing.accept, claim).review.attributions_of(claim)
    assert [attribution.parent for attribution in again] == [None, outer.id]


def test_the_same_worth_twice_is_none(ana: ReviewSession) -> None:
    claim = ana.review.claims[4]
    assert ana.apply(judging.worth, claim, "1").review.judgement(claim).worth == "1"
    assert ana.apply(judging.worth, claim, "1").review.judgements == {}
    with pytest.raises(SchemeError):
        ana.apply(judging.worth, claim, "9")


def test_no_factual_claim_sets_the_author_s_voice_unless_somebody_is_suggested(ana: ReviewSession) -> None:
    claims = ana.review.claims
    assert ana.apply(judging.worth, claims[4], "0").review.judgement(claims[4]).voice == "author"
    assert ana.apply(judging.worth, claims[3], "0").review.judgement(claims[3]).voice is None


def test_every_suggested_no_claim_is_one_entry_and_one_undo(ana: ReviewSession) -> None:
    before = entries(ana.store)
    after = ana.apply(judging.worth_all).review
    assert [after.judgement(claim).worth for claim in after.claims] == [None] * 5 + ["0", "0"]
    assert entries(ana.store) == before + 1
    assert ana.undo().review.judgements == {}


def test_what_was_judged_already_is_not_taken_as_suggested(ana: ReviewSession) -> None:
    question = ana.review.claims[5]
    ana.apply(judging.worth, question, "1")
    after = ana.apply(judging.worth_all)
    assert after.said == "1 claim taken as suggested"
    assert [after.review.judgement(claim).worth for claim in after.review.claims[5:]] == ["1", "0"]


def test_the_author_s_voice_refuses_what_is_suggested_for_its_own_words_alone(ana: ReviewSession) -> None:
    quoted = ana.review.claims[3]
    assert ana.review.suggested_attributions(quoted)
    assert ana.apply(judging.voice, quoted).review.suggested_attributions(quoted) == []
    ana.undo()
    (_, suggestion), *_ = ana.review.suggested_attributions(quoted)
    middle = suggestion.attribution.content[0].start + len("“We ")
    ana.apply(segmenting.split, quoted, middle)
    first, second = ana.review.claims[3:5]
    after = ana.apply(judging.voice, first).review
    assert after.judgement(first).voice == "author"
    assert after.suggested_attributions(second), "what somebody says in two claims is left to the other"


def test_a_verdict_alone_makes_the_claim_check_worthy_and_a_reason_goes_with_its_verdict(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    with pytest.raises(DecisionRefused, match="takes no reason"):
        ana.apply(judging.reason, claim, "outdated")
    assert ana.apply(judging.verdict, claim, "mixed").review.judgement(claim).worth == "2"
    ana.apply(judging.reason, claim, "outdated")
    ana.apply(judging.justification, claim, " The count is old. ")
    ana.apply(judging.confidence, claim)
    assert ana.review.verdict(claim) == Verdict("content", "mixed", "outdated", "low", "The count is old.")
    changed = ana.apply(judging.verdict, claim, "supported").review.verdict(claim)
    assert changed == Verdict("content", "supported", None, "low", "The count is old.")
    assert ana.apply(judging.verdict, claim, "supported").review.verdict(claim) is None
    assert ana.review.judgement(claim).worth == "2"
    with pytest.raises(DecisionRefused, match="give a verdict first"):
        ana.apply(judging.justification, claim, "x")


def test_confidence_steps_round(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    seen = [ana.apply(judging.confidence, claim).review.judgement(claim).confidence for _ in range(4)]
    assert seen == ["low", "medium", "high", None]


def test_where_there_is_a_verdict_it_is_the_verdict_s_confidence_that_steps(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    ana.apply(judging.confidence, claim)
    ana.apply(judging.verdict, claim, "supported")
    for expected in ("low", "medium", "high", None):
        made = ana.apply(judging.confidence, claim).review.verdict(claim)
        assert made is not None
        assert made.confidence == expected
    assert ana.review.judgement(claim).confidence == "low"


def test_flag_skip_note_and_restatement_are_set_and_taken_back(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    ana.apply(judging.flag, claim)
    ana.apply(judging.skip, claim)
    ana.apply(judging.note, claim, "  who? \n")
    now = ana.apply(judging.restatement, claim, "The cables were old.").review.judgement(claim)
    assert now == Judgement(restatement="The cables were old.", flag=True, note="who?", skipped=True)
    with pytest.raises(DecisionRefused, match="nothing to change"):
        ana.apply(judging.note, claim, "who?")
    ana.apply(judging.flag, claim)
    ana.apply(judging.skip, claim)
    ana.apply(judging.note, claim, "")
    assert ana.apply(judging.restatement, claim, " ").review.judgements == {}


def test_a_pasted_lone_surrogate_is_refused_and_nothing_is_stored(ana: ReviewSession) -> None:
    before = entries(ana.store)
    with pytest.raises(DomainError, match="surrogate"):
        ana.apply(judging.note, ana.review.claims[0], "a\ud800b")
    assert entries(ana.store) == before
    with pytest.raises(DomainError, match="surrogate"):
        ana.save_draft(DraftKey(ana.review.article.id, "note", "c"), {"text": "\ud800"})


def test_evidence_is_added_changed_and_removed(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    ana.apply(judging.evidence, claim, {"question": "How old?", "answer": "Nine years"})
    (evidence,) = ana.review.evidence_of(claim)
    ana.apply(judging.evidence, claim, {"question": "How old?", "answer": "Ten", "stance": "supports"}, evidence.id)
    assert [(found.id, found.answer) for found in ana.review.evidence] == [(evidence.id, "Ten")]
    with pytest.raises(DecisionRefused, match="nothing to change"):
        ana.apply(judging.evidence, claim, {"question": "How old?", "answer": "Ten", "stance": "supports"}, evidence.id)
    with pytest.raises(DomainError):
        ana.apply(judging.evidence, claim, {"publisher": "Wire"})
    with pytest.raises(DomainError, match="no web address: the yard"):
        ana.apply(judging.evidence, claim, {"url": "the yard"})
    with pytest.raises(DecisionRefused, match="choose another target"):
        ana.apply(judging.evidence, claim, {"answer": "x", "target": "gone"})
    assert ana.apply(judging.remove_evidence, claim, evidence.id).review.evidence == ()
    with pytest.raises(DecisionRefused, match="gone already"):
        ana.apply(judging.remove_evidence, claim, evidence.id)
