from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import BlockKind, Sentence
from annotator.model.judgement import Judgement
from annotator.model.review import SETTLED, ArticleReview
from annotator.model.scheme import PASSES, Pass, default_scheme
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import WorthSuggestion
from annotator.model.worth_order import next_by_worth, worth_left, worth_to_check

TEXT = "One. Two. Six. Ten. End."
SENTENCES = tuple(Sentence(Span(start, start + 4), BlockKind.BODY) for start in range(0, 25, 5))
WORTHS = ((0, "2", 0.6), (5, "0", 0.9), (10, "2", 0.9), (20, "2", 0.9))


@pytest.fixture
def review() -> ArticleReview:
    worths = tuple(
        (f"w{at}", WorthSuggestion(Span(at, at + 4), worth, "made up", confidence)) for at, worth, confidence in WORTHS
    )
    return ArticleReview(StoredArticle("a" * 64, TEXT, (), "", "-", (), SENTENCES, worths), "ana", default_scheme())


def judged(review: ArticleReview, **worths: str) -> ArticleReview:
    ids = {f"at{index}": claim.id for index, claim in enumerate(review.claims)}
    return replace(review, judgements={ids[at]: Judgement(worth=worth) for at, worth in worths.items()})


def test_what_a_claim_is_worth_is_what_she_says_and_else_what_is_suggested(review: ArticleReview) -> None:
    assert [worth_to_check(review, claim) for claim in review.claims] == [0.6, -0.9, 0.9, 0.0, 0.9]
    said = judged(review, at0="1", at1="2")
    assert [worth_to_check(said, claim) for claim in said.claims] == [-1.0, 1.0, 0.9, 0.0, 0.9]


def test_by_worth_the_open_claims_follow_one_another_and_come_round(review: ArticleReview) -> None:
    order = []
    at: int | None = -1
    for _ in range(6):
        assert at is not None
        at = next_by_worth(review, at, "both")
        order.append(at)
    assert order == [2, 4, 0, 3, 1, 2]


def test_from_a_claim_that_is_settled_the_first_comes(review: ArticleReview) -> None:
    settled = replace(review, judgements={review.claims[2].id: Judgement(worth="0", voice="author")})
    assert next_by_worth(settled, 2, "both") == 4
    done = replace(review, judgements={each.id: Judgement(skipped=True) for each in review.claims})
    assert next_by_worth(done, 0, "both") is None


CONFIDENCES = st.sampled_from([0.0, 0.4, 0.5, 0.9, 1.0])
SPANS = st.tuples(st.integers(0, 23), st.integers(1, 12), st.sampled_from(["0", "2", "no such value"]), CONFIDENCES)
JUDGED = st.builds(
    Judgement,
    worth=st.sampled_from([None, "0", "2", "gone"]),
    voice=st.sampled_from([None, "author"]),
    skipped=st.booleans(),
)


@given(st.lists(SPANS, max_size=8), st.dictionaries(st.integers(0, 4), JUDGED), st.booleans(), st.sampled_from(PASSES))
def test_what_is_left_is_worth_as_much_as_the_open_claim_that_is_worth_most(
    drawn: list[tuple[int, int, str, float]], said: dict[int, Judgement], only_some: bool, pass_: Pass
) -> None:
    made = [
        WorthSuggestion(Span(at, min(at + length, 24)), worth, "made up", sure) for at, length, worth, sure in drawn
    ]
    worths = tuple((f"w{place}", each) for place, each in enumerate(made))
    article = StoredArticle("a" * 64, TEXT, (), "", "-", (), SENTENCES, worths)
    assigned = (SENTENCES[1].span, SENTENCES[3].span) if only_some else None
    fresh = ArticleReview(article, "ana", default_scheme(), assigned=assigned)
    judgements = {fresh.claims[at].id: judgement for at, judgement in said.items()}
    work = replace(fresh, judgements=judgements).following(fresh)
    states = zip(work.claims, work.states(pass_), strict=True)
    left = [worth_to_check(work, claim) for claim, state in states if state not in SETTLED and work.is_assigned(claim)]
    assert worth_left(work, pass_) == (max(0.0, *left, 0.0) if left else None)


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 24)), max_size=12))
def test_of_suggestions_that_overlap_the_first_one_made_counts(drawn: list[tuple[int, int]]) -> None:
    made = [WorthSuggestion(Span(at, min(at + length, 24)), "2", "made up", 0.5) for at, length in drawn]
    worths = tuple((f"w{place}", each) for place, each in enumerate(made))
    article = StoredArticle("a" * 64, TEXT, (), "", "-", (), SENTENCES, worths)
    fresh = ArticleReview(article, "ana", default_scheme())
    again = replace(fresh, judgements={fresh.claims[0].id: Judgement(worth="0")}).following(fresh)
    for claim in fresh.claims:
        covering = [pair for pair in worths if pair[1].span.start <= claim.span.start < pair[1].span.end]
        assert fresh.suggested_worth(claim) == again.suggested_worth(claim) == (covering[0] if covering else None)
