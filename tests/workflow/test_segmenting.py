from __future__ import annotations

import pytest

from annotator.errors import DecisionRefused
from annotator.model.progress import progress_of
from annotator.model.review import ArticleReview
from annotator.store import Store
from annotator.workflow import judging, segmenting
from annotator.workflow.session import ReviewSession


def said(review: ArticleReview) -> list[str]:
    return [claim.span.slice(review.article.text) for claim in review.claims]


def entries(store: Store) -> int:
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])


@pytest.mark.parametrize("words", ["told Reuters", " told Reuters"])
def test_a_claim_is_split_and_joined_again_wherever_the_cursor_was(ana: ReviewSession, words: str) -> None:
    whole = said(ana.review)
    at = ana.review.article.text.index(words)
    ana.apply(segmenting.split, ana.review.claims[1], at)
    assert said(ana.review)[1:3] == ["The yard said Ines Duarte", "told Reuters that two cables held."]
    assert said(ana.apply(segmenting.join, ana.review.claims[1]).review) == whole
    assert ana.review.boundaries == {}


@pytest.mark.parametrize("back", [0, 1])
def test_claims_are_joined_and_split_again_at_the_sentence(ana: ReviewSession, back: int) -> None:
    whole = said(ana.review)
    start = ana.review.claims[2].span.start
    ana.apply(segmenting.join, ana.review.claims[1])
    assert said(ana.review)[1].endswith("held. They were old, she added.")
    assert said(ana.apply(segmenting.split, ana.review.claims[1], start - back).review) == whole


def test_the_ends_of_a_claim_and_of_the_article_are_no_places_to_split_or_join(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    for at in (0, claim.span.start, claim.span.end, claim.span.end + 5):
        with pytest.raises(DecisionRefused, match="inside the claim"):
            ana.apply(segmenting.split, claim, at)
    with pytest.raises(DecisionRefused, match="no next claim"):
        ana.apply(segmenting.join, ana.review.claims[-1])


def test_a_claim_that_was_split_away_takes_no_decision(ana: ReviewSession) -> None:
    gone = ana.review.claims[1]
    ana.apply(segmenting.split, gone, gone.span.start + 4)
    before = entries(ana.store)
    with pytest.raises(DecisionRefused, match="no longer there"):
        ana.apply(judging.worth, gone, "2")
    with pytest.raises(DecisionRefused, match="no longer there"):
        ana.apply(segmenting.join, gone)
    assert entries(ana.store) == before


def test_a_judgement_waits_for_its_claim_to_come_back(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(judging.note, claim, "who?")
    ana.apply(segmenting.split, claim, claim.span.start + 4)
    assert progress_of(ana.review, "both").in_progress == 0
    assert ana.undo().review.judgement(claim).note == "who?"
