from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import DomainError, NotFoundError, StoreError
from annotator.model.attribution import Attribution
from annotator.model.ledger import Change
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion
from annotator.model.worth import best_by_value
from annotator.store import Store, articles, doctor, ledger, proposal_rows, review, suggestions

AddArticle = Callable[..., str]

TEXT = "Quillfeather ramp shut.\nRain fell on the quay. It stopped."
FIRST = Span(0, 23)


def write(store: Store, article_id: str, *proposed: Suggestions, keep: tuple[str, ...] = ()) -> None:
    with store.transaction():
        suggestions.write_suggestions(store, article_id, proposed, keep)


def worth(value: str, suggester: str = "test", confidence: float = 0.5) -> Suggestions:
    return Suggestions(suggester, (WorthSuggestion(FIRST, value, "first", confidence),))


def nested(suggester: str, outer: str, inner: str, end: int = 40) -> Suggestions:
    """Two attributions, the inner one first, as `suggester` would call them."""
    return Suggestions(
        suggester,
        (),
        (
            AttributionSuggestion(Attribution(inner, (), Span(29, 33), (Span(34, end),), parent=outer), "in", 0.5),
            AttributionSuggestion(Attribution(outer, (), Span(0, 12), (Span(24, 46),)), "out", 0.5),
        ),
    )


def worths(store: Store, article_id: str) -> list[str]:
    return [made.worth for _, made in review.load_article(store, article_id).worths]


def test_what_a_suggester_proposes_anew_supersedes_and_deletes_nothing(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    old = review.load_article(store, article_id).worths[0][0]
    write(store, article_id, worth("2"))
    assert worths(store, article_id) == ["2"]
    assert {proposal.id: proposal.current for proposal in suggestions.proposals(store, article_id)}[old] is False
    write(store, article_id, worth("0", confidence=0.7))
    ((id_, again),) = review.load_article(store, article_id).worths
    assert (id_, again.worth, again.confidence) == (old, "0", 0.7)


def test_a_new_version_and_another_choice_supersede_too_unless_kept(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    write(store, article_id, worth("0", "one@1"), worth("1", "two"))
    assert worths(store, article_id) == ["0", "1"]
    write(store, article_id, worth("2", "one@2"), keep=("two",))
    assert sorted(worths(store, article_id)) == ["1", "2"]
    write(store, article_id, worth("2", "two"))
    assert worths(store, article_id) == ["2"]
    write(store, article_id)
    assert worths(store, article_id) == []
    assert len(suggestions.proposals(store, article_id)) == 5


def test_how_far_an_article_is_worth_checking_is_read_without_attributions_and_in_the_same_order(
    store: Store, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_id = add(store, TEXT)
    # Both have the first place, so that the one with the smaller id counts.
    write(store, article_id, worth("2", "one", 0.9), nested("three", "a", "b"))
    write(store, article_id, worth("2", "two", 0.8), keep=("one", "three"))
    article = review.load_article(store, article_id)
    first = article.worths[0][1]
    assert len(article.worths) == 2
    assert len(article.attributions) == 2

    def made(*_: object) -> str:
        raise AssertionError("an attribution was made")

    monkeypatch.setattr(proposal_rows, "attribution_id", made)
    starts = [sentence.span.start for sentence in article.sentences]
    assert suggestions.present_worth(store, article_id) == first.confidence
    assert suggestions.present_worth(store, article_id, starts) == first.confidence
    assert suggestions.present_worth(store, article_id, ()) == 0


ROWS = st.tuples(
    st.integers(0, 9), st.just("rule"), st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.sampled_from("012"),
    st.integers(0, 12), st.integers(0, 14),
).map(list)  # fmt: skip


@given(st.lists(ROWS, max_size=5), st.sets(st.integers(0, 12)))
@example([[0, "rule", 0.5, "2", 0, 4], [1, "rule", 1.0, "2", 4, 9]], {0, 4, 6})
def test_what_the_rows_say_of_worth_is_what_the_review_takes_them_for(rows: list[list[Any]], starts: set[int]) -> None:
    best = proposal_rows.best_apart(rows, starts)
    if best is not None:
        worths = [proposal_rows.worth_row(row).suggestion for row in rows]
        assert best == best_by_value(sorted(starts), worths)


@pytest.mark.parametrize(
    ("others", "apart"),
    [
        ([[1, "rule", 0.9, "2", 4, 9]], True),
        ([[1, "rule", 0.9, "2", 4, 9, "an id of its own"]], True),
        ([[1, "rule", 0.9, "2", 3, 9]], False),
        ([[1, "rule", 0.9, "2", 5, 9]], False),
        ([[1, "rule", 0.9, "2", 4, 4]], False),
        ([[1, "rule", 1.5, "2", 4, 9]], False),
    ],
)
def test_only_worths_that_stand_apart_are_taken_as_they_are(others: list[list[Any]], apart: bool) -> None:
    found = proposal_rows.best_apart([[0, "rule", 0.5, "2", 0, 4], *others], {0, 3, 4})
    assert found == ({"2": 0.9} if apart else None)


def test_ids_that_two_suggesters_share_do_not_mix_their_nesting(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    write(store, article_id, nested("one", "a", "b"), nested("two", "b", "a", end=45))
    found = dict(review.load_article(store, article_id).attributions)
    # What both say alike, the outer one, is there once.
    assert [made.rule for made in found.values()] == ["in", "out", "in"]
    inner, outer, other = (made.attribution for made in found.values())
    assert (inner.parent, other.parent) == (outer.id, outer.id)
    assert len({inner.id, outer.id, other.id}) == 3
    assert all(id_ == made.attribution.id for id_, made in found.items())


def test_an_attribution_keeps_its_id_however_its_suggester_numbers(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    write(store, article_id, nested("one", "a", "b"))
    before = review.load_article(store, article_id).attributions
    write(store, article_id, nested("one", "x7", "x8"))
    assert review.load_article(store, article_id).attributions == before


def test_nesting_in_nothing_is_refused(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    with pytest.raises(DomainError, match="does not exist"):
        write(store, article_id, Suggestions("one", (), nested("one", "a", "b").attributions[:1]))


def test_nothing_is_proposed_for_a_text_that_is_gone(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    articles.purge_article(store, article_id, None)
    with pytest.raises(NotFoundError):
        write(store, article_id, worth("2"))


def test_proposals_are_counted_for_articles_that_are_shown(store: Store, add: AddArticle) -> None:
    one, two, three = add(store, TEXT), add(store, "Snow fell."), add(store, "Hail fell.")
    articles.hide_article(store, three, None)
    assert suggestions.proposal_counts(store) == [("test", "worth", "first", 2)]
    assert suggestions.proposal_counts(store, [one]) == [("test", "worth", "first", 1)]
    assert suggestions.proposal_counts(store, [one, two]) == []


def test_a_choice_is_one_shared_entry_and_the_doctor_knows_it(store: Store, add: AddArticle) -> None:
    assert suggestions.chosen_suggesters(store) == ()
    assert suggestions.choose_suggesters(store, ["rules", "other"], "ana")
    assert not suggestions.choose_suggesters(store, ["rules", "other"], "bo")
    assert suggestions.choose_suggesters(store, ["other"], "bo")
    assert suggestions.chosen_suggesters(store) == ("other",)
    found = [(entry.kind, entry.reviewer, entry.article_id) for entry in ledger.entries(store)]
    assert found == [("shared", "ana", None), ("shared", "bo", None)]
    add(store, TEXT)
    assert list(doctor.examine(store)) == []
    store.connection.execute("update meta set value = '[\"rules\"]' where key = 'suggesters'")
    assert {finding.check for finding in doctor.examine(store)} == {"projection"}
    store.connection.execute("update meta set value = 'rules' where key = 'suggesters'")
    with pytest.raises(StoreError, match="annotator suggesters use"):
        suggestions.chosen_suggesters(store)


def test_who_refused_something_refused_it_from_everybody(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    write(store, article_id, nested("one@1", "a", "b"))
    id_ = review.load_article(store, article_id).attributions[0][0]
    refusing = review.load_review(store, review.load_article(store, article_id), "ana")
    review.decide(store, refusing, "s", "refuse", None, [Change("refusal", (id_,), value=True)])
    write(store, article_id, nested("one@2", "a", "b"))
    found = review.load_article(store, article_id)
    same = found.attributions[0][0]
    assert same != id_
    assert review.load_review(store, found, "ana").refused == {id_, same}
    assert review.load_review(store, found, "bo").refused == frozenset()
