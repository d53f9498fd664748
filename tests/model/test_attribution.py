from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, DomainError
from annotator.model.attribution import (
    Anonymity,
    Attribution,
    AttributionType,
    Form,
    Role,
    attribution_from_flat,
    check_nesting,
)
from annotator.model.span import Span


@st.composite
def attributions(draw: st.DrawFn) -> Attribution:
    def some(least: int) -> tuple[Span, ...]:
        edges = sorted(draw(st.sets(st.integers(0, 40), min_size=2 * least, max_size=8)))
        return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))

    def one() -> Span:
        return some(1)[0]

    form = draw(st.sampled_from(Form))
    return Attribution(
        draw(st.text("abc", min_size=1)),
        source=some(0),
        cue=one() if form is not Form.BLOCK or draw(st.booleans()) else None,
        content=some(1),
        type=draw(st.sampled_from(AttributionType)),
        form=form,
        anonymity=draw(st.sampled_from(Anonymity)),
        negated=draw(st.booleans()),
        parent=draw(st.none() | st.just("parent")),
        relay=draw(st.none() | st.just(Span(3, 5))),
    )


@given(attributions())
def test_an_attribution_comes_back_whole_from_its_payload_in_json(attribution: Attribution) -> None:
    payload = json.loads(json.dumps(attribution.as_payload()))
    assert Attribution.from_payload(attribution.id, payload) == attribution


def test_spans_of_one_role_may_touch_each_other() -> None:
    """Two quotations may stand side by side: what is said twice is two pieces."""
    made = Attribution("x", (Span(0, 2), Span(2, 4)), Span(4, 6), (Span(6, 8), Span(8, 9)))
    assert (made.source, made.content) == ((Span(0, 2), Span(2, 4)), (Span(6, 8), Span(8, 9)))


@given(attributions(), st.integers(0, 40), st.integers(1, 10))
def test_it_covers_what_its_content_overlaps_and_touches_what_any_span_does(
    attribution: Attribution, start: int, length: int
) -> None:
    there = set(range(start, start + length))
    span = Span(start, start + length)

    def meets(role: Role | None) -> bool:
        return any(
            there & set(range(part.start, part.end))
            for known, part in attribution.role_spans()
            if role is None or known is role
        )

    assert attribution.covers(span) == meets(Role.CONTENT)
    assert attribution.touches(span) == meets(None)


SAID = Attribution("a", source=(Span(0, 4),), cue=Span(5, 9), content=(Span(10, 20), Span(25, 30)))


@given(attributions())
def test_it_comes_back_whole_from_values_as_tables_have_them(attribution: Attribution) -> None:
    def flat(*spans: Span) -> list[int]:
        return [offset for span in spans for offset in span.as_pair()]

    facets = (str(attribution.type), str(attribution.form), str(attribution.anonymity), int(attribution.negated))
    cue, relay = (flat(span) if span else None for span in (attribution.cue, attribution.relay))
    spans = flat(*attribution.source), cue, flat(*attribution.content)
    assert attribution_from_flat(attribution.id, *spans, facets, attribution.parent, relay) == attribution


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"content": ()}, "needs content"),
        ({"cue": None}, "needs a cue"),
        ({"cue": None, "form": Form.DIRECT}, "needs a cue"),
        ({"content": (Span(25, 30), Span(10, 20))}, "in order"),
        ({"source": (Span(0, 4), Span(3, 5))}, "must not overlap"),
        ({"parent": "a"}, "nested in itself"),
    ],
)
def test_an_attribution_that_breaks_a_rule_is_refused(changes: dict[str, Any], wrong: str) -> None:
    with pytest.raises(DomainError, match=wrong):
        replace(SAID, **changes)


def test_only_a_block_quote_may_lack_a_cue() -> None:
    assert replace(SAID, cue=None, form=Form.BLOCK).cue is None


@pytest.mark.parametrize(
    "damage",
    [{"type": "rumour"}, {"form": 3}, {"cue": [1]}, {"cue": [1, 2, 3]}, {"content": None}, {"source": [[3, 1]]}],
)
def test_a_payload_that_is_no_attribution_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(AnnotatorError):
        Attribution.from_payload("a", SAID.as_payload() | damage)


@pytest.mark.parametrize("missing", list(SAID.as_payload()))
def test_a_payload_that_lacks_a_field_is_refused(missing: str) -> None:
    payload = SAID.as_payload()
    del payload[missing]
    with pytest.raises(DomainError, match=missing):
        Attribution.from_payload("a", payload)


def nested(id_: str, parent: str | None, *content: tuple[int, int]) -> Attribution:
    return Attribution(id_, (), Span(50, 55), tuple(Span(*pair) for pair in content), parent=parent)


def test_nesting_may_be_deep_and_in_any_order() -> None:
    check_nesting([nested("c", "b", (3, 4)), nested("a", None, (0, 9), (12, 20)), nested("b", "a", (2, 5), (13, 14))])


@pytest.mark.parametrize(
    ("family", "wrong"),
    [
        ([nested("b", "a", (2, 5))], "does not exist"),
        ([nested("a", "b", (2, 5)), nested("b", "a", (2, 5))], "nested in itself"),
        ([nested("a", "c", (2, 5)), nested("b", "a", (2, 5)), nested("c", "b", (2, 5))], "nested in itself"),
        ([nested("a", None, (2, 5)), nested("b", "a", (2, 6))], "must lie inside"),
        ([nested("a", None, (2, 5), (7, 9)), nested("b", "a", (4, 8))], "must lie inside"),
    ],
)
def test_nesting_that_goes_round_or_out_is_refused(family: list[Attribution], wrong: str) -> None:
    with pytest.raises(DomainError, match=wrong):
        check_nesting(family)


@given(attributions(), attributions(), st.sampled_from(["content", "cue", "source", "relay", "type", "negated", "id"]))
def test_two_say_the_same_where_they_are_equal_but_for_id_and_nesting(
    one: Attribution, other: Attribution, field: str
) -> None:
    assert one.says_as(replace(one, id="z", parent="outer"))
    try:
        changed = replace(one, **{field: getattr(other, field)})
    except DomainError:  # only a block quote lacks a cue
        return
    assert one.says_as(changed) == (one.said == changed.said)
    assert one.says_as(other) == (one.said == other.said)
