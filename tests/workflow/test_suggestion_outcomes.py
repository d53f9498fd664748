"""What became of proposals: in the first article three attributions (two nested) and three worths are proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import NotFoundError
from annotator.model.attribution import Form
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions
from annotator.reports.suggestions import Quality
from annotator.store import Store, articles
from annotator.store.suggestions import write_suggestions
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession
from annotator.workflow.suggestion_outcomes import suggestions_in_numbers


def quality(store: Store, kind: str = "attribution", suggester: str = "test", *reviewers: str) -> Quality:
    report = suggestions_in_numbers(store, reviewers)
    (found,) = (each for each in report.suggesters if (each.suggester, each.kind) == (suggester, kind))
    return found.quality


def counts(store: Store, kind: str = "attribution", suggester: str = "test", *reviewers: str) -> tuple[int, ...]:
    """Proposed, accepted, changed, refused, open."""
    made = quality(store, kind, suggester, *reviewers)
    return (made.proposed, made.accepted, made.changed, made.refused, made.open)


def test_what_nobody_has_looked_at_is_open(store: Store, ana: ReviewSession) -> None:
    assert counts(store) == (3, 0, 0, 0, 3)
    assert counts(store, "worth") == (3, 0, 0, 0, 3)
    assert quality(store).precision is None


def test_accepted_is_what_is_kept_as_it_was_proposed_and_undo_opens_it_again(store: Store, ana: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    assert counts(store) == (3, 2, 0, 0, 1)
    assert counts(store, "worth") == (3, 1, 0, 0, 2)
    assert quality(store).precision == 1.0
    ana.undo()
    assert counts(store) == (3, 0, 0, 0, 3)
    ana.redo()
    assert counts(store) == (3, 2, 0, 0, 1)


def test_changed_is_what_is_kept_otherwise_and_says_what_differs(store: Store, ana: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((id_, proposed),) = ana.review.suggested_attributions(claim)
    made = proposed.attribution
    mine = replace(made, id=uuid7(), source=(Span(made.source[0].start + 2, made.source[0].end),), negated=True)
    ana.apply(attributing.keep_attribution, claim, mine, id_)
    found = quality(store)
    assert (found.changed, found.accepted, found.precision) == (1, 0, 0.0)
    assert found.differs == {"source": 1, "cue": 0, "content": 0, "other": 1}
    assert found.share_changed == pytest.approx(1 / 3)
    ana.apply(attributing.keep_attribution, claim, replace(made, id=mine.id))
    assert (quality(store).accepted, quality(store).changed) == (1, 0)


def test_a_later_edit_changes_what_was_accepted_even_where_no_word_is_shared(store: Store, ana: ReviewSession) -> None:
    claims = ana.review.claims
    ana.apply(attributing.accept, claims[3])
    (kept,) = ana.review.attributions_of(claims[3])
    elsewhere = replace(kept, source=(), cue=Span(0, 4), content=(Span(5, 9),), form=Form.DIRECT)
    ana.apply(attributing.keep_attribution, claims[3], elsewhere)
    found = quality(store)
    assert (found.accepted, found.changed) == (0, 1)
    assert found.differs == {"source": 1, "cue": 1, "content": 1, "other": 0}
    assert found.share_changed == 1.0


def test_refused_is_what_was_refused_or_removed_again(store: Store, ana: ReviewSession) -> None:
    claims = ana.review.claims
    ana.apply(attributing.refuse, claims[3], ana.review.suggested_attributions(claims[3])[0][0])
    assert counts(store) == (3, 0, 0, 1, 2)
    ana.apply(attributing.accept, claims[1])
    ana.apply(attributing.remove_attribution, claims[1], ana.review.attributions_of(claims[1])[1].id)
    assert counts(store) == (3, 1, 0, 2, 0)
    assert quality(store).precision == pytest.approx(1 / 3)


def test_marking_something_else_about_the_same_words_settles_a_proposal(store: Store, ana: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((_, proposed),) = ana.review.suggested_attributions(claim)
    by_hand = replace(proposed.attribution, id=uuid7(), source=())
    ana.apply(attributing.keep_attribution, claim, by_hand)
    assert counts(store) == (3, 0, 1, 0, 2)
    ana.apply(attributing.keep_attribution, claim, replace(proposed.attribution, id=by_hand.id))
    assert counts(store) == (3, 1, 0, 0, 2)


def test_another_check_worthiness_is_a_change_without_roles(store: Store, ana: ReviewSession) -> None:
    claims = ana.review.claims
    ana.apply(judging.worth, claims[1], "2")
    ana.apply(judging.worth, claims[5], "1")
    found = quality(store, "worth")
    assert (found.accepted, found.changed, found.open) == (1, 1, 1)
    assert (found.precision, found.share_changed, dict(found.differs)) == (0.5, None, {})


def test_each_reviewer_decides_and_may_be_looked_at_alone(store: Store, ana: ReviewSession, bo: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((id_, _),) = ana.review.suggested_attributions(claim)
    ana.apply(attributing.accept, claim)
    bo.apply(attributing.refuse, claim, id_)
    assert counts(store) == (3, 1, 0, 1, 2)
    assert counts(store, "attribution", "test", "ana") == (3, 1, 0, 0, 2)
    assert counts(store, "attribution", "test", "bo") == (3, 0, 0, 1, 2)
    with pytest.raises(NotFoundError, match="no reviewer 'eva'"):
        suggestions_in_numbers(store, ["eva"])


def test_a_new_version_is_measured_by_the_decisions_that_are_there(store: Store, ana: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((_, proposed),) = ana.review.suggested_attributions(claim)
    ana.apply(attributing.accept, claim)
    said = proposed.attribution
    better, worse = replace(said, parent=None), replace(said, parent=None, content=(Span(said.content[0].start, 140),))
    with store.transaction():
        write_suggestions(
            store,
            claim.article_id,
            [
                Suggestions("same@2", (), (AttributionSuggestion(better, "r", 0.5),)),
                Suggestions("worse@2", (), (AttributionSuggestion(worse, "r", 0.5),)),
            ],
        )
    assert counts(store, "attribution", "same@2") == (1, 1, 0, 0, 0)
    assert counts(store, "attribution", "worse@2") == (1, 0, 1, 0, 0)
    # Of those that were superseded only what was decided still counts.
    assert counts(store) == (1, 1, 0, 0, 0)


def test_hidden_articles_do_not_count(store: Store, ramp: str, ana: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    articles.hide_article(store, ramp, None)
    assert suggestions_in_numbers(store).suggesters == ()


def test_another_way_about_other_words_is_a_change_and_is_not_offered_again(store: Store, ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    outer = next(
        made.attribution for _, made in ana.review.suggested_attributions(claim) if not made.attribution.parent
    )
    inner = next(made.attribution for _, made in ana.review.suggested_attributions(claim) if made.attribution.parent)
    # The outer one's cue is taken somewhere else; the inner one is taken as it is.
    elsewhere = replace(outer, cue=Span(outer.cue.end + 1, outer.cue.end + 5)) if outer.cue else outer
    ana.apply(attributing.accept, claim, elsewhere)
    assert ana.review.suggested_attributions(claim) == []
    assert {made.cue for made in ana.review.attributions} == {elsewhere.cue, inner.cue}
    found = quality(store)
    assert (found.accepted, found.changed, found.refused) == (1, 1, 0)
    assert found.differs["cue"] == 1
    ana.undo()
    assert len(ana.review.suggested_attributions(claim)) == 2
