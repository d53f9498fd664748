"""Tests for the registry of rules: what it says of a rule is what the proposals, the finders and the manual say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.model.article import Segmentation
from annotator.model.span import Span
from annotator.suggesters import suggest
from annotator.suggesters.combining.overlaps import resolve_overlaps
from annotator.suggesters.reading.units import read
from annotator.suggesters.rules import registry, verbs
from annotator.suggesters.rules.finders import FINDERS, findings_of
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.quoting import with_cited
from annotator.suggesters.rules.registry import RULES, Family
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.workflow.ingest import seed_folder

ROOT = Path(__file__).parents[2]
DERIVED = ("to_", "nested_")


def test_the_manual_has_a_row_for_every_rule_and_for_no_other() -> None:
    manual = (ROOT / "docs" / "suggesters.md").read_text(encoding="utf-8")
    table = manual.split("| rule | finds |")[1].split("\n\n")[0]
    named = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1:2][0] if row else "")
    }
    assert named == {rule for rule in RULES if not rule.startswith(DERIVED)}


def test_every_rule_is_made_by_some_module() -> None:
    folder = ROOT / "annotator" / "suggesters"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "registry.py")
    unused = [rule for rule in RULES if not rule.startswith(DERIVED) and f"registry.{rule.upper()}" not in code]
    assert unused == []


def test_every_family_that_reads_units_has_a_finder_in_the_order_of_precedence() -> None:
    assert list(FINDERS) == [family for family in Family if family is not Family.NEIGHBOUR]


def test_no_finder_finds_anything_where_it_is_not_asked(segment: Callable[..., Segmentation]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(seed_folder().glob("*.*")) if path.suffix != ".html"]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "suggesters").glob("*.py"))]
    for text in texts:
        for unit in read(text, segment(text)).units:
            predicates = predicates_of(unit)
            everything = [each for asked in FINDERS.values() for each in asked.find(unit, predicates)]
            assert findings_of(unit, keep=lambda _unit, _finding: True) == with_cited(unit, everything)


def test_confidence_is_a_share() -> None:
    assert [rule.id for rule in RULES.values() if not 0 < rule.confidence < 1] == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if f"nested_{rule.id}" in RULES], ids=lambda rule: rule.id
)
def test_what_is_nested_keeps_its_family_and_nothing_else(rule: registry.Rule) -> None:
    nested = rule.as_nested()
    assert nested == registry.Rule(f"nested_{rule.id}", nested.confidence, rule.family)


def test_every_clause_can_be_nested() -> None:
    # What a paraphrase surely reports is a clause, an intention or "according to": each is named where it is nested.
    assert [rule.id for rule in RULES.values() if rule.clause and f"nested_{rule.id}" not in RULES] == []


def test_a_rule_without_a_row_for_infinitives_says_so() -> None:
    with pytest.raises(KeyError, match="to_label"):
        registry.LABEL.as_infinitive()


def test_the_proposals_carry_the_id_and_the_confidence_of_the_registry(segment: Callable[..., Segmentation]) -> None:
    text = "Ines Duarte said that the ramp was shut. According to the port, it will open."
    made = suggest(text, segment(text)).attributions
    assert [(each.rule, each.confidence) for each in made] == [
        ("said_that", registry.SAID_THAT.confidence),
        ("according_to", registry.ACCORDING_TO.confidence),
    ]


def test_the_longer_cue_wins_then_the_first_then_the_earlier_family() -> None:
    verb = Finding(registry.OBJECT, Span(0, 3), Span(4, 9), (Span(10, 20),))
    noun = verb._replace(rule=registry.NOUN_OBJECT)
    longer = noun._replace(cue=Span(4, 12), content=(Span(13, 20),))
    later = verb._replace(cue=Span(6, 11), content=(Span(12, 20),))
    assert resolve_overlaps([noun, verb]) == ([verb], [])
    assert resolve_overlaps([verb, longer]) == ([longer], [])
    assert resolve_overlaps([later, verb]) == ([verb], [])


def test_verbs_that_no_list_has_are_passed_over_where_no_rule_would_find_anything(
    segment: Callable[..., Segmentation], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(seed_folder().glob("*.txt"))]
    # Unlisted verbs that a quotation or a colon makes speak, and one that attributes nothing.
    texts.append(
        "Ines Duarte laughed, “We shut it.” The mayor went further: “It stays shut.” The ramp opened on Monday."
    )
    quickly = [suggest(text, segment(text)) for text in texts]
    assert {"speaker_then_quote", "before_colon"} <= {each.rule for each in quickly[-1].attributions}

    class Everything(frozenset[str]):
        def __contains__(self, _word: object) -> bool:
            return True

    monkeypatch.setattr(verbs, "attributing", Everything)
    assert [suggest(text, segment(text)) for text in texts] == quickly
