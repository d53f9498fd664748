"""Sources that were made once on each machine: counted, joined by one decision, and apart again by its undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused
from annotator.model.source import Registry, SourceEntity, SourceKind
from annotator.store import Store, doctor, open_store, sources
from annotator.workflow import attributing, judging, same_sources, uniting
from annotator.workflow import sources as planned
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.session import ReviewSession
from tests.workflow.apart import RAMP, made, session, united

MACHINES = {"a.db": "ana", "b.db": "ben", "c.db": "caro"}


@pytest.fixture
def apart(tmp_path: Path) -> list[Path]:
    """Three machines on which three reviewers accepted one attribution, and so made its source, each for herself."""
    for name, reviewer in MACHINES.items():
        with closing(made(tmp_path / name, RAMP)) as store:
            mine = session(store, reviewer, RAMP)
            (claim,) = (claim for claim in mine.review.claims if "Ines Duarte" in claim.span.slice(RAMP))
            mine.apply(attributing.accept, claim)
            mine.apply(judging.verdict, claim, "supported")
    return [tmp_path / name for name in MACHINES]


@pytest.fixture
def desk(apart: list[Path]) -> Iterator[Store]:
    """The first machine's database, with the others' merged into it."""
    with closing(open_store(apart[0])) as store:
        list(uniting.merge(store, apart[1:], None))
        yield store


def sources_agree(store: Store) -> float | None:
    report = agreement_report(store, AgreementChoice(facets=["source"], resamples=0))
    return next(row.value for row in report.rows if row.coefficient == "percent_agreement")


def test_every_machine_s_source_of_one_name_is_counted_once_for_all(desk: Store) -> None:
    groups = same_sources.doubled(sources.registry(desk))
    assert {len(group) for group in groups} == {3}
    assert "Ines Duarte" in {group[0].name for group in groups}
    assert same_sources.alike(sources.registry(desk)) == []


def test_joined_they_are_one_for_everybody_and_an_undo_parts_them(desk: Store) -> None:
    groups = same_sources.doubled(sources.registry(desk))
    before = len(sources.registry(desk).unmerged())
    assert sources_agree(desk) == 0
    said = same_sources.join_now(desk, "lea")
    assert said == f"{2 * len(groups)} sources joined with those of the same name and kind"
    assert len(sources.registry(desk).unmerged()) == before - 2 * len(groups)
    assert sources_agree(desk) == 1
    assert list(doctor.examine(desk)) == []
    with pytest.raises(DecisionRefused, match="no two sources"):
        same_sources.join_now(desk, "lea")
    lea = ReviewSession(desk, "lea")
    assert "sources of the same name and kind joined" in lea.undo_or_redo_sources("undo").said
    assert same_sources.doubled(sources.registry(desk)) == groups
    assert list(doctor.examine(desk)) == []


def test_joined_on_two_machines_they_are_the_same_one(apart: list[Path], tmp_path: Path) -> None:
    for path in apart[:2]:
        with closing(open_store(path)) as store:
            list(uniting.merge(store, [other for other in apart if other != path], None))
    for path in apart[:2]:
        with closing(open_store(path)) as store:
            same_sources.join_now(store, "lea")
    first, second, _ = apart
    assert united(tmp_path, (first, second)) == united(tmp_path, (second, first))


def test_what_two_articles_call_alike_is_two_and_other_kinds_are_for_people_to_see() -> None:
    entities = [
        SourceEntity("1", "board", SourceKind.ORGANISATION, article_id="one"),
        SourceEntity("2", "board", SourceKind.ORGANISATION, article_id="other"),
        SourceEntity("3", "Sela Wire", SourceKind.PUBLISHER),
        SourceEntity("4", "Sela Wire", SourceKind.ORGANISATION),
        SourceEntity("5", "Sela Wire", SourceKind.ORGANISATION),
        SourceEntity("6", "sela wire", SourceKind.ORGANISATION),
    ]
    registry = Registry({entity.id: entity for entity in entities})
    assert [[entity.id for entity in group] for group in same_sources.doubled(registry)] == [["4", "5"]]
    assert [[entity.id for entity in group] for group in same_sources.alike(registry)] == [["3", "4", "6"]]
    assert [change.key[0] for change in same_sources.join(registry).changes] == ["5"]


def test_a_source_that_stands_for_another_already_is_not_counted() -> None:
    gone = SourceEntity("2", "Ines Duarte", SourceKind.PERSON, merged_into="1")
    registry = Registry({"1": SourceEntity("1", "Ines Duarte", SourceKind.PERSON), "2": gone})
    assert same_sources.doubled(registry) == []


def test_one_that_was_joined_takes_what_is_decided_of_it_later(desk: Store) -> None:
    same_sources.join_now(desk, "lea")
    lea = ReviewSession(desk, "lea")
    (duarte,) = lea.registry.named("Ines Duarte")
    lea.apply_to_sources(planned.rename, duarte.id, "Inês Duarte")
    assert [entity.id for entity in lea.registry.named("Ines Duarte")] == [duarte.id]
    assert list(doctor.examine(desk)) == []
