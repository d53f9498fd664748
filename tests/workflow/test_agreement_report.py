"""The report on agreement from a database: three reviewers at work through their sessions."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from annotator.errors import NotFoundError
from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.ledger import uuid7
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.reports.agreement import AgreementReport, AgreementRow
from annotator.reports.agreement_layouts import AGREEMENT_LAYOUTS
from annotator.store import Store
from annotator.workflow import attributing, judging, segmenting, sources
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.session import ReviewSession

Rows = Mapping[tuple[str, str, tuple[str, ...]], AgreementRow]


def rows_of(report: AgreementReport) -> Rows:
    return {(row.facet, row.coefficient, row.reviewers): row for row in report.rows}


def report(store: Store, choice: AgreementChoice | None = None) -> AgreementReport:
    return agreement_report(store, choice or AgreementChoice(resamples=20))


def settle(session: ReviewSession, claim: Claim, worth: str, verdict: str | None = None) -> None:
    """Worth, the author's voice, and a verdict where there is one: the last of them makes the claim done."""
    session.apply(judging.worth, claim, worth)
    if session.review.judgement(claim).voice is None and not session.review.attributed(claim):
        session.apply(judging.voice, claim)
    if verdict is not None:
        session.apply(judging.verdict, claim, verdict)


@pytest.fixture
def two(ana: ReviewSession, bo: ReviewSession) -> tuple[ReviewSession, ReviewSession]:
    """Five claims: check-worthiness 2 2 1 0 0 and 2 1 1 0 2, verdicts on the first two."""
    for session, worths, verdicts in ((ana, "22100", "sr..."), (bo, "21102", "r...s")):
        for claim, worth, verdict in zip(session.review.claims, worths, verdicts, strict=False):
            settle(session, claim, worth, {"s": "supported", "r": "refuted"}.get(verdict))
    return ana, bo


def test_facets_are_measured_over_the_claims_that_two_have_done(store: Store, two: object) -> None:
    made = report(store)
    rows = rows_of(made)
    both = ("ana", "bo")
    percent = rows["worth", "percent_agreement", both]
    assert (percent.value, percent.units, percent.pairable) == (0.6, 5, 10)
    # Ana 2 2 1 0 0, bo 2 1 1 0 2: by chance (2 x 2 + 1 x 2 + 2 x 1) / 25.
    kappa = rows["worth", "cohen_kappa", both]
    assert kappa.value == pytest.approx((0.6 - 8 / 25) / (1 - 8 / 25), abs=1e-12)
    assert {name for facet, name, _ in rows if facet == "worth"} >= {
        "krippendorff_alpha_nominal",
        "krippendorff_alpha_ordinal",
        "krippendorff_alpha_interval",
        "weighted_kappa",
        "fleiss_kappa",
        "gwet_ac1",
    }
    verdict = rows["verdict", "percent_agreement", both]
    assert (verdict.value, verdict.units, verdict.pairable) == (0.0, 3, 2)
    assert rows["voice", "krippendorff_alpha_nominal", both].undefined == "all values alike"
    (summary,) = (each for each in made.facets if each.facet == "verdict")
    assert (summary.missing, summary.categories) == (2, ("supported", "refuted", "mixed", "not_enough"))


def test_ac1_is_over_the_categories_of_the_scheme_and_not_over_those_that_were_used(store: Store, two: object) -> None:
    value = rows_of(report(store))["verdict", "gwet_ac1", ("ana", "bo")].value
    # Ana supported, refuted, bo refuted and supported for a third claim: shares 1/2, 1/2 of three units.
    shares = [(0.5 + 1) / 3, (0.5 + 1) / 3]
    chance = sum(share * (1 - share) for share in shares) / (4 - 1)
    assert value == pytest.approx((0 - chance) / (1 - chance), abs=1e-12)


def test_a_later_change_of_mind_changes_no_figure(store: Store, two: tuple[ReviewSession, ReviewSession]) -> None:
    before = report(store).rows
    _, bo = two
    bo.apply(judging.worth, bo.review.claims[1], "2")
    bo.apply(judging.verdict, bo.review.claims[0], "supported")
    assert report(store).rows == before


def test_undefined_is_said_in_every_layout_and_never_a_number(store: Store, two: object) -> None:
    made = report(store)
    for name in ("terminal", "markdown", "html"):
        assert "undefined: all values alike" in AGREEMENT_LAYOUTS[name](made, 100).replace("\\", "")
    (row,) = (
        row
        for row in json.loads(AGREEMENT_LAYOUTS["json"](made, 80))["rows"]
        if (row["facet"], row["coefficient"]) == ("voice", "krippendorff_alpha_nominal")
    )
    assert (row["value"], row["undefined"]) == (None, "all values alike")
    assert not {"nan", "NaN", "Infinity"} & set(AGREEMENT_LAYOUTS["json"](made, 80).replace(",", " ").split())


def test_claims_of_unequal_segmentations_are_paired_where_they_are_equal(
    store: Store, ana: ReviewSession, bo: ReviewSession
) -> None:
    ana.apply(segmenting.join, ana.review.claims[1])
    for session in (ana, bo):
        for claim in session.review.claims[:5]:
            settle(session, claim, "1")
    made = report(store)
    percent = rows_of(made)["worth", "percent_agreement", ("ana", "bo")]
    # Ana's second claim is bo's second and third.
    assert (percent.units, percent.pairable) == (3 + 1 + 3, 6)
    assert {each.reviewer: each.alone for each in made.left_out} == {"ana": 1, "bo": 2}


def test_figures_are_split_by_what_became_of_suggestions(store: Store, ana: ReviewSession, bo: ReviewSession) -> None:
    for session in (ana, bo):
        claims = session.review.claims
        session.apply(attributing.accept, claims[1])
        session.apply(judging.verdict, claims[1], "supported")
        settle(session, claims[2], "1" if session is ana else "0")
        last = claims[-1]
        settle(session, last, "0" if session is ana else "1")
    splits = {(split.by, split.part): split.rows for split in report(store).splits}
    worth = {
        part: next(row for row in rows if row.facet == "worth" and row.coefficient == "percent_agreement")
        for (by, part), rows in splits.items()
        if by == "suggestion" and any(row.facet == "worth" for row in rows)
    }
    assert {part: (row.units, row.value) for part, row in worth.items()} == {
        "none shown": (1, 0.0),
        "shown": (2, 0.5),
        "shown, accepted by all": (1, 1.0),
        "shown, accepted by some": (1, 0.0),
    }


def test_the_claims_that_disagree_most_come_first_with_what_each_said(store: Store, two: object, ramp: str) -> None:
    first, second, *_ = report(store).disputed
    assert first.values == {"verdict": {"ana": "supported", "bo": "refuted"}}
    assert second.values == {"worth": {"ana": "2", "bo": "1"}}
    assert first.score == second.score == 1
    assert first.article_id == ramp
    only = agreement_report(store, AgreementChoice(resamples=0, top=1)).disputed
    assert only == (first,)


def spoken(session: ReviewSession, words: str, source: str = "Nobody", cue: str = "answered") -> None:
    text = session.review.article.text

    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    claim = next(claim for claim in session.review.claims if "Nobody" in claim.span.slice(text))
    made = Attribution(uuid7(), (span(source),), span(cue), (span(words),))
    session.apply(judging.worth, claim, "1")
    session.apply(attributing.keep_attribution, claim, made)


def test_spans_are_scored_where_both_have_done_the_sentence(
    store: Store, ana: ReviewSession, bo: ReviewSession
) -> None:
    spoken(ana, "on Monday")
    spoken(bo, "Monday")
    # Bo alone has done this one: what she marked there is compared with nothing.
    bo.apply(attributing.accept, bo.review.claims[1])
    bo.apply(judging.verdict, bo.review.claims[1], "supported")
    rows = rows_of(report(store))
    both = ("ana", "bo")
    assert rows["source_span", "f1_exact", both].value == 1
    assert rows["content_span", "f1_exact", both].value == 0
    assert rows["content_span", "f1_overlap", both].value == 1
    # Two tokens against one of them.
    assert rows["content_span", "f1_token", both].value == pytest.approx(2 / 3)
    assert rows["attributed", "percent_agreement", both].pairable == 2
    # "Nobody answered on Monday." has 26 characters; contents 16 to 25 and 19 to 25, 6 of them in common.
    alone = (9**2 + 6**2) + (17 + 20)
    left = 52**2 - alone
    expected = 52 * (left - (15**2 - 117) - (37**2 - 37)) / left
    assert rows["content_span", "unitized_alpha", both].value == pytest.approx(1 - 6 / expected, abs=1e-12)


def test_only_the_reviewers_and_the_days_that_are_asked_for(store: Store, two: object, work: object) -> None:
    with pytest.raises(NotFoundError, match="no reviewer 'zoe'"):
        report(store, AgreementChoice(reviewers=("zoe",)))
    alone = report(store, AgreementChoice(reviewers=("ana",), resamples=0))
    assert rows_of(alone)["worth", "percent_agreement", ("ana",)].undefined == "no unit has two values"


def test_a_pass_completes_claims_by_its_own_rule(store: Store, ana: ReviewSession, bo: ReviewSession) -> None:
    for session in (ana, bo):
        settle(session, session.review.claims[0], "2")
    assert report(store).empty
    assert {each.reviewer: each.unfinished for each in report(store).left_out} == {"ana": 1, "bo": 1}
    triage = report(store, AgreementChoice(pass_="triage", resamples=0))
    assert rows_of(triage)["worth", "percent_agreement", ("ana", "bo")].value == 1


def test_nothing_of_an_article_or_a_reviewer_is_markup_in_a_layout(store: Store, two: object) -> None:
    made = report(store)
    claim = replace(made.disputed[0], words="<script>|\x1b[31m`x`", title="=1+1")
    hostile = replace(made, disputed=(claim,), names={"worth": {"2": "<b>\x1b]0;x"}})
    page = AGREEMENT_LAYOUTS["html"](hostile, 80)
    assert "<script>" not in page
    assert "<b>" not in page
    for name in AGREEMENT_LAYOUTS:
        assert "\x1b" not in AGREEMENT_LAYOUTS[name](hostile, 80)
    assert "| <script>" not in AGREEMENT_LAYOUTS["markdown"](hostile, 80)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_is_wider_than_the_terminal(store: Store, two: object, width: int) -> None:
    from rich.cells import cell_len

    lines = AGREEMENT_LAYOUTS["terminal"](report(store), width).splitlines()
    # A command is to be copied, and never cut.
    assert max(cell_len(line) for line in lines if not line.startswith("     annotator review")) <= width


def test_csv_is_one_line_a_coefficient_of_the_whole_and_of_each_part(store: Store, two: object) -> None:
    made = report(store)
    rows = list(csv.DictReader(AGREEMENT_LAYOUTS["csv"](made, 80).removeprefix("\ufeff").splitlines()))
    assert len(rows) == len(made.rows) + sum(len(split.rows) for split in made.splits)
    first = rows[0]
    assert (first["by"], first["facet"], first["coefficient"]) == ("", "worth", "percent_agreement")
    assert float(first["value"]) == 0.6


def test_sources_are_named_where_another_facet_alone_is_measured(
    store: Store, ana: ReviewSession, bo: ReviewSession
) -> None:
    for session, name in ((ana, "Ines Duarte"), (bo, "Mara Lindqvist")):
        claim = session.review.claims[1]
        session.apply(attributing.accept, claim)
        kept = session.review.attributions_of(claim)[0].id
        session.apply(sources.assign, claim, kept, SourceEntity("", name, SourceKind.PERSON))
        session.apply(judging.verdict, claim, "supported" if session is ana else "refuted")
    made = agreement_report(store, AgreementChoice(resamples=0, facets=("verdict",)))
    given = made.disputed[0].values["source"]
    assert {who: made.names["source"][id_] for who, id_ in given.items()} == {
        "ana": "Ines Duarte",
        "bo": "Mara Lindqvist",
    }
