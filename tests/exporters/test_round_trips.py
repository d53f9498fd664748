"""What every annotation format writes of odd but valid work, its own reader gives back to the code point.

Odd are combining marks, emoji, right-to-left text, what looks like markup or like lines of a format, all line breaks
that Unicode has, contents in pieces that lie apart, and attributions nested in each other.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotator.errors import ImportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, read_annotations
from annotator.model.annotated import GivenArticle
from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id, normalise

READ_AS = {"doccano-relations": "doccano", "cas-xmi": "cas", "cas-json": "cas"}
NAMES = [
    pytest.param(name, marks=[pytest.mark.extra("cassis")] if FORMATS[name].extra else [])
    for name in sorted({*ANNOTATION_FORMATS, *READ_AS} & {*FORMATS})
]
OPTIONS = ExportOptions(tool_version="1.2.3", base_url="https://example.org/", scheme=default_scheme())
WORDS = st.sampled_from(
    [
        *(
            "Ana",
            "said",
            "“no”",
            "e\u0301",
            "a\u0300\u0301",
            "🌊",
            "👩‍👩‍👧",
            "\u200fشركة",
            "한국",
            "a\u00a0b",
            "ﬁ",
            "İ",
            "\u00ad",
        ),
        *(
            '"x"',
            "'",
            "\\",
            "\\n",
            "\\u0041",
            "\t",
            "\n",
            "\n\n",
            "\u2028",
            "\u2029",
            "\x85",
            "\ufeff",
            "\u200b",
            "\x7f",
        ),
        *("T1\tCue", "#1", "=1+1", "[x]", "{y}", "<b>", "&amp;", "]]>", "--", "0 5;7 9", "|", "null"),
    ]
)
# What a text of a reviewer's is never: empty, which is none, and with half a character or a control in it.
SAID = st.sampled_from(
    [
        *("x", "a\r\nb", "a\rb", "a\nb", " lead", "trail ", "\t", "\n", '"', "“q”", '""', "\\", "\\n", "e\u0301", "🌊"),
        *("\u2028", "\x85", "\ufeffa", "\u202e", "{}", "[]", "null", "NA", "-", "0", "false", "=1", "'a"),
        *("T1\tCue 0 1", "#1\tx", "<x>&amp;", "]]>", "a" * 3000),
    ]
)


@st.composite
def spans(draw: st.DrawFn, text: str, most: int, within: Sequence[Span] = ()) -> tuple[Span, ...]:
    """So many spans at the most, apart from each other and without white space at their ends."""
    found: list[Span] = []
    for _ in range(draw(st.integers(0, most))):
        low, high = (0, len(text)) if not within else draw(st.sampled_from([(part.start, part.end) for part in within]))
        start, end = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
        if start < end and text[start:end].strip() == text[start:end] and not _touch(found, start, end):
            found.append(Span(start, end))
    return tuple(sorted(found))


def _touch(spans_: Sequence[Span], start: int, end: int) -> bool:
    return any(start <= each.end and each.start <= end for each in spans_)


@st.composite
def attributions(draw: st.DrawFn, text: str) -> list[Attribution]:
    """Up to four, some of them nested in an earlier one, no two the same."""
    made: dict[Attribution, Attribution] = {}
    for number in range(draw(st.integers(0, 4))):
        outer = draw(st.sampled_from([None, *made.values()]))
        one = draw(_attribution(text, f"a{number}", outer))
        if one is not None:
            made.setdefault(one.said, one)
    return list(made.values())


@st.composite
def _attribution(draw: st.DrawFn, text: str, id_: str, outer: Attribution | None) -> Attribution | None:
    content, cue = draw(spans(text, 3, outer.content if outer else ())), draw(spans(text, 1))
    form = draw(st.sampled_from(Form))
    if not content or (not cue and form is not Form.BLOCK):
        return None
    kinds = draw(st.sampled_from(AttributionType)), form, draw(st.sampled_from(Anonymity)), draw(st.booleans())
    (marked,), (relay,) = cue or (None,), draw(spans(text, 1)) or (None,)
    return Attribution(id_, draw(spans(text, 2)), marked, content, *kinds, outer.id if outer else None, relay)


@st.composite
def works(draw: st.DrawFn) -> list[ClaimRecord]:
    """One reviewer's work on one article."""
    text = normalise(" ".join(["Ana", *draw(st.lists(WORDS, min_size=2, max_size=20))])).text
    titles = st.builds(
        Publication, st.sampled_from(["", 'A "b"', "e\u0301"]), publisher=st.sampled_from(["Wire", "<b>"])
    )
    article = ArticleRecord(article_id(text), text, tuple(draw(st.lists(titles, max_size=2))), "en", "ours", "x.txt")
    made = draw(attributions(text))
    claims = draw(spans(text, 4))
    assume(claims)
    return [draw(_records(article, made, ordinal, span)) for ordinal, span in enumerate(claims, 1)]


@st.composite
def _records(
    draw: st.DrawFn, article: ArticleRecord, made: Sequence[Attribution], ordinal: int, span: Span
) -> ClaimRecord:
    chains = {each.id: tuple(_chain(each, made)) for each in made if each.covers(span)}
    known = {id_ for chain in chains.values() for id_ in chain} | chains.keys()
    covering = tuple(each for each in made if each.id in known)
    targets = [CONTENT, *chains]
    id_ = claim_id(article.id, span)
    values = st.sampled_from([value.id for value in default_scheme().verdict])
    verdicts = tuple(
        Verdict(target, draw(values), None, draw(st.sampled_from([None, "high"])), draw(SAID))
        for target in draw(st.lists(st.sampled_from(targets), unique=True, max_size=3))
    )
    evidence = tuple(
        Evidence(f"e{number}", id_, draw(st.sampled_from(targets)), draw(SAID), draw(SAID), passage=draw(SAID))
        for number in range(draw(st.integers(0, 2)))
    )
    judgement = Judgement(
        "2",
        None,
        draw(st.none() | SAID),
        draw(st.booleans()),
        draw(st.none() | SAID),
        draw(st.sampled_from([None, "low"])),
    )
    time = "2026-03-12T10:00:00.000000+00:00"
    of_chains = tuple(tuple(_chain(each, made)) for each in covering)
    state = State.IN_PROGRESS
    return ClaimRecord(
        *(
            article,
            "ana",
            id_,
            ordinal,
            span,
            BlockKind.BODY,
            state,
            judgement,
            covering,
            of_chains,
            verdicts,
            evidence,
        ),
        *(time, time, "annotator-default@1"),
    )


def _chain(attribution: Attribution, made: Sequence[Attribution]) -> Iterator[str]:
    by_id = {each.id: each for each in made}
    ids = []
    while attribution.parent is not None:
        ids.append(attribution.parent)
        attribution = by_id[attribution.parent]
    yield from reversed(ids)


def said_of(attributions_: Sequence[Attribution]) -> Counter[Any]:
    """Each attribution with those that it is nested in, whatever they are called."""
    by_id = {each.id: each for each in attributions_}
    return Counter(tuple(by_id[id_].said for id_ in (*_chain(each, attributions_), each.id)) for each in attributions_)


def claim(given_: Any, made: Sequence[Attribution]) -> Any:
    """What is said of a claim, with the words of what it is said of in the place of the file's names."""
    targets = {CONTENT: None, **{each.id: each.said for each in made}}
    verdicts = {(targets[each.target], replace(each, target="")) for each in given_.verdicts}
    evidence = Counter((targets[each.target], replace(each, target="", id="")) for each in given_.evidence)
    return given_.span, given_.judgement, verdicts, evidence


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(records=works())
def test_odd_work_comes_back_as_it_was(name: str, tmp_path: Path, records: list[ClaimRecord]) -> None:
    folder = tmp_path / "export"
    shutil.rmtree(folder, ignore_errors=True)
    for path, pieces in FORMATS[name].write(records, OPTIONS, Losses()):
        target = folder / (path or f"one{FORMATS[name].suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(pieces))
    items = list(read_annotations([str(folder)], ANNOTATION_FORMATS[READ_AS.get(name, name)], AnnotationOptions()))
    assert [each for each in items if isinstance(each, ImportFailure)] == []
    (found,) = (each for each in items if isinstance(each, GivenArticle))
    article = records[0].article
    assert (found.text, found.language, found.rights) == (article.text, article.language, article.rights)
    assert found.publications == article.publications
    made = list({each.id: each for record in records for each in record.attributions}.values())
    got = [each.attribution for each in found.attributions]
    assert said_of(got) == said_of(made)
    assert [claim(each, got) for each in sorted(found.claims, key=lambda each: each.span)] == [
        claim(record, made) for record in records
    ]
