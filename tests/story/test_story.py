"""What came of the story, beside what was pressed and beside what other programs make of it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import pytest

from tests.story.articles import ARTICLES
from tests.story.people import KEY_OF
from tests.story.story import AT_THE_DESK, ON_THE_LAPTOP, Story

EVERYBODY = (*AT_THE_DESK, *ON_THE_LAPTOP)
Given = dict[tuple[str, str], str]
"""Values of a facet by reviewer and claim."""


def given(story: Story, facet: str, column: str = "value") -> Given:
    """What the exported table of decisions says."""
    with story.decisions.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["reviewer"], row["unit"]): row[column] for row in rows if row["facet"] == facet and row[column]}


def settled(story: Story) -> Iterator[dict[str, Any]]:
    """The rows of the adjudicated export."""
    for line in story.dataset.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def verdict_of(row: dict[str, Any]) -> str | None:
    return next((verdict["value"] for verdict in row["verdicts"] if verdict["target"] == "content"), None)


def coefficient(story: Story, facet: str, name: str, *reviewers: str) -> float | None:
    (value,) = [
        row["value"]
        for row in story.agreement["rows"]
        if (row["facet"], row["coefficient"]) == (facet, name)
        and (not reviewers or tuple(row["reviewers"]) == reviewers)
    ]
    return None if value is None else float(value)


def test_what_everybody_decided_first_and_decides_now_is_in_the_table(story: Story) -> None:
    worths, verdicts, now = given(story, "worth"), given(story, "verdict"), given(story, "verdict", "present")
    one_claim = dict(story.thought)
    twofold = one_claim.pop(("caro", story.twofold))
    assert len({claim for _, claim in one_claim}) > 2 * ARTICLES
    assert {reviewer for reviewer, _ in one_claim} == set(EVERYBODY)
    for at, thought in one_claim.items():
        assert (worths[at], verdicts.get(at), now.get(at)) == (thought.worth, thought.first_verdict, thought.verdict)
    assert len(worths) == len(story.thought)
    assert any(thought.at_first for thought in one_claim.values())
    # What she decided at home, or at the desk: the other way than stood before she chose.
    assert now["caro", story.twofold] in KEY_OF
    assert twofold.verdict in KEY_OF


def kappa_by_hand(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen 1960; None where both gave one value alone."""
    same = sum(mine == theirs for mine, theirs in pairs) / len(pairs)
    mine, theirs = (Counter(column) for column in zip(*pairs, strict=True))
    chance = sum(mine[value] * theirs[value] for value in mine) / len(pairs) ** 2
    return (same - chance) / (1 - chance) if chance < 1 else None


def test_kappa_of_each_pair_is_what_it_is_by_hand(story: Story) -> None:
    compared = 0
    for facet, (one, other) in product(("worth", "verdict"), combinations(sorted(EVERYBODY), 2)):
        values = given(story, facet)
        units = {unit for who, unit in values if who == one} & {unit for who, unit in values if who == other}
        if units:
            kappa = kappa_by_hand([(values[one, unit], values[other, unit]) for unit in units])
            assert coefficient(story, facet, "cohen_kappa", one, other) == pytest.approx(kappa, abs=1e-12)
            compared += 1
    assert compared >= 12


def test_every_difference_is_settled_as_the_lead_settled_it(story: Story) -> None:
    rows = {row["claim_id"]: row for row in settled(story)}
    assert set(rows) == {claim for _, claim in story.thought}
    kinds = Counter(row["settled"] for row in rows.values())
    assert kinds["adjudicated"] == len(story.taken) + len(story.own)
    assert kinds["agreed"] > 0
    for claim, reviewer in story.taken.items():
        if claim == story.twofold and reviewer == "caro":
            continue
        thought = story.thought[reviewer, claim]
        assert verdict_of(rows[claim]) == thought.verdict
        if claim != story.by_facet:
            assert rows[claim]["worth"] == thought.worth
            assert reviewer in rows[claim]["agreed"]
    ((claim, verdict),) = story.own.items()
    assert verdict_of(rows[claim]) == verdict
    assert rows[claim]["note"] == "neither says it"
    assert rows[claim]["agreed"] == []
    # One key each, moving included; the goal is at most 2.5.
    assert story.with_one_key == len(story.taken) - 1 > 20


def test_not_a_word_is_changed(story: Story) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (story.folder / "articles").iterdir()}
    assert len(files) == ARTICLES
    seen = set()
    for row in settled(story):
        name = row["origin"].rpartition("/")[2]
        seen.add(name)
        assert files[name][row["start"] : row["end"]] == row["text"]
    assert seen == set(files)


@pytest.mark.extra("pandas", "krippendorff", "sklearn")
def test_agreement_is_what_other_programs_find_in_the_exported_table(story: Story) -> None:
    import krippendorff
    import pandas as pd
    from sklearn.metrics import cohen_kappa_score

    table = pd.read_csv(story.decisions, dtype=str)
    for facet, rows in table.groupby("facet"):
        ratings = rows.pivot_table(index="reviewer", columns="unit", values="value", aggfunc="first")
        codes = {value: number for number, value in enumerate(sorted(ratings.stack().dropna().unique()))}
        alpha = coefficient(story, str(facet), "krippendorff_alpha_nominal")
        if alpha is None:
            assert len(codes) == 1
            continue
        numbers = ratings.map(codes.get, na_action="ignore").astype(float)
        theirs = krippendorff.alpha(numbers.to_numpy(), level_of_measurement="nominal")
        assert alpha == pytest.approx(theirs, abs=1e-12)
    ratings = table.query("facet == 'verdict'").pivot(index="reviewer", columns="unit", values="value")
    both = ratings.loc[["ana", "dov"]].dropna(axis="columns")
    theirs = cohen_kappa_score(both.loc["ana"], both.loc["dov"])
    assert coefficient(story, "verdict", "cohen_kappa", "ana", "dov") == pytest.approx(theirs, abs=1e-12)


@pytest.mark.extra("datasets")
def test_the_dataset_is_loaded_by_the_library_that_people_load_datasets_with(story: Story) -> None:
    from datasets import load_dataset

    loaded = load_dataset("json", data_files=str(story.dataset), split="train", cache_dir=str(story.folder / "cache"))
    rows = list(settled(story))
    assert loaded["claim_id"][:] == [row["claim_id"] for row in rows]
    assert loaded["settled"][:] == [row["settled"] for row in rows]
    assert [[each["value"] for each in made] for made in loaded["verdicts"]] == [
        [each["value"] for each in row["verdicts"]] for row in rows
    ]
