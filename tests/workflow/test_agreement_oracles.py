"""The report beside an independent computation, from the exported long table, by pandas and other programs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DecisionRefused
from annotator.model.facets import FACETS
from annotator.reports.agreement import AgreementReport
from annotator.store import Store
from annotator.workflow import attributing, judging
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.agreement.table import table_agreement
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession

Work = Callable[[str], ReviewSession]
VERDICTS = ("supported", "refuted", "not_enough")


def decide(session: ReviewSession, draw: random.Random) -> None:
    """Some of the claims of the open article, most of them wholly, now and then with a change of mind."""
    for claim in session.review.claims:
        if draw.random() < 0.15:
            continue
        try:
            session.apply(attributing.accept if draw.random() < 0.6 else judging.voice, claim)
        except DecisionRefused:
            session.apply(judging.flag, claim)
        verdict = draw.choice(VERDICTS)
        session.apply(judging.verdict, claim, verdict)
        if draw.random() < 0.2:
            other = draw.choice([value for value in VERDICTS if value != verdict])
            session.apply(judging.verdict, claim, other)


@pytest.fixture
def decided(store: Store, work: Work, rain: str) -> Store:
    draw = random.Random(8)
    for name in ("ana", "bo", "caro", "dov", "eva"):
        session = work(name)
        decide(session, draw)
        session.open(rain)
        decide(session, draw)
    return store


def table_of(store: Store, folder: Path) -> Path:
    path = folder / "decisions.csv"
    with path.open("wb") as file:
        for _, chunks in exported(store, FORMATS["decisions"], Choice(), Tally()):
            file.writelines(chunks)
    return path


def values(report: AgreementReport) -> dict[tuple[str, str, tuple[str, ...]], float | None]:
    return {(row.facet, row.coefficient, row.reviewers): row.value for row in report.rows}


def test_the_table_gives_what_the_report_gives(decided: Store, tmp_path: Path) -> None:
    scheme = decided.scheme
    orders = [
        "worth=" + ",".join(value.id for value in scheme.worth),
        "verdict=" + ",".join(value.id for value in scheme.verdict),
        "voice=author,attributed",
        "form=direct,indirect,mixed,block",
        "type=statement,decree,intention,belief,attitude",
        "anonymity=named,described,unnamed,none",
    ]
    report = values(agreement_report(decided, AgreementChoice(resamples=0)))
    from annotator.agreement import Level

    table = values(
        table_agreement(table_of(decided, tmp_path), level=Level.NOMINAL, orders=orders, resamples=0, seed=0)
    )
    assert {facet for facet, _, _ in table} <= set(FACETS)
    assert len(table) > 60
    for key, value in table.items():
        assert value == pytest.approx(report[key], abs=1e-12) if value is not None else report[key] is None, key


def facets(path: Path) -> Iterator[tuple[str, Any]]:
    import pandas as pd

    table = pd.read_csv(path, dtype=str, keep_default_na=False, na_values={"value": [""]})
    for facet, rows in table.groupby("facet"):
        yield str(facet), rows.pivot_table(index="reviewer", columns="unit", values="value", aggfunc="first")


@pytest.mark.extra("pandas", "krippendorff", "sklearn")
def test_pandas_and_other_programs_find_the_same_in_the_exported_table(decided: Store, tmp_path: Path) -> None:
    import krippendorff
    from sklearn.metrics import cohen_kappa_score

    report = values(agreement_report(decided, AgreementChoice(resamples=0)))
    compared = 0
    for facet, ratings in facets(table_of(decided, tmp_path)):
        ours = next(v for (f, name, _), v in report.items() if (f, name) == (facet, "krippendorff_alpha_nominal"))
        if ours is None:
            continue
        codes = {value: number for number, value in enumerate(sorted(ratings.stack().dropna().unique()))}
        numbers = ratings.map(codes.get, na_action="ignore").astype(float)
        theirs = krippendorff.alpha(numbers.to_numpy(), level_of_measurement="nominal")
        assert ours == pytest.approx(theirs, abs=1e-12)
        for one, other in combinations(ratings.index, 2):
            both = ratings.loc[[one, other]].dropna(axis="columns")
            kappa = report[facet, "cohen_kappa", (one, other)]
            if kappa is not None:
                theirs = cohen_kappa_score(both.loc[one], both.loc[other], labels=list(codes))
                assert kappa == pytest.approx(theirs, abs=1e-12)
                compared += 1
    assert compared > 20


@pytest.mark.extra("pandas", "krippendorff")
def test_the_lines_of_the_manual_work(decided: Store, tmp_path: Path) -> None:
    import krippendorff
    import pandas as pd

    table = pd.read_csv(table_of(decided, tmp_path), dtype=str).query("facet == 'verdict'")
    ratings = table.pivot(index="reviewer", columns="unit", values="value")
    codes = ratings.apply(lambda row: pd.Categorical(row, VERDICTS).codes, axis=1, result_type="expand")
    theirs = krippendorff.alpha(codes.where(codes >= 0).to_numpy(float), level_of_measurement="nominal")
    report = values(agreement_report(decided, AgreementChoice(resamples=0)))
    everybody = ("ana", "bo", "caro", "dov", "eva")
    assert report["verdict", "krippendorff_alpha_nominal", everybody] == pytest.approx(theirs, abs=1e-12)
