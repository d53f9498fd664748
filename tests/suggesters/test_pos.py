"""Tests for the parts of speech: what a unit's tags can be, and what the groups hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.article import Segmentation
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.units import read

WORDS = "Ines Duarte said that the ramp's 12 old cranes, which she hadn't seen, \"are\" (often) to be closed on Monday."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*WORDS.split(), "…", "—", "«", "@port", "’s", "like", "worries", "QQ"]), min_size=1))
def test_every_token_has_one_of_the_tags(segment: Callable[..., Segmentation], words: list[str]) -> None:
    text = " ".join(words)
    for unit in read(text, segment(text)).units:
        assert len(unit.tags) == len(unit.forms)
        assert set(unit.tags) <= pos.EVERY


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("She had often said no.", [pos.PRONOUN, pos.HAVE, pos.ADVERB, pos.PARTICIPLE, pos.DETERMINER, "."]),
        ("They want to close the port.", [pos.PRONOUN, pos.FINITE, pos.TO, pos.BASE, pos.DETERMINER, pos.NOUN, "."]),
        ('"No," he said.', [pos.QUOTATION, ",", pos.PRONOUN, pos.FINITE, "."]),
    ],
)
def test_tags_are_named(segment: Callable[..., Segmentation], sentence: str, tags: list[str]) -> None:
    assert list(read(sentence, segment(sentence)).units[0].tags) == tags


def test_the_end_of_a_unit_is_in_no_group_made_by_any_of() -> None:
    assert "" in pos.NOUNS
    assert "" not in pos.ANY_NOUN == pos.any_of(pos.NOUN, pos.NAME)
