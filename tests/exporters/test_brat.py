"""The folder as brat reads it.

The reader here follows https://brat.nlplab.org/standoff.html, and refuses what brat refuses.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field, replace

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.brat import fragments
from annotator.model.article import BlockKind
from annotator.model.attribution import Attribution, Form
from annotator.model.judgement import Judgement
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id

PAIR = "ana/35e60f6fb30f6ca4"


@dataclass
class Document:
    """What brat knows of one pair."""

    text: str
    bound: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    events: dict[str, tuple[str, str, list[tuple[str, str]]]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def words(self, id_: str) -> list[str]:
        return [self.text[start:end] for start, end in self.bound[id_][1]]


def read(text: str, standoff: str) -> Document:
    """The pair, line by line as brat splits it; fails where brat would say that a line is wrong."""
    document = Document(text)
    for line in standoff.splitlines():
        id_, _, rest = line.partition("\t")
        if id_.startswith("T"):
            _text_bound(document, id_, rest)
        elif id_.startswith("E"):
            trigger, *arguments = (tuple(part.split(":")) for part in rest.split(" "))
            document.events[id_] = (trigger[0], trigger[1], [(role, of) for role, of in arguments])
        elif id_.startswith("R"):
            match = re.fullmatch(r"(\w+) Arg1:(\w+) Arg2:(\w+)", rest)
            assert match
            document.relations.append((match[1], match[2], match[3]))
        elif id_.startswith("A"):
            name, of, *value = rest.split(" ")
            assert len(value) <= 1
            document.attributes.append((name, of, value[0] if value else ""))
        else:
            assert re.fullmatch(r"#\d+", id_)
            head, _, note = rest.partition("\t")
            kind, of = head.split(" ")
            document.notes.append((kind, of, note))
    known = {*document.bound, *document.events}
    for _, trigger_id, parts in document.events.values():
        assert {trigger_id, *(of for _, of in parts)} <= known
    assert {of for _, of, _ in [*document.attributes, *document.notes]} <= known
    return document


def _text_bound(document: Document, id_: str, rest: str) -> None:
    head, tab, words = rest.partition("\t")
    assert tab
    kind, _, offsets = head.partition(" ")
    spans = [(int(start), int(end)) for start, end in (part.split(" ") for part in offsets.split(";"))]
    for number, (start, end) in enumerate(spans):
        assert 0 <= start < end <= len(document.text)
        assert not any(end >= other and start < other_end for other, other_end in spans[:number]), "spans overlap"
    assert words == " ".join(document.text[start:end] for start, end in spans)
    assert id_ not in document.bound
    document.bound[id_] = (kind, spans)


def files(records: list[ClaimRecord], losses: Losses | None = None, *, with_text: bool = True) -> dict[str, str]:
    made = FORMATS["brat"].write(records, ExportOptions(with_text=with_text), losses or Losses())
    return {path: b"".join(chunks).decode("utf-8") for path, chunks in made}


def document(records: list[ClaimRecord], pair: str = PAIR) -> Document:
    exported = files(records)
    return read(exported[f"{pair}.txt"], exported[f"{pair}.ann"])


def alone(text: str, *attributions: Attribution) -> ClaimRecord:
    """A record of one claim that is the whole text."""
    span = Span(0, len(text))
    article = ArticleRecord(article_id(text), text, (), "", "", "")
    return ClaimRecord(
        article=article,
        reviewer="ana",
        claim_id=claim_id(article.id, span),
        ordinal=1,
        span=span,
        kind=BlockKind.BODY,
        state=State.DONE,
        judgement=Judgement(),
        attributions=attributions,
        chains=((),) * len(attributions),
        verdicts=(),
        evidence=(),
        first_decided_at="",
        last_decided_at="",
        scheme="",
    )


def test_there_is_a_pair_a_reviewer_and_article_in_names_that_every_system_takes(records: list[ClaimRecord]) -> None:
    exported = files(records)
    assert list(exported) == [
        "annotation.conf",
        *(f"{PAIR}.{suffix}" for suffix in ("txt", "ann", "json")),
        *(f"bj=C3=B6rn/35e60f6fb30f6ca4.{suffix}" for suffix in ("txt", "ann", "json")),
        *(f"ana/4cf64c94925b2e8d.{suffix}" for suffix in ("txt", "ann", "json")),
    ]
    assert json.loads(exported["bj=C3=B6rn/35e60f6fb30f6ca4.json"])["reviewer"] == "björn"
    odd = files([replace(records[3], reviewer="../.a b/c")])
    assert "=2E=2E=2F=2Ea=20b=2Fc/35e60f6fb30f6ca4.txt" in odd


def test_brat_reads_every_pair(records: list[ClaimRecord]) -> None:
    exported = files(records)
    for name in [path.removesuffix(".ann") for path in exported if path.endswith(".ann")]:
        read(exported[f"{name}.txt"], exported[f"{name}.ann"])


def test_attributions_are_events_as_in_polnear(records: list[ClaimRecord]) -> None:
    found = document(records)
    events = []
    for kind, trigger, arguments in found.events.values():
        assert found.bound[trigger][0] == kind == "Attribution"
        assert all(found.bound[of][0] == role for role, of in arguments)
        events.append((found.words(trigger), {role: found.words(of) for role, of in arguments}))
    assert [(trigger, roles.get("Source")) for trigger, roles in events] == [
        (["reported"], ["Reuters"]),
        (["said"], ["Ine\u0301s Duarte, the harbour master,"]),
        (["told"], ["the office"]),
    ]
    assert events[2][1] == {
        "Source": ["the office"],
        "Cue": ["told"],
        "Content": ["“Nobody crosses,”", "“before Monday.”"],
        "Relay": ["Example Wire"],
    }
    assert found.relations == [("NestedIn", "E2", "E1")]


def test_facets_are_attributes_and_words_are_notes(records: list[ClaimRecord]) -> None:
    found = document(records)
    claims = {id_: found.words(id_) for id_, (kind, _) in found.bound.items() if kind == "Claim"}
    (cables,) = (id_ for id_, words in claims.items() if words[0].startswith("Reuters"))
    assert {(name, value) for name, of, value in found.attributes if of == cables} == {
        ("Worth", "2"),
        ("Verdict", "mixed"),
        ("Reason", "missing_context"),
        ("Confidence", "high"),
        ("Flag", ""),
    }
    assert ("Negated", "E3", "") in found.attributes
    assert ("Form", "E2", "mixed") in found.attributes
    notes = [(kind, json.loads(note)) for kind, of, note in found.notes if of == cables]
    assert notes[0] == ("AnnotatorNotes", "=SUM(A1)\r\n\x00 \x1b[31m")
    assert [note["target"] for kind, note in notes if kind == "Verdict"] == ["content", "E2"]
    assert [note["passage"] for kind, note in notes if kind == "Evidence"] == ["two\u2028cables"]


def test_a_span_over_several_lines_is_cut_at_the_breaks(records: list[ClaimRecord]) -> None:
    found = document(records)
    assert ["“Nobody crosses,” the office", " told Example Wire, “before Monday.”"] in [
        found.words(id_) for id_ in found.bound
    ]
    text = "a\n\nb\u2028c\x0bd e"
    assert [span.slice(text) for span in fragments(text, [Span(0, len(text))])] == ["a", "b", "c", "d e"]


def test_fragments_that_touch_are_joined_and_counted() -> None:
    text = "He said so twice"
    losses = Losses()
    made = Attribution("x", (), Span(3, 7), (Span(0, 2), Span(8, 10), Span(10, 16)))
    exported = files([alone(text, made)], losses)
    (pair,) = (path for path in exported if path.endswith(".ann"))
    found = read(text, exported[pair])
    assert ("Content", [(0, 2), (8, 16)]) in found.bound.values()
    assert losses.line == "1 touching fragment joined"


def test_a_block_quote_without_a_cue_has_its_trigger_at_the_first_content() -> None:
    made = Attribution("x", (), None, (Span(0, 4),), form=Form.BLOCK)
    exported = files([alone("Stay away", made)])
    (pair,) = (path for path in exported if path.endswith(".ann"))
    found = read("Stay away", exported[pair])
    ((_, trigger, arguments),) = found.events.values()
    assert found.words(trigger) == ["Stay"]
    assert [role for role, _ in arguments] == ["Content"]


def test_a_mark_on_nothing_but_a_line_break_is_refused() -> None:
    made = Attribution("x", (), Span(1, 2), (Span(0, 1),))
    with pytest.raises(ExportFailure, match="no place for a mark on a line break"):
        files([alone("a\nb", made)])


def test_the_configuration_names_every_type_and_value(records: list[ClaimRecord]) -> None:
    exported = files(records)
    configuration = exported["annotation.conf"]
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", configuration, re.S))
    assert sections["entities"].split() == ["Claim", "Source", "Cue", "Content", "Relay"]
    values = dict(re.findall(r"^(\w+) Arg:\w+, Value:(\S+)$", sections["attributes"], re.M))
    flags = set(re.findall(r"^(\w+) Arg:\w+$", sections["attributes"], re.M))
    for path, standoff in exported.items():
        if path.endswith(".ann"):
            for name, _, value in read(exported[path.replace(".ann", ".txt")], standoff).attributes:
                assert value in values[name].split("|") if value else name in flags


def test_without_text_there_are_offsets_and_no_texts(records: list[ClaimRecord]) -> None:
    exported = files(records, with_text=False)
    assert not any(path.endswith(".txt") for path in exported)
    bound = [line for line in io.StringIO(exported[f"{PAIR}.ann"]) if line.startswith("T")]
    assert bound[0] == "T1\tClaim 0 30\t\n"
    assert all(line.endswith("\t\n") for line in bound)
