"""JSON by its brackets and quotation marks alone, where Python's reader gives up."""

from __future__ import annotations

import pytest

from annotator.importers.json_text import DEEPEST, behind_value, pruned


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ('[1, "]"], 2', 8),
        ('{"a": "\\"}"} 2', 12),
        ("7, 8", 1),
        ('"a\\\\", 8', 5),
        ("] 8", 0),
        ('[1, "\\"], 2', 11),
        ('["\\', 3),
    ],
)
def test_a_value_ends_behind_its_own_bracket_and_a_string_that_nothing_closes_at_the_end(
    text: str, behind: int
) -> None:
    assert behind_value(text, 0) == behind


def test_what_is_too_deep_is_left_out_and_what_follows_is_kept() -> None:
    deep = "[" * DEEPEST + "[1]" + "]" * DEEPEST
    assert pruned(f'{{"a": {deep}, "b": "[[["}}'.replace("{", "", 1), "0").endswith(', "b": "[[["}')
    assert pruned("[" * DEEPEST + "[[2], 3]" + "]" * DEEPEST, "0") == "[" * DEEPEST + "0" + "]" * DEEPEST


def test_many_escapes_in_a_string_that_nothing_closes_are_read_once() -> None:
    """Tried again from each of them, these would take hours."""
    text = "[" * DEEPEST + '"' + '\\"' * 300_000
    assert pruned(text, "0") == text
    assert behind_value(text, 0) == len(text)
