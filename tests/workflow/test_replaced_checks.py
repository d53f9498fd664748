"""Fact-checks that were replaced before the ninth schema: their words go out of the index as it is brought up to it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.check import Check
from annotator.store import Store, doctor, open_store
from annotator.store.fact_checks import checks
from annotator.workflow.fact_checks.check_matching import words_of
from tests.workflow.eighth_schema import older

RAIN = Check("rain", "Rain fell on the mill, and rain fell again.", title="Did rain fall?", date="2026-01-01")
DRY = Check("rain", "No rain fell on the mill.", verdict="False", date="2026-02-01")
WET = Check("rain", "A little rain fell.", verdict="True", date="2026-03-01")
SNOW = Check("snow", "Snow fell on 12.5 roofs.", date="2026-01-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.db"


def save(store: Store, *rows: Check) -> None:
    for each in rows:
        checks.save(store, [(each, words_of(each))], "checks.jsonl", words_of)


def problems(store: Store) -> list[str]:
    return [found.detail for found in doctor.examine(store, words_of=words_of)]


def test_their_words_are_forgotten_and_what_is_there_now_is_found(path: Path) -> None:
    with closing(open_store(path)) as store:
        save(store, RAIN, DRY, SNOW)
    older(path)
    with closing(open_store(path)) as store:
        assert problems(store) == []
        assert checks.index(store).size().checks == 2
        assert [each.claim for each in checks.index(store).candidates(words_of(RAIN)[0])] == [DRY.claim, SNOW.claim]
        save(store, WET)
        assert problems(store) == []
        assert checks.remove(store, "checks.jsonl", words_of) == 4
        assert problems(store) == []


def test_where_none_was_replaced_the_index_stays_as_it_is(path: Path) -> None:
    with closing(open_store(path)) as store:
        save(store, RAIN, SNOW)
    older(path)
    with closing(open_store(path)) as store:
        assert problems(store) == []
        assert checks.index(store).size().checks == 2
