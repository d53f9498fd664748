from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import conllu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import ExportOptions, Losses
from annotator.exporters.conll import tokens_of
from annotator.model.attribution import Attribution, Role
from annotator.model.record import ClaimRecord
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = replace(OPTIONS, with_text=False)


def written(records: list[ClaimRecord], options: ExportOptions = OPTIONS, losses: Losses | None = None) -> bytes:
    return one_file("conll", records, options, losses)


def sentences(data: bytes) -> list[Any]:
    return list(conllu.parse(data.decode("utf-8")))


def marked(sentence: Any, role: str) -> list[tuple[str, int, int]]:
    """The spans of one role as a reader of BIO puts them together: words, and code points."""
    spans: list[tuple[str, int, int]] = []
    for token in sentence:
        tag, misc = token[f"annotator:{role}"], token["misc"]
        if tag == f"B-{role.upper()}":
            spans.append((token["form"], int(misc["StartChar"]), int(misc["EndChar"])))
        elif tag != "O":
            assert tag == f"I-{role.upper()}"
            words, start, _ = spans.pop()
            spans.append((f"{words} {token['form']}", start, int(misc["EndChar"])))
    return spans


@pytest.mark.parametrize(("options", "name"), [(OPTIONS, "claims.conllup"), (NO_TEXT, "claims-no-text.conllup")])
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], options: ExportOptions, name: str) -> None:
    assert written(records, options) == (GOLDEN / name).read_bytes()


def test_conllu_reads_the_tokens_where_they_stand_in_the_text(records: list[ClaimRecord]) -> None:
    found = sentences((GOLDEN / "claims.conllup").read_bytes())
    assert [sentence.metadata["sent_id"] for sentence in found] == [
        f"{record.claim_id}.{'bj%C3%B6rn' if record.reviewer == 'björn' else record.reviewer}" for record in records
    ]
    assert [sentence.metadata.get("reviewer") for sentence in found] == ["ana", None, None, "björn", "ana", None]
    for sentence, record in zip(found, records, strict=True):
        assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        at = record.span.start
        for token in sentence:
            start, end = int(token["misc"]["StartChar"]), int(token["misc"]["EndChar"])
            assert record.article.text[start:end] == token["form"]
            assert not record.article.text[at:start].strip()
            at = end
        assert not record.article.text[at : record.span.end].strip()
        assert sentence.metadata["text"].split() == record.text.split()


def test_spans_are_read_back_from_their_columns(records: list[ClaimRecord]) -> None:
    _, cables, crosses, _, ferry, _ = sentences(written(records))
    assert [words for words, _, _ in marked(cables, "source")] == [
        "Reuters",
        "Ine\u0301s Duarte , the harbour master ,",
    ]
    assert [words for words, _, _ in marked(cables, "cue")] == ["reported", "said"]
    assert len(marked(cables, "content")) == 1
    assert marked(crosses, "content") == [("“ Nobody crosses , ”", 136, 153), ("“ before Monday . ”", 185, 201)]
    assert marked(crosses, "relay") == [("Example Wire", 171, 183)]
    assert [words for words, _, _ in marked(ferry, "cue")] == ["قالت"]
    assert (cables.metadata["worth"], cables.metadata["verdict"]) == ("2", "mixed")


def test_what_it_cannot_hold_is_counted(records: list[ClaimRecord]) -> None:
    losses = Losses()
    written(records, losses=losses)
    assert losses.line == (
        "1 discontinuous content written as spans of its own, 1 span inside others of its role left out"
    )
    losses = Losses()
    text = records[2].article.text
    outside = replace(
        records[2].attributions[0], source=(Span(text.index("Bridge"), 6),), content=(Span(136, text.index("+7")),)
    )
    written([replace(records[2], attributions=(outside,))], losses=losses)
    assert losses.line == "1 span outside the exported claims cut"


def test_a_span_over_two_claims_begins_in_each(records: list[ClaimRecord]) -> None:
    first, second = records[4:6]
    said = first.attributions[0]
    both = replace(said, content=(Span(said.content[0].start, second.span.start + 4),))
    losses = Losses()
    data = written([replace(each, attributions=(both,), chains=((),)) for each in (first, second)], losses=losses)
    one, other = sentences(data)
    assert marked(other, "content") == [("= 2 + 5", 41, 45)]
    assert marked(one, "content")[0][2] == first.span.end
    assert losses.line == "1 span over several claims cut"


def test_sources_side_by_side_are_two_and_a_straight_quotation_mark_is_one(records: list[ClaimRecord]) -> None:
    text = 'Rui Lago Eva Reis said "no" here.'
    article, whole = replace(records[2].article, id=article_id(text), text=text), Span(0, len(text))
    claim = replace(
        records[2], article=article, span=whole, claim_id=claim_id(article.id, whole), attributions=(), chains=()
    )
    said, no = Span(18, 22), Span(23, 27)
    pair = (Attribution("x", (Span(0, 8),), said, (no,)), Attribution("y", (Span(9, 17),), said, (no,)))
    (sentence,) = sentences(written([replace(claim, attributions=pair, chains=((), ()))]))
    assert [words for words, _, _ in marked(sentence, "source")] == ["Rui Lago", "Eva Reis"]
    assert [words for words, _, _ in marked(sentence, "content")] == ['" no "']


def test_without_text_there_are_no_words(records: list[ClaimRecord]) -> None:
    data = written(records, NO_TEXT)
    for words in ("tension", "Nobody", "Duarte", "Reuters", "آمن"):
        assert words not in data.decode()
    assert {token["form"] for sentence in sentences(data) for token in sentence} == {"_"}
    assert marked(sentences(data)[2], "relay") == [("_ _", 171, 183)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It's 3,500.5 m.", ["It's", "3,500.5", "m", "."]),
        ("Ine\u0301s’ dog", ["Ine\u0301s", "’", "dog"]),
        ("slow-moving", ["slow", "-", "moving"]),
        ("العبّارات", ["العبّارات"]),
        ("❤\ufe0f!", ["❤\ufe0f", "!"]),
        ("a\u00a0b\tc", ["a", "b", "c"]),
        ("1.", ["1", "."]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in tokens_of(text, Span(0, len(text)), [])] == tokens


@given(
    text=st.text(alphabet=st.sampled_from("ab1.,'’ \t\n\u0301\u200d🌉ع-_"), min_size=1, max_size=40),
    cuts=st.sets(st.integers(1, 39)),
)
def test_tokens_cover_all_but_white_space_and_end_at_cuts(text: str, cuts: set[int]) -> None:
    tokens = tokens_of(text, Span(0, len(text)), sorted(cuts))
    assert "".join(text[start:end] for start, end in tokens) == "".join(text.split())
    assert all(before <= after for (_, before), (after, _) in pairwise(tokens))
    assert not any(start < cut < end for start, end in tokens for cut in cuts)
    assert not any(character.isspace() for start, end in tokens for character in text[start:end])


@given(
    text=st.text(alphabet=st.sampled_from("ab15.,'’ \n-_“éß…&"), min_size=1, max_size=40),
    cuts=st.sets(st.integers(1, 39)),
)
def test_plain_text_has_the_tokens_that_it_has_before_text_that_is_not(text: str, cuts: set[int]) -> None:
    plain = tokens_of(text, Span(0, len(text)), sorted(cuts))
    before = sorted(cut for cut in cuts if cut <= len(text))
    mixed = f"{text} \u6f22"
    assert tokens_of(mixed, Span(0, len(mixed)), before) == [*plain, (len(mixed) - 1, len(mixed))]


def test_control_characters_are_replaced_and_counted(records: list[ClaimRecord]) -> None:
    text = "It\x1b[31m fell."
    article = replace(records[0].article, id=article_id(text), text=text)
    span = Span(0, len(text))
    losses = Losses()
    record = replace(records[0], article=article, span=span, claim_id=claim_id(article.id, span))
    data = written([record], losses=losses)
    assert b"\x1b" not in data
    assert losses.line == "1 token with control characters replaced"


def test_nothing_to_export_is_the_line_of_the_columns() -> None:
    assert (
        written([]).decode()
        == "# global.columns = ID FORM MISC " + " ".join(f"ANNOTATOR:{role.name}" for role in Role) + "\n"
    )


def test_the_same_source_of_two_attributions_is_marked_once_and_not_lost(records: list[ClaimRecord]) -> None:
    (told,) = records[2].attributions
    first = Attribution("x", told.source, told.cue, told.content[:1])
    second = Attribution("y", told.source, told.cue, told.content[1:])
    losses = Losses()
    (sentence,) = sentences(
        written([replace(records[2], attributions=(first, second), chains=((), ()))], losses=losses)
    )
    assert [words for words, _, _ in marked(sentence, "source")] == ["the office"]
    assert losses.line == ""
