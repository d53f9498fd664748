"""Handing work out: what the plan changes, what the queue shows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.assignment import Overlap
from annotator.errors import DecisionRefused, DomainError, NotFoundError
from annotator.model.article import Article, Publication
from annotator.model.ledger import Change
from annotator.model.queue import QueueFilter
from annotator.store import Store, articles, doctor, open_store, project, queue, review
from annotator.workflow import assigning, leading
from annotator.workflow.assigning import Given
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "work.db")
    yield opened
    opened.close()


def add(store: Store, text: str) -> str:
    article = Article(text, "test.txt", Publication())
    articles.add_article(store, article, segmented(text), [], None)
    return article.id


@pytest.fixture
def corpus(store: Store) -> list[str]:
    """Six articles of two to seven sentences, as ids in the order they were added."""
    return [add(store, f"Boat {n} sailed. " + " ".join(f"It carried {m}." for m in range(n + 1))) for n in range(6)]


def judge(store: Store, article_id: str, reviewer: str, number: int) -> None:
    work = review.load_review(store, review.load_article(store, article_id), reviewer)
    claim = work.claims[number]
    values = {"worth": "0", "voice": "author"}
    changes = [Change("judgement", (claim.id, facet), value) for facet, value in values.items()]
    review.decide(store, work, "s", "test", claim, changes)


def hand_out(store: Store, reviewers: str, overlap: str = "1", **options: object) -> None:
    proposal = assigning.propose(store, reviewers.split(), Overlap.parsed(overlap), **options)  # type: ignore[arg-type]
    assigning.assign(store, proposal, None)


def mine(store: Store, reviewer: str) -> list[int]:
    return list(queue.queue_order(store, reviewer, "both", filter_=QueueFilter.MINE))


def test_everybody_has_an_even_part_and_sees_it_in_the_queue(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben")
    shares = assigning.shares(store)
    assert shares["ana"].left + shares["ben"].left == sum(size for _, size in project.shown_sizes(store))
    assert abs(shares["ana"].left - shares["ben"].left) <= 2
    assert sorted(mine(store, "ana") + mine(store, "ben")) == [1, 2, 3, 4, 5, 6]
    assert mine(store, "caro") == []
    assert list(doctor.examine(store)) == []


def test_the_articles_before_and_behind_are_the_reviewer_s_own(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben")
    session = ReviewSession(store, "ben")
    first, second, *_ = (corpus[ordinal - 1] for ordinal in mine(store, "ben"))
    assert session.article_to_review() == first
    session.open(first)
    assert session.neighbour(1) == second
    assert ReviewSession(store, "caro").article_to_review() == corpus[0]


def test_the_plan_is_not_the_deed(store: Store, corpus: list[str]) -> None:
    proposal = assigning.propose(store, ["ana", "ben"], Overlap(2))
    assert len(proposal.changes) == 12
    assert (proposal.units, proposal.several) == (6, 6)
    assert proposal.shared == {("ana", "ben"): sum(size for _, size in project.shown_sizes(store))}
    assert assigning.shares(store) == {}


def test_what_is_begun_stays_and_what_is_open_goes_to_who_joins(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana")
    judge(store, corpus[5], "ana", 0)
    hand_out(store, "ana ben")
    assert 6 in mine(store, "ana")
    assert abs(assigning.shares(store)["ana"].left - assigning.shares(store)["ben"].left) <= 2


def test_taking_back_restores_what_was_before_and_nothing_that_was_decided_goes(
    store: Store, corpus: list[str]
) -> None:
    hand_out(store, "ana ben")
    before = assigning.shares(store)
    hand_out(store, "ana caro")
    judge(store, corpus[0], "caro", 0)
    assigning.take_back(store, None)
    assert {name: share.claims for name, share in assigning.shares(store).items()} == {
        name: share.claims for name, share in before.items()
    }
    assert review.load_review(store, review.load_article(store, corpus[0]), "caro").judgements
    assigning.take_back(store, None)
    assert assigning.shares(store) == {}
    with pytest.raises(DecisionRefused, match="no assignment"):
        assigning.take_back(store, None)
    assert list(doctor.examine(store)) == []


def test_handing_out_what_came_later_leaves_the_rest_alone(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben")
    before = {name: mine(store, name) for name in ("ana", "ben")}
    add(store, "A late boat sailed. It was small.")
    hand_out(store, "ana ben")
    assert sorted([*mine(store, "ana"), *mine(store, "ben")]) == [1, 2, 3, 4, 5, 6, 7]
    assert all(set(before[name]) <= set(mine(store, name)) for name in before)


def test_a_limit_hands_out_the_first_that_nobody_has(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben", limit=2)
    assert sorted([*mine(store, "ana"), *mine(store, "ben")]) == [1, 2]
    hand_out(store, "ana ben", limit=2)
    assert sorted([*mine(store, "ana"), *mine(store, "ben")]) == [1, 2, 3, 4]


def test_single_claims_are_handed_out_and_the_rest_is_passed_over(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben", grain="claim")
    session = ReviewSession(store, "ana")
    opened, at = session.open(corpus[5])
    assert opened.assigned is not None
    assert opened.is_assigned(opened.claims[at])
    left = [claim for claim in opened.claims if opened.is_assigned(claim)]
    assert 0 < len(left) < len(opened.claims)
    for claim in left:
        judge(store, corpus[5], "ana", opened.claims.index(claim))
    done = session.open(corpus[5])[0]
    assert done.next_open(0, "both") is None
    [row] = queue.queue_rows(store, "ana", "both", [6])
    assert (row.progress.claims, row.progress.done) == (len(left), len(left))
    [untouched] = queue.queue_rows(store, "ben", "both", [6])
    assert untouched.progress.claims == len(opened.claims) - len(left)
    assert list(doctor.examine(store)) == []


def test_counts_of_what_is_begun_follow_the_claims_that_are_handed_out(store: Store, corpus: list[str]) -> None:
    judge(store, corpus[5], "ana", 0)
    hand_out(store, "ana ben", grain="claim")
    assert list(doctor.examine(store)) == []
    assigning.take_back(store, None)
    assert list(doctor.examine(store)) == []
    [row] = queue.queue_rows(store, "ana", "both", [6])
    assert row.progress.claims == 7


def test_articles_and_claims_are_not_mixed(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben")
    with pytest.raises(DecisionRefused, match="by article here"):
        hand_out(store, "ana ben", grain="claim")


def test_who_reviews_what_can_be_said_outright(store: Store, corpus: list[str]) -> None:
    assigning.assign(store, assigning.propose_pairs(store, [(corpus[0], "ana"), (corpus[2], "ben")]), None)
    assert (mine(store, "ana"), mine(store, "ben")) == ([1], [3])


@pytest.mark.parametrize("grain", ["article", "claim"])
def test_what_is_given_can_be_given_again(store: Store, corpus: list[str], grain: str) -> None:
    hand_out(store, "ana ben", overlap="50%", grain=grain)
    before = list(project.assignments(store))
    rows = assigning.given(store)
    assert all(bool(row.claim_id) is (grain == "claim") for row in rows)
    assigning.take_back(store, None)
    proposal = assigning.propose_given(store, rows)
    assigning.assign(store, proposal, None)
    assert list(project.assignments(store)) == before
    assert proposal.grain == grain
    assert proposal.units == len({(row.article_id, row.claim_id) for row in rows})
    assert proposal.several == len(rows) - proposal.units > 0
    assert list(doctor.examine(store)) == []


def test_a_claim_that_is_no_sentence_and_a_table_of_both_are_refused(store: Store, corpus: list[str]) -> None:
    with pytest.raises(NotFoundError, match=f"article {corpus[0][:12]} has no claim 0000"):
        assigning.propose_given(store, [Given(corpus[0], "ana", "0" * 32)])
    with pytest.raises(DomainError, match="one or the other"):
        assigning.propose_given(store, [Given(corpus[0], "ana", "0" * 32), Given(corpus[1], "ana")])


def test_a_hidden_article_is_not_given(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana")
    articles.hide_article(store, corpus[0], None)
    assert [row.article_id for row in assigning.given(store)] == corpus[1:]


def test_a_purged_article_is_nobody_s(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana")
    articles.purge_article(store, corpus[0], None)
    assert mine(store, "ana") == [2, 3, 4, 5, 6]
    assert list(doctor.examine(store)) == []


def test_only_the_lead_hands_out_once_there_is_one(store: Store, corpus: list[str]) -> None:
    leading.set_lead(store, "ana", None)
    with pytest.raises(DecisionRefused, match="for ana, who leads this project"):
        assigning.assign(store, assigning.propose(store, ["ana", "ben"], Overlap(1)), "ben")
    assigning.assign(store, assigning.propose(store, ["ana", "ben"], Overlap(1)), "ana")
    with pytest.raises(DecisionRefused, match="for ana, who leads this project"):
        assigning.take_back(store, "ben")
    assigning.take_back(store, "ana")
    assert assigning.given(store) == []
    with pytest.raises(DecisionRefused, match="say who you are"):
        leading.set_lead(store, "ben", None)
    leading.set_lead(store, "ben", "ana")
    assert project.load_project(store).lead == "ben"
    assert list(doctor.examine(store)) == []


def test_nothing_to_hand_out_is_said(store: Store, corpus: list[str]) -> None:
    hand_out(store, "ana ben")
    with pytest.raises(DecisionRefused, match="nothing to hand out"):
        hand_out(store, "ana ben")
    with pytest.raises(DomainError, match="needs 3 reviewers"):
        hand_out(store, "ana ben", "3")
