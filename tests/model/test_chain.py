"""Chains of attribution, and nested ones in order."""

from __future__ import annotations

from annotator.model.attribution import Attribution
from annotator.model.chain import chain, nested_order, path_to
from annotator.model.span import Span

TEXT = "The Gazette notes: the harbour master told Castle Wire that two cables had lost tension."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


OUTER = Attribution("outer", (at("The Gazette"),), at("notes"), (at(TEXT[19:-1]),))
INNER = Attribution(
    "inner",
    (at("the harbour master"),),
    at("told"),
    (at("that two cables had lost tension"),),
    parent="outer",
    relay=at("Castle Wire"),
)
BY_ID = {"outer": OUTER, "inner": INNER}


def test_a_chain_leads_from_the_publisher_to_whoever_said_it() -> None:
    steps = chain(TEXT, "Example Wire", path_to(INNER, BY_ID))
    assert steps == ["Example Wire", "The Gazette", "Castle Wire", "the harbour master"]


def test_a_publisher_that_cites_itself_stands_once_and_a_missing_source_is_none() -> None:
    sourceless = Attribution("s", (), at("notes"), (at("two cables"),))
    assert chain(TEXT, "the gazette", [OUTER, sourceless]) == ["the gazette", None]


def test_nested_attributions_stand_behind_what_they_are_nested_in() -> None:
    other = Attribution("other", (), at("told"), (at("tension"),))
    assert [(a.id, depth) for a, depth in nested_order([other, INNER, OUTER])] == [
        ("other", 0),
        ("outer", 0),
        ("inner", 1),
    ]


def test_a_parent_that_is_not_given_makes_no_depth() -> None:
    assert nested_order([INNER]) == [(INNER, 0)]
