"""Twice the annotations of an article are twice the work of planning what they change: lines are counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest

from annotator.model.annotated import GivenArticle, GivenAttribution, GivenClaim
from annotator.model.article import Article
from annotator.model.attribution import Attribution
from annotator.model.judgement import Judgement
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.store import Store
from annotator.workflow.importing import annotation_plan
from annotator.workflow.importing.annotation_plan import AnnotationImportPlan
from annotator.workflow.ingest import ingest
from annotator.workflow.session import ReviewSession

SAID = "Ana said the ramp is shut. "
MANY = 40


def attribution(number: int, content: Span, parent: str | None = None) -> GivenAttribution:
    start = number * len(SAID)
    made = Attribution(f"m{number}", (Span(start, start + 3),), Span(start + 4, start + 8), (content,), parent=parent)
    return GivenAttribution(made, f"item {number}")


def side_by_side(text: str, count: int) -> GivenArticle:
    contents = [Span(number * len(SAID) + 9, number * len(SAID) + 25) for number in range(count)]
    made = tuple(attribution(number, content) for number, content in enumerate(contents))
    return GivenArticle(text, "ana", "a.json", attributions=made)


def inside_another(text: str, count: int) -> GivenArticle:
    contents = [Span(number, len(text) - number) for number in range(count)]
    made = [attribution(number, content, f"m{number - 1}") for number, content in enumerate(contents)]
    return GivenArticle(text, "ana", "a.json", attributions=(attribution(0, contents[0]), *made[1:]))


def claims_of_many_sentences(text: str, count: int) -> GivenArticle:
    spans = [Span(0, (number + 1) * len(SAID) - 1) for number in range(count)]
    return GivenArticle(
        text, "ana", "a.json", claims=tuple(GivenClaim(span, "", Judgement(flag=True)) for span in spans)
    )


def claims_that_come_twice(text: str, count: int) -> GivenArticle:
    spans = [Span(number * len(SAID), (number + 1) * len(SAID) - 1) for number in range(count)]
    claims = [GivenClaim(span, f"{time}", Judgement(flag=True)) for time in "ab" for span in spans]
    return GivenArticle(text, "ana", "a.json", claims=tuple(claims))


def lines_of_planning(store: Store, of: Callable[[str, int], GivenArticle], count: int) -> int:
    """How often a line of the module is begun, those of a loop as often as it goes round."""
    article = Article(SAID * count, "")
    list(ingest(store, [article]))
    session = ReviewSession(store, "ana")
    review, _ = session.open(article.id)
    plan = AnnotationImportPlan(review, session.registry, set())
    begun = 0

    def traced(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal begun
        here = frame.f_code.co_filename == annotation_plan.__file__
        begun += here and event in ("line", "call")
        return traced if here else None

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        plan.plan(of(article.text, count), "import")
    finally:
        sys.settrace(before)
    return begun


@pytest.mark.parametrize("of", [side_by_side, inside_another, claims_of_many_sentences, claims_that_come_twice])
def test_twice_the_annotations_are_twice_the_work(of: Callable[[str, int], GivenArticle], store: Store) -> None:
    once, twice = lines_of_planning(store, of, MANY), lines_of_planning(store, of, 2 * MANY)
    assert twice <= 2.2 * once


def test_what_is_nested_deep_stands_in_what_holds_it_and_a_circle_is_named(store: Store) -> None:
    article = Article(SAID * MANY, "")
    list(ingest(store, [article]))
    session = ReviewSession(store, "ana")
    review, _ = session.open(article.id)
    given = inside_another(article.text, MANY)
    circle = [attribution(30, Span(40, 50), "m31"), attribution(31, Span(41, 49), "m30")]
    mixed = GivenArticle(article.text, "ana", "a.json", attributions=(*reversed(given.attributions[:30]), *circle))
    plan = AnnotationImportPlan(review, session.registry, set())
    changes = [change for change in plan.plan(mixed, "import").changes if change.table == "attribution"]
    ids = [change.key[0] for change in changes]
    assert [change.value["parent"] for change in changes] == [None, *ids[:-1]]
    assert [(failure.place, failure.reason) for failure in plan.failures] == [
        (f"item {number}", "nested in itself: left out") for number in (30, 31)
    ]


def test_an_id_that_another_attribution_of_hers_has_is_not_taken_from_a_file(store: Store) -> None:
    article = Article(SAID * 2, "")
    list(ingest(store, [article]))
    session = ReviewSession(store, "ana")
    review, _ = session.open(article.id)
    first, second = (replace(each.attribution, id=uuid7()) for each in side_by_side(article.text, 2).attributions)
    plan = AnnotationImportPlan(replace(review, attributions=(first,)), session.registry, set())
    again = GivenAttribution(replace(second, id=first.id), "item 1")
    decision = plan.plan(GivenArticle(article.text, "ana", "a.json", attributions=(again,)), "import")
    (made,) = [change for change in decision.changes if change.table == "attribution"]
    assert made.key != (first.id,)
