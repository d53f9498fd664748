from __future__ import annotations

import pytest

from annotator.errors import DomainError
from annotator.model.ledger import Change, source_uses
from annotator.model.source import Registry, SourceEntity, SourceKind

DUARTE = SourceEntity("1", "Ines Duarte", SourceKind.PERSON, ("Inês Duarte",))
YARD = SourceEntity("2", "Quillfeather Yard", SourceKind.ORGANISATION)
WIRE = SourceEntity("3", "Example Wire", SourceKind.PUBLISHER, ("Duarte Wire",))


def registry(*entities: SourceEntity) -> Registry:
    return Registry().changed(entities)


def test_a_source_is_found_by_name_alias_and_surname() -> None:
    known = registry(DUARTE, YARD, WIRE)
    assert known.named("Minister INES DUARTE, 52,") == [DUARTE]
    assert known.named("Inês Duarte") == [DUARTE]
    assert known.named("Duarte") == []
    assert known.with_surname("Duarte") == [DUARTE]
    assert known.with_surname("Yard") == []


def test_merged_sources_lead_to_the_one_that_stands() -> None:
    yard = SourceEntity("2", YARD.name, YARD.kind, merged_into="3")
    wire = SourceEntity("3", WIRE.name, WIRE.kind, merged_into="1")
    known = registry(DUARTE, yard, wire)
    assert known.resolve("2") is DUARTE
    assert known.named("Quillfeather Yard") == [DUARTE]
    assert known.unmerged() == [DUARTE]
    assert known.merged_with("1") == [yard, wire]
    assert known.resolve("4") is None
    assert known.resolve(None) is None


def test_a_circle_that_merged_databases_bring_has_one_answer() -> None:
    into = {"1": "2", "2": "3", "3": "2"}
    known = registry(*(SourceEntity(id_, f"n{id_}", SourceKind.PERSON, merged_into=to) for id_, to in into.items()))
    assert [entity.id for id_ in "123" if (entity := known.resolve(id_))] == ["2", "2", "2"]
    assert [entity.id for entity in known.unmerged()] == ["2"]


def test_a_registry_is_never_changed_and_follows_what_is() -> None:
    before = registry(DUARTE)
    renamed = DUARTE.renamed("Inês M. Duarte")
    after = before.changed([renamed, YARD], revision=4)
    assert (before.named("Ines Duarte"), after.named("Ines Duarte")) == ([DUARTE], [renamed])
    assert after.revision == 4
    assert after.changed([], ["1", "unknown"]).named("Ines Duarte") == []
    assert after.named("Quillfeather Yard") == [YARD]


def test_typing_finds_what_begins_so_first() -> None:
    known = registry(DUARTE, YARD, WIRE)
    assert known.search("dua") == [WIRE, DUARTE]
    assert known.search("yard quill") == [YARD]
    assert known.search("arte") == [DUARTE, WIRE] or known.search("arte") == [WIRE, DUARTE]
    assert known.search("nobody") == []
    assert len(known.search("", limit=2)) == 2


def test_a_renamed_source_keeps_its_name_as_an_alias() -> None:
    twice = DUARTE.renamed("Duarte").renamed("Ines Duarte")
    assert (twice.name, twice.aliases) == ("Ines Duarte", ("Inês Duarte", "Duarte"))


def test_a_source_survives_json() -> None:
    merged = SourceEntity("4", "board", SourceKind.ORGANISATION, ("the board",), merged_into="2", article_id="a")
    assert SourceEntity.from_payload("4", merged.as_payload()) == merged


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "a\nb"},
        {"name": 1},
        {"kind": "animal"},
        {"aliases": ["x", "x"]},
        {"aliases": [""]},
        {"merged_into": "4"},
    ],
)
def test_what_is_no_source_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        SourceEntity.from_payload("4", {**YARD.as_payload(), **changed})
    with pytest.raises(DomainError):
        SourceEntity.from_payload("4", {})


def test_the_sources_that_changes_name() -> None:
    merged = SourceEntity("2", YARD.name, YARD.kind, merged_into="3")
    changes = [
        Change("source", ("2",), merged.as_payload()),
        Change("attribution_source", ("a",), "1"),
        Change("attribution_source", ("b",), None),
        Change("judgement", ("c", "worth"), "2"),
    ]
    assert source_uses(changes) == [("2", "changed"), ("3", "joined"), ("1", "assigned")]
