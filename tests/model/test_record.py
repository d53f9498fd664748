from __future__ import annotations

from dataclasses import fields, replace

from annotator.model.article import BlockKind
from annotator.model.judgement import Judgement
from annotator.model.record import ArticleRecord, ClaimRecord, FirstValues
from annotator.model.review import State
from annotator.model.span import Span

FIRST = FirstValues({"worth": "2"}, {}, "annotator-default@1", "2026-03-12T10:00:00.000000+00:00")


def test_with_what_was_said_first_all_else_is_as_it_was() -> None:
    record = ClaimRecord(
        ArticleRecord("a", "Text.", (), "", "", ""),
        "ana",
        "c",
        1,
        Span(0, 5),
        BlockKind.BODY,
        State.TO_DO,
        Judgement(),
        (),
        (),
        (),
        (),
        "then",
        "now",
        "annotator-default@1",
    )
    apart = replace(record, **{field.name: object() for field in fields(record)})  # type: ignore[arg-type]
    assert apart.with_first(FIRST) == replace(apart, first=FIRST)
