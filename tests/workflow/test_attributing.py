from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import DecisionRefused, DomainError
from annotator.model.article import Article
from annotator.model.attribution import Attribution, Form
from annotator.model.judgement import Judgement
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions
from annotator.store import Store, articles, doctor, ledger
from annotator.store.suggestions import write_suggestions
from annotator.workflow import attributing, ingest, judging
from annotator.workflow.session import ReviewSession

TEXT = "Ramp shut at Quillfeather\n\nThe yard said Ines Duarte told Reuters that two cables held."


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def entries(store: Store) -> int:
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])


def kept(content: Span, **more: object) -> Attribution:
    return Attribution(uuid7(), (), Span(40, 44), (content,), **more)  # type: ignore[arg-type]


def test_removing_an_attribution_moves_out_what_was_nested_and_takes_its_verdict_along(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    outer, inner = ana.review.attributions_of(claim)
    ana.apply(judging.verdict, claim, "supported", outer.id)
    ana.apply(judging.evidence, claim, {"answer": "yes", "target": outer.id})
    assert [verdict.target for verdict in ana.review.verdicts_of(claim)] == [outer.id]
    after = ana.apply(attributing.remove_attribution, claim, outer.id).review
    assert [(left.id, left.parent) for left in after.attributions] == [(inner.id, None)]
    assert after.verdicts_of(claim) == []
    assert [evidence.target for evidence in after.evidence] == ["content"]
    back = ana.undo().review
    assert back.attributions_of(claim) == [outer, inner]
    assert [verdict.target for verdict in back.verdicts_of(claim)] == [outer.id]
    with pytest.raises(DecisionRefused):
        ana.apply(attributing.remove_attribution, claim, "gone")
    with pytest.raises(DecisionRefused, match="choose another target"):
        ana.apply(judging.verdict, claim, "supported", "gone")


def test_an_attribution_is_kept_and_changed_under_its_id(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    made = kept(claim.span)
    assert ana.apply(attributing.keep_attribution, claim, made).review.attributions == (made,)
    changed = Attribution(made.id, (Span(90, 94),), Span(95, 99), (claim.span,), negated=True)
    assert ana.apply(attributing.keep_attribution, claim, changed).review.attributions == (changed,)
    assert ana.undo().review.attributions == (made,)


@pytest.mark.parametrize("part", ["source", "content"])
def test_no_span_of_an_attribution_ends_behind_the_text(ana: ReviewSession, part: str) -> None:
    claim = ana.review.claims[2]
    spans: dict[str, tuple[Span, ...]] = {"source": (Span(0, 4),), "content": (claim.span,)}
    spans[part] = (Span(0, 5000),)
    made = Attribution("a", spans["source"], Span(95, 99), spans["content"], relay=Span(3, 5))
    with pytest.raises(DecisionRefused, match="behind the text"):
        ana.apply(attributing.keep_attribution, claim, made)


def test_a_refused_suggestion_is_offered_no_more_to_her_alone(ana: ReviewSession, bo: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((id_, _),) = ana.review.suggested_attributions(claim)
    assert ana.apply(attributing.refuse, claim, id_).review.suggested_attributions(claim) == []
    assert len(bo.open(claim.article_id)[0].suggested_attributions(claim)) == 1
    assert len(ana.undo().review.suggested_attributions(claim)) == 1
    ana.redo()
    articles.purge_article(ana.store, claim.article_id, None)
    assert list(doctor.examine(ana.store)) == []


def test_nesting_that_would_break_is_refused(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    outer, inner = ana.review.attributions_of(claim)
    with pytest.raises(DomainError, match="must lie inside"):
        ana.apply(attributing.keep_attribution, claim, kept(ana.review.claims[2].span, parent=outer.id))
    shrunk = Attribution(outer.id, outer.source, outer.cue, (inner.source[0],))
    with pytest.raises(DomainError, match="must lie inside"):
        ana.apply(attributing.keep_attribution, claim, shrunk)
    round_ = Attribution(outer.id, outer.source, outer.cue, inner.content, parent=inner.id)
    with pytest.raises(DomainError, match="nested in itself"):
        ana.apply(attributing.keep_attribution, claim, round_)


def test_what_came_from_a_suggestion_says_so_and_whether_it_was_changed(ana: ReviewSession) -> None:
    claim = ana.review.claims[3]
    ((id_, suggestion),) = ana.review.suggested_attributions(claim)
    made = suggestion.attribution
    mine = Attribution(uuid7(), made.source, made.cue, made.content, made.type, made.form, made.anonymity)
    ana.apply(attributing.keep_attribution, claim, mine, id_)
    ana.apply(attributing.keep_attribution, claim, Attribution(mine.id, (), made.cue, made.content), id_)
    found = [entry for entry in ledger.entries(ana.store) if entry.action == "attribution"]
    assert [(entry.suggestions, entry.payload["changed"]) for entry in found] == [((id_,), False), ((id_,), True)]


def test_the_source_of_the_claim_before_is_carried_on_once(ana: ReviewSession) -> None:
    claims = ana.review.claims
    with pytest.raises(DecisionRefused, match="no attribution to carry on"):
        ana.apply(attributing.same_source, claims[0])
    with pytest.raises(DecisionRefused, match="no attribution to carry on"):
        ana.apply(attributing.same_source, claims[2])
    ana.apply(attributing.accept, claims[1])
    after = ana.apply(attributing.same_source, claims[2]).review
    assert after.attributed(claims[2])
    assert len(after.attributions) == 2
    before = entries(ana.store)
    with pytest.raises(DecisionRefused, match="the same source already"):
        ana.apply(attributing.same_source, claims[2])
    assert entries(ana.store) == before
    assert list(doctor.examine(ana.store)) == []


def test_two_suggesters_that_see_the_same_are_accepted_once_and_nest_in_each_other(
    store: Store, ana: ReviewSession
) -> None:
    claim = ana.review.claims[1]
    outer, inner = span_of("Ines Duarte told Reuters that two cables held"), span_of("two cables held")
    first = Attribution("a", (span_of("The yard"),), span_of("said"), (outer,))
    other = Attribution("b", (span_of("yard"),), span_of("said"), (outer,))
    nested = Attribution("a", (span_of("Ines Duarte"),), span_of("told"), (inner,), parent="b")
    said = [Suggestions("one", (), (AttributionSuggestion(first, "r", 0.5),))]
    said += [Suggestions("two", (), tuple(AttributionSuggestion(made, "r", 0.5) for made in (nested, other)))]
    with store.transaction():
        write_suggestions(store, claim.article_id, said)
    ana.open(claim.article_id)
    assert len(ana.review.suggested_attributions(claim)) == 3
    kept = ana.apply(attributing.accept, claim).review.attributions_of(claim)
    assert [attribution.source for attribution in kept] == [first.source, nested.source]
    assert [attribution.parent for attribution in kept] == [None, kept[0].id]
    assert ana.review.suggested_attributions(claim) == []
    assert list(doctor.examine(store)) == []


def test_what_is_nested_in_a_refused_attribution_with_its_own_cue_stands_alone(
    store: Store, ana: ReviewSession
) -> None:
    claim = ana.review.claims[1]
    outer = Attribution("a", (), span_of("said"), (span_of("Ines Duarte told Reuters that two cables held"),))
    inner = Attribution("b", (), span_of("said"), (span_of("two cables held"),), parent="a")
    said = Suggestions("one", (), tuple(AttributionSuggestion(made, "r", 0.5) for made in (outer, inner)))
    with store.transaction():
        write_suggestions(store, claim.article_id, [said])
    review, _ = ana.open(claim.article_id)
    ana.apply(attributing.refuse, claim, review.suggested_attributions(claim)[0][0])
    (kept,) = ana.apply(attributing.accept, claim).review.attributions_of(claim)
    assert (kept.content, kept.parent) == (inner.content, None)


def proposed(store: Store, ana: ReviewSession, *made: Attribution) -> None:
    """These and no others are suggested for the second claim."""
    said = Suggestions("one", (), tuple(AttributionSuggestion(each, "r", 0.5) for each in made))
    with store.transaction():
        write_suggestions(store, ana.review.article.id, [said])
    ana.open(ana.review.article.id)


def test_another_way_is_taken_instead_of_what_is_suggested_and_the_rest_beside_it(
    store: Store, ana: ReviewSession
) -> None:
    claim = ana.review.claims[1]
    outer = Attribution("a", (), span_of("said"), (span_of("Ines Duarte told Reuters that two cables held"),))
    inner = Attribution("b", (), span_of("told"), (span_of("two cables held"),), parent="a")
    proposed(store, ana, outer, inner)
    shown = next(
        made.attribution for _, made in ana.review.suggested_attributions(claim) if made.attribution.cue == outer.cue
    )
    another = replace(shown, source=(span_of("The yard"),))
    ana.apply(attributing.accept, claim, another)
    kept_outer, kept_inner = ana.review.attributions_of(claim)
    assert (kept_outer.source, kept_inner.parent) == (another.source, kept_outer.id)
    entry = list(ledger.entries(store))[-1]
    assert (len(entry.suggestions), entry.payload["changed"]) == (2, True)
    ana.undo()
    # What is nested stands alone where it lies outside the other way.
    ana.apply(attributing.accept, claim, replace(shown, content=(span_of("Ines Duarte told Reuters"),)))
    assert [made.parent for made in ana.review.attributions_of(claim)] == [None, None]
    assert list(doctor.examine(store)) == []


@pytest.mark.parametrize("alone", [True, False])
def test_what_was_nested_and_taken_alone_is_nested_once_the_outer_one_is_taken(
    store: Store, ana: ReviewSession, alone: bool
) -> None:
    claim = ana.review.claims[1]
    suggested = [made.attribution for _, made in ana.review.suggested_attributions(claim)]
    outer, inner = sorted(suggested, key=lambda made: made.parent is not None)
    ana.apply(attributing.accept_one, claim, inner)
    assert [made.parent for made in ana.review.attributions] == [None]
    if alone:
        ana.apply(attributing.accept_one, claim, outer)
    else:
        ana.apply(attributing.accept, claim)
    kept_outer, kept_inner = ana.review.attributions_of(claim)
    assert (kept_outer.parent, kept_inner.parent) == (None, kept_outer.id)
    ana.undo()
    assert [made.parent for made in ana.review.attributions] == [None]
    assert list(doctor.examine(store)) == []


def test_what_nobody_suggested_is_taken_beside_what_is_suggested_and_is_no_authors_voice(
    store: Store, ana: ReviewSession
) -> None:
    claim = ana.review.claims[1]
    proposed(store, ana)
    assert ana.review.author_by_default(claim)
    ana.apply(attributing.accept, claim, Attribution("new", (), span_of("said"), (span_of("two cables held"),)))
    (made,) = ana.review.attributions_of(claim)
    assert (made.cue, ana.review.judgement(claim).voice) == (span_of("said"), None)
    assert "changed" not in list(ledger.entries(store))[-1].payload


def test_content_is_stretched_by_sentences_without_the_last_full_stop(store: Store, ana: ReviewSession) -> None:
    claims = ana.review.claims
    text = ana.review.article.text
    first = claims[2]
    made = Attribution(uuid7(), (), None, (first.span,), form=Form.BLOCK)
    ana.apply(attributing.keep_attribution, first, made)
    with pytest.raises(DecisionRefused, match="could be left out"):
        ana.apply(attributing.stretch, first, made, "sentence", -1)
    ana.apply(attributing.stretch, first, made, "sentence", 1)
    longer = ana.review.attributions[0]
    assert longer.content[-1].end == claims[3].span.end
    ana.apply(attributing.stretch, first, longer, "sentence", -1)
    assert ana.review.attributions == (made,)
    said = Attribution(uuid7(), (), span_of("said"), (span_of("Ines Duarte told Reuters"),))
    ana.apply(attributing.keep_attribution, claims[1], said)
    for end in ("two cables held", "she added"):
        (said,) = (made for made in ana.review.attributions if made.id == said.id)
        ana.apply(attributing.stretch, claims[1], said, "sentence", 1)
        (content,) = next(made.content for made in ana.review.attributions if made.id == said.id)
        assert content.slice(text).endswith(end)


def test_the_same_attribution_is_not_kept_twice(ana: ReviewSession) -> None:
    claim = ana.review.claims[2]
    ana.apply(attributing.keep_attribution, claim, kept(claim.span))
    for planner in (attributing.keep_attribution, attributing.accept, attributing.accept_one):
        with pytest.raises(DecisionRefused, match="word for word"):
            ana.apply(planner, claim, kept(claim.span))
    assert len(ana.review.attributions) == 1


def test_stretched_content_goes_round_the_cue_and_the_source(ana: ReviewSession) -> None:
    claim, text = ana.review.claims[2], ana.review.article.text
    assert claim.span.slice(text) == "They were old, she added."
    said = Attribution(uuid7(), (Span(103, 106),), Span(107, 112), (Span(88, 101),))
    assert [span.slice(text) for _, span in said.role_spans()] == ["she", "added", "They were old"]
    ana.apply(attributing.keep_attribution, claim, said)
    ana.apply(attributing.stretch, claim, said, "sentence", 1)
    (longer,) = ana.review.attributions
    assert [span.slice(text) for span in longer.content] == ["They were old", "“We checked twice,” a source said"]
    assert longer.form is Form.MIXED
    ana.apply(attributing.stretch, claim, longer, "sentence", -1)
    assert ana.review.attributions == (said,)


def test_same_source_takes_what_is_suggested_here_with_the_source_of_the_claim_before(
    store: Store, ana: ReviewSession
) -> None:
    claims = ana.review.claims
    before = Attribution("a", (span_of("Ines Duarte"),), span_of("told"), (span_of("two cables held"),))
    here = Attribution("b", (Span(103, 106),), Span(107, 112), (Span(88, 101),))
    proposed(store, ana, before, here)
    ana.apply(attributing.accept, claims[1])
    ana.apply(attributing.same_source, claims[2])
    first, second = sorted(ana.review.attributions, key=lambda made: made.content)
    assert (first.content, second.content) == (before.content, here.content)
    assert ana.review.sources[first.id] == ana.review.sources[second.id]
    assert ana.undo().review.attributions == (first,)
    assert list(doctor.examine(store)) == []


def test_words_in_quotation_marks_are_never_the_authors_by_default(store: Store, ana: ReviewSession) -> None:
    text = "Mist\n\nHe answered at length. “I believed in the mail. I wrote twice.”\n"
    mist = Article(text, "mist.txt")
    list(ingest.ingest(store, [mist]))
    ana.open(mist.id)
    proposed(store, ana)
    narrated, quoted = ana.review.claims[1], ana.review.claims[3]
    ana.apply(attributing.accept, narrated)
    assert ana.review.judgement(narrated).voice == "author"
    with pytest.raises(DecisionRefused, match="somebody's words"):
        ana.apply(attributing.accept, quoted)
    ana.apply(judging.worth, quoted, "0")
    assert ana.review.judgement(quoted) == Judgement(worth="0")
    ana.apply(judging.voice, quoted)
    assert ana.review.judgement(quoted).voice == "author"


def test_accepting_twice_is_one_attribution_and_each_has_her_own(ana: ReviewSession, bo: ReviewSession) -> None:
    claim = ana.review.claims[1]
    first = {made.id for made in ana.apply(attributing.accept, claim).review.attributions}
    ana.undo()
    again = {made.id for made in ana.apply(attributing.accept, claim).review.attributions}
    assert again == first
    assert {made.id for made in bo.apply(attributing.accept, claim).review.attributions}.isdisjoint(first)
    assert all(len(id_) == 36 and id_[14] == "8" for id_ in first)
