from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import ExportOptions
from annotator.exporters.row import json_text, rows
from annotator.exporters.row_json import RowJson, evidence_json
from annotator.model.article import BlockKind
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.judgement import CONFIDENCES, CONTENT, Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id

ARTICLE_KEYS = (
    *("article_id", "article_sha256", "title", "url", "archived_url", "publisher", "author", "published_at"),
    *("language", "rights", "origin", "publications"),
)
LENGTH = 12
WORDS = st.text(st.sampled_from('a "\\/\n\x00\x1b\x7f\x85\u2028\u2029\ufeff\U0001f309é'), max_size=4)
MAYBE = st.none() | WORDS
TEXTS = st.text(st.sampled_from('ab"\\\n\x7f\u2028\U0001f309'), min_size=LENGTH, max_size=LENGTH)
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda ends: Span(min(ends), max(ends[0] + 1, ends[1]))
)


@st.composite
def attributions(draw: st.DrawFn, id_: str, parent: str | None) -> Attribution:
    return Attribution(
        id_,
        draw(st.just(()) | st.tuples(SPANS)),
        draw(SPANS),
        draw(st.tuples(SPANS) | st.just((Span(0, 2), Span(4, 6)))),
        draw(st.sampled_from(AttributionType)),
        draw(st.sampled_from(Form)),
        draw(st.sampled_from(Anonymity)),
        draw(st.booleans()),
        parent,
        draw(st.none() | SPANS),
    )


@st.composite
def claim_records(draw: st.DrawFn) -> ClaimRecord:
    text = draw(TEXTS)
    article = ArticleRecord(article_id(text), text, (), "", "", "-")
    span = draw(SPANS)
    id_ = claim_id(article.id, span)
    outer, inner = draw(attributions("one", None)), draw(attributions('t"wo', "one"))
    made, chains = draw(st.sampled_from([((), ()), ((outer,), ((),)), ((inner, outer), (("one",), ()))]))
    verdicts = st.builds(Verdict, st.sampled_from([CONTENT, "one"]), WORDS, MAYBE, MAYBE, MAYBE)
    evidence = st.builds(Evidence, WORDS, st.just(id_), st.sampled_from([CONTENT, "one"]), WORDS, st.just("a"))
    judgement = st.builds(
        Judgement, MAYBE, MAYBE, MAYBE, st.booleans(), MAYBE, st.none() | st.sampled_from(CONFIDENCES), st.booleans()
    )
    return ClaimRecord(
        article=article,
        reviewer=draw(WORDS),
        claim_id=id_,
        ordinal=draw(st.integers(1, 9)),
        span=span,
        kind=draw(st.sampled_from(BlockKind)),
        state=draw(st.sampled_from(State)),
        judgement=draw(judgement),
        attributions=made,
        chains=chains,
        verdicts=tuple(draw(st.lists(verdicts, max_size=3))),
        evidence=tuple(draw(st.lists(evidence, max_size=2))),
        first_decided_at=draw(WORDS),
        last_decided_at=draw(WORDS),
        scheme=draw(WORDS),
        sources=draw(st.sampled_from([{}, {"one": SourceEntity("s", 'A "b"', SourceKind.PERSON)}])),
        settled=draw(WORDS),
        agreed=tuple(draw(st.lists(WORDS, max_size=2))),
    )


@pytest.mark.parametrize("with_text", [True, False])
@pytest.mark.parametrize("adjudicated", [True, False])
@given(record=claim_records())
def test_what_is_written_without_a_row_is_what_json_makes_of_the_row(
    with_text: bool,
    adjudicated: bool,
    record: ClaimRecord,
) -> None:
    options = ExportOptions(with_text=with_text, adjudicated=adjudicated, tool_version='1."2"')
    (row,) = rows([record], options)
    for key in ARTICLE_KEYS:
        del row[key]
    written = RowJson(options)
    assert f"{{{written.claim(record)}}}" == json_text(row)
    assert written.attributions(record) == json_text(row["attributions"])
    assert written.verdicts(record) == json_text(row["verdicts"])
    assert evidence_json(record) == json_text(row["evidence"])


def test_the_rows_of_the_golden_files_are_those_too(records: list[ClaimRecord]) -> None:
    options = ExportOptions(tool_version="1.2.3")
    written = RowJson(options)
    for record, row in zip(records, rows(records, options), strict=True):
        of_claim = {key: value for key, value in row.items() if key not in ARTICLE_KEYS}
        assert f"{{{written.claim(record)}}}" == json_text(of_claim)
        turned = replace(record, verdicts=record.verdicts[::-1])
        assert f"{{{written.claim(turned)}}}" == json_text(of_claim)


def test_equal_judgements_and_verdicts_that_are_met_again_are_written_by_what_they_say(
    records: list[ClaimRecord],
) -> None:
    options = ExportOptions()
    written, record = RowJson(options), records[1]
    for number in range(1_500):
        judgement, verdict = Judgement(worth=str(number % 3)), Verdict(CONTENT, f"value {number % 7}")
        state = list(State)[number % 4]
        attributions = record.attributions if number % 2 else ()
        changed = replace(
            record,
            state=state,
            judgement=judgement,
            verdicts=(verdict,),
            evidence=(),
            attributions=attributions,
            chains=record.chains[: len(attributions)],
        )
        (row,) = rows([changed], options)
        of_claim = {key: value for key, value in row.items() if key not in ARTICLE_KEYS}
        assert f"{{{written.claim(changed)}}}" == json_text(of_claim)
