"""Adjudication: where reviewers differ, taking one's decision into the layer, and the adjudicated dataset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused, DomainError, ExportFailure
from annotator.model.adjudication import Case, Facet
from annotator.model.adjudication import cases as cases_of
from annotator.model.article import Article, Publication
from annotator.model.attribution import Attribution, Form
from annotator.model.judgement import CONTENT
from annotator.model.ledger import Change
from annotator.model.reviewer import ADJUDICATED, reviewer_handle
from annotator.model.span import Span
from annotator.reports.agreement_layouts import AGREEMENT_LAYOUTS
from annotator.store import Store, articles, doctor, ledger, open_store
from annotator.workflow import adjudicating, judging, reporting
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.plan import Plan
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented

TEXT = "Ines Duarte said the ramp held. It was late. It was full. Nobody came."


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SAID = Attribution("x", (at("Ines Duarte"),), at("said"), (at("the ramp held"),))
SAID_BY_INES = Attribution("y", (at("Ines"),), at("said"), (at("the ramp held"),), form=Form.INDIRECT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "work.db")
    article = Article(TEXT, "test.txt", Publication(title="Ramp"))
    articles.add_article(opened, article, segmented(TEXT), [], None)
    yield opened
    opened.close()


@pytest.fixture
def article_id(store: Store) -> str:
    return articles.shown_ids(store)[0]


def attribute(session: ReviewSession, made: Attribution) -> None:
    session.apply(lambda review, _: Plan("test", None, [Change("attribution", (made.id,), made.as_payload())]), None)


def work(store: Store, article_id: str, reviewer: str, made: Attribution, verdict: str, worths: str = "000") -> None:
    """Attribute the first claim and judge it; the others are no claims, each with the worth that is given."""
    session = ReviewSession(store, reviewer)
    review, _ = session.open(article_id)
    attribute(session, Attribution(f"{reviewer}-{made.id}", made.source, made.cue, made.content, form=made.form))
    session.apply(judging.worth, review.claims[0], "2")
    session.apply(judging.verdict, review.claims[0], verdict)
    session.apply(judging.evidence, review.claims[0], {"answer": f"so says {reviewer}"})
    for claim, worth in zip(review.claims[1:], worths, strict=False):
        session.apply(judging.worth, claim, worth)
        if not session.review.facet_done(claim, "attribution"):
            session.apply(judging.voice, claim)


@pytest.fixture
def layer(store: Store, article_id: str) -> ReviewSession:
    """Ana and ben differ in the verdict of the first claim and the worth of the third; ana alone did the fourth."""
    work(store, article_id, "ana", SAID, "supported", "000")
    work(store, article_id, "ben", SAID, "refuted", "01")
    session = ReviewSession(store, ADJUDICATED, by="lea")
    session.open(article_id)
    return session


def cases(session: ReviewSession, sample: float = 0.0) -> list[Case]:
    others = adjudicating.others_of(session.store, session.review)
    return cases_of(session.review, others, session.registry, sample)


def take(session: ReviewSession, number: int, reviewer: str, *facets: Facet) -> None:
    others = {other.reviewer: other for other in adjudicating.others_of(session.store, session.review)}
    session.apply(adjudicating.take, session.review.claims[number], others[reviewer], facets or tuple(Facet))


def rows(store: Store, **choice: object) -> tuple[list[dict[str, object]], int]:
    tally = Tally()
    files = exported(store, FORMATS["jsonl"], Choice(adjudicated=True, **choice), tally)  # type: ignore[arg-type]
    lines = b"".join(chunk for _, chunks in files for chunk in chunks).splitlines()
    return [json.loads(line) for line in lines], tally.differing.claims


def test_who_differs_in_what_is_said_claim_by_claim(layer: ReviewSession) -> None:
    found = cases(layer)
    assert [case.differing for case in found] == [(Facet.VERDICT,), (), (Facet.WORTH,), ()]
    assert [sorted(case.stands) for case in found] == [["ana", "ben"], ["ana", "ben"], ["ana", "ben"], ["ana"]]
    assert [case.open for case in found] == [True, False, True, False]


def test_a_sample_is_drawn_of_what_several_have_done(layer: ReviewSession) -> None:
    assert [case.sampled for case in cases(layer)] == [False, False, False, False]
    found = cases(layer, sample=1.0)
    assert [case.sampled for case in found] == [True, True, True, False]
    assert [case.open for case in found] == [True, True, True, False]


def test_attributions_are_the_same_whatever_their_ids_and_differ_in_their_spans(store: Store, article_id: str) -> None:
    work(store, article_id, "ana", SAID, "supported")
    work(store, article_id, "ben", SAID_BY_INES, "supported")
    session = ReviewSession(store, ADJUDICATED, by="lea")
    session.open(article_id)
    assert cases(session)[0].differing == (Facet.ATTRIBUTION,)


def test_one_decision_takes_everything_of_a_claim(layer: ReviewSession, store: Store) -> None:
    take(layer, 0, "ben")
    claim = layer.review.claims[0]
    verdict = layer.review.verdict(claim)
    assert verdict is not None
    assert verdict.value == "refuted"
    assert [made.source for made in layer.review.attributions_of(claim)] == [SAID.source]
    assert [piece.answer for piece in layer.review.evidence_of(claim)] == ["so says ben"]
    assert not cases(layer)[0].open
    assert list(adjudicating.to_adjudicate(store)) == [layer.review.article.id]
    take(layer, 2, "ana")
    assert list(adjudicating.to_adjudicate(store)) == []
    entry = ledger.decisions(store, ADJUDICATED, layer.review.article.id)[0]
    assert (entry.payload["by"], entry.payload["taken_from"]) == ("lea", "ana")
    assert list(doctor.examine(store)) == []


def test_nobody_s_own_work_is_changed(layer: ReviewSession, store: Store) -> None:
    before = adjudicating.others_of(store, layer.review)
    take(layer, 0, "ben")
    assert adjudicating.others_of(store, layer.review) == before


def test_one_facet_can_be_taken_and_what_nobody_differs_in_comes_along(layer: ReviewSession) -> None:
    case = cases(layer)[0]
    facets = adjudicating.with_agreed(case, [Facet.VERDICT])
    take(layer, 0, "ana", *facets)
    assert not cases(layer)[0].open


def test_taking_another_s_decision_afterwards_replaces_the_first(layer: ReviewSession) -> None:
    take(layer, 0, "ben")
    kept = layer.review.attributions_of(layer.review.claims[0])
    take(layer, 0, "ana")
    verdict = layer.review.verdict(layer.review.claims[0])
    assert verdict is not None
    assert verdict.value == "supported"
    assert layer.review.attributions_of(layer.review.claims[0]) == kept
    with pytest.raises(DecisionRefused, match="says so already"):
        take(layer, 0, "ana")


def test_taking_is_undone_with_one_key(layer: ReviewSession, store: Store) -> None:
    take(layer, 0, "ben")
    layer.undo()
    assert cases(layer)[0].open
    assert not layer.review.attributions
    assert list(doctor.examine(store)) == []


OVER_TWO = Attribution("z", (at("Ines Duarte"),), at("said"), (at("the ramp held. It was late"),))


def test_what_stands_on_an_attribution_that_goes_goes_with_it_and_its_evidence_stays(
    layer: ReviewSession, store: Store
) -> None:
    attribute(layer, OVER_TWO)
    second = layer.review.claims[1]
    layer.apply(judging.verdict, second, "supported", "z")
    layer.apply(judging.evidence, second, {"answer": "so it was said", "target": "z"})
    take(layer, 0, "ben")
    assert layer.review.attributions_of(second) == []
    assert layer.review.verdicts_of(second) == []
    assert [(piece.answer, piece.target) for piece in layer.review.evidence_of(second)] == [("so it was said", CONTENT)]
    assert list(doctor.examine(store)) == []
    layer.undo()
    assert [verdict.target for verdict in layer.review.verdicts_of(second)] == ["z"]
    assert layer.review.evidence_of(second)[0].target == "z"
    assert list(doctor.examine(store)) == []


def test_what_is_nested_in_attributions_that_go_moves_out_of_them(layer: ReviewSession, store: Store) -> None:
    attribute(layer, OVER_TWO)
    attribute(layer, replace(OVER_TWO, id="y", content=(at("held. It was late"),), parent="z"))
    attribute(layer, Attribution("x", (at("It"),), at("was"), (at("late"),), parent="y"))
    take(layer, 0, "ben")
    assert [(made.id, made.parent) for made in layer.review.attributions_of(layer.review.claims[1])] == [("x", None)]
    assert list(doctor.examine(store)) == []


def test_the_adjudicated_dataset_says_how_each_claim_was_settled(layer: ReviewSession, store: Store) -> None:
    found, left = rows(store)
    assert left == 2
    assert [(row["ordinal"], row["settled"], row["agreed"]) for row in found] == [
        (2, "agreed", ["ana", "ben"]),
        (4, "single", ["ana"]),
    ]
    take(layer, 0, "ben")
    layer.apply(judging.worth, layer.review.claims[2], "2")
    layer.apply(judging.voice, layer.review.claims[2])
    layer.apply(judging.verdict, layer.review.claims[2], "supported")
    found, left = rows(store)
    assert left == 0
    assert [(row["reviewer"], row["settled"], row["agreed"]) for row in found] == [
        ("adjudicated", "adjudicated", ["ben"]),
        ("adjudicated", "agreed", ["ana", "ben"]),
        ("adjudicated", "adjudicated", []),
        ("adjudicated", "single", ["ana"]),
    ]


def test_the_layer_is_in_no_report_and_no_other_export(layer: ReviewSession, store: Store) -> None:
    take(layer, 0, "ben")
    report = reporting.progress(store)
    assert ADJUDICATED not in {line.reviewer for line in report.reviewers}
    tally = Tally()
    written = b"".join(c for _, chunks in exported(store, FORMATS["jsonl"], Choice(), tally) for c in chunks)
    assert {json.loads(line)["reviewer"] for line in written.splitlines()} == {"ana", "ben"}


def test_the_layer_is_nobody_s_name_and_asks_for_no_reviewer(layer: ReviewSession, store: Store) -> None:
    with pytest.raises(DomainError, match="the name of what the lead settles"):
        reviewer_handle("Adjudicated")
    with pytest.raises(ExportFailure, match="nobody's own"):
        rows(store, reviewers=("ana",))


def test_each_reviewer_is_held_against_the_layer_and_the_layer_is_in_no_other_figure(
    layer: ReviewSession, store: Store
) -> None:
    choice = AgreementChoice(resamples=0)
    before = agreement_report(store, choice)
    assert before.adjudicated == ()
    take(layer, 0, "ben")
    take(layer, 1, "ana")
    take(layer, 2, "ana")
    made = agreement_report(store, choice)
    assert (made.rows, made.labels, made.splits) == (before.rows, before.labels, before.splits)
    found = {(row.facet, row.coefficient, row.reviewers[0]): row for row in made.adjudicated}
    assert {row.reviewers[1] for row in made.adjudicated} == {ADJUDICATED}
    assert (found["worth", "percent_agreement", "ana"].value, found["worth", "percent_agreement", "ana"].units) == (
        1,
        3,
    )
    # Ben 2 0 1, the layer 2 0 0: two of three alike, by chance (1 x 1 + 1 x 2) / 9.
    ben = found["worth", "cohen_kappa", "ben"]
    assert ben.value == pytest.approx((2 / 3 - 3 / 9) / (1 - 3 / 9), abs=1e-12)
    assert (ben.units, ben.pairable) == (3, 6)
    # Squared steps in the order of the scheme, 0 1 2: observed 1/3; expected (4/3 + 1 + 8/3) / 3.
    assert found["worth", "weighted_kappa", "ben"].value == pytest.approx(1 - (1 / 3) / (5 / 3), abs=1e-12)
    # Pooled three 0, one 1, two 2: expected 2 x (3 x 1 + 6 x 4 + 2 x 1) / 30.
    assert found["worth", "krippendorff_alpha_interval", "ben"].value == pytest.approx(24 / 29, abs=1e-12)
    assert found["verdict", "percent_agreement", "ana"].value == 0
    assert found["verdict", "percent_agreement", "ben"].value == 1
    for name, layout in AGREEMENT_LAYOUTS.items():
        assert "adjudicated" in layout(made, 80), name
