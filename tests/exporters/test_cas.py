"""The folders of CAS as cassis reads them, and as INCEpTION would: its checks of a document, and of a type system."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.errors import ExportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.cas import sentences_of
from annotator.exporters.cas_types import ANNOTATION, METADATA, PART, RELATION, SENTENCE, TYPES
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, read_annotations
from annotator.model.annotated import GivenArticle
from annotator.model.article import BlockKind
from annotator.model.attribution import Attribution
from annotator.model.judgement import Judgement
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id, normalise

PAGE = Path(__file__).parents[2] / "docs" / "export.md"
OPTIONS = ExportOptions(tool_version="1.2.3")
ANA = "ana/35e60f6fb30f6ca4"
both = pytest.mark.parametrize("name", ["cas-xmi", "cas-json"])
with_cassis = pytest.mark.extra("cassis")


def written(
    name: str, records: Sequence[ClaimRecord], options: ExportOptions = OPTIONS, losses: Losses | None = None
) -> dict[str, bytes]:
    return {path: b"".join(pieces) for path, pieces in FORMATS[name].write(records, options, losses or Losses())}


def loaded(name: str, files: dict[str, bytes], path: str = ANA) -> Any:
    import cassis

    if name == "cas-json":
        return cassis.load_cas_from_json(io.BytesIO(files[f"{path}.json"]))
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(io.BytesIO(files[f"{path}.xmi"]), types)


def words(cas: Any, **features: str) -> list[str]:
    """The words of the spans of attributions with these features."""
    return [
        part.get_covered_text()
        for part in cas.select(PART)
        if all(part.get(name) == value for name, value in features.items())
    ]


def whole(text: str, *attributions: Attribution, note: str | None = None) -> list[ClaimRecord]:
    """A whole text as one claim of ana's."""
    id_, span = article_id(text), Span(0, len(text))
    return [
        ClaimRecord(
            article=ArticleRecord(id_, text, (), "", "", "-"),
            reviewer="ana",
            claim_id=claim_id(id_, span),
            ordinal=1,
            span=span,
            kind=BlockKind.BODY,
            state=State.DONE,
            judgement=Judgement(note=note),
            attributions=attributions,
            chains=((),) * len(attributions),
            verdicts=(),
            evidence=(),
            first_decided_at="",
            last_decided_at="",
            scheme="",
        )
    ]


@with_cassis
@both
def test_cassis_writes_what_it_has_read_in_the_same_bytes(records: list[ClaimRecord], name: str) -> None:
    files = written(name, records)
    for path in files.keys() - {"TypeSystem.xml"}:
        stem, _, suffix = path.rpartition(".")
        cas = loaded(name, files, stem)
        again = cas.to_xmi() if suffix == "xmi" else f"{cas.to_json()}\n"
        assert again.encode() == files[path]


@with_cassis
@both
def test_spans_are_the_words_behind_characters_of_two_code_units(records: list[ClaimRecord], name: str) -> None:
    files = written(name, records)
    cas = loaded(name, files)
    assert words(cas, role="cue") == ["reported", "said", "told"]
    assert words(cas, role="content", attribution="a3") == ["“Nobody crosses,”", "“before Monday.”"]
    assert words(cas, role="relay") == ["Example Wire"]
    told = records[2].attributions[0].cue
    assert told is not None
    (raw,) = re.findall(rb'begin[=":\s]+(\d+)"?[^<{]*?role[=":\s]+cue"[^<{]*?decree', list(files.values())[1])
    assert int(raw) == told.start + 1


@with_cassis
@both
def test_relations_lead_from_the_cue_to_every_other_span_and_outwards(records: list[ClaimRecord], name: str) -> None:
    cas = loaded(name, written(name, records))
    links = [
        (rel.role, rel.Governor.get_covered_text(), rel.Dependent.get_covered_text()) for rel in cas.select(RELATION)
    ]
    assert ("source", "told", "the office") in links
    assert ("nested_in", "said", "reported") in links
    assert len(links) == 9
    facets = {part.attribution: (part.act, part.form, part.negated) for part in cas.select(PART) if part.role == "cue"}
    assert facets["a3"] == ("decree", "direct", True)


@with_cassis
@both
def test_verdicts_are_features_of_claims(records: list[ClaimRecord], name: str) -> None:
    claim = loaded(name, written(name, records)).select("webanno.custom.Claim")[1]
    assert (claim.worth, claim.verdict, claim.reason, claim.flag, claim.state) == (
        "2",
        "mixed",
        "missing_context",
        True,
        "done",
    )
    assert '"question":"How many cables?"' in claim.evidence.elements[0]
    assert '"target":"a2"' in claim.said.elements[0]


@with_cassis
@both
def test_a_document_passes_the_checks_of_inception(records: list[ClaimRecord], name: str) -> None:
    files = written(name, records)
    for path in files.keys() - {"TypeSystem.xml"}:
        cas = loaded(name, files, path.rpartition(".")[0])
        text, sentences = cas.sofa_string, [(each.begin, each.end) for each in cas.select(SENTENCE)]
        assert all(before[1] <= after[0] for before, after in pairwise(sentences))
        inside = {at for begin, end in sentences for at in range(begin, end)}
        assert inside >= {at for at, character in enumerate(text) if not character.isspace()}
        for each in cas.select(ANNOTATION):
            assert {each.begin, each.end - 1} <= inside
            assert not (text[each.begin] + text[each.end - 1]).isspace()
        assert all((rel.begin, rel.end) == (rel.Dependent.begin, rel.Dependent.end) for rel in cas.select(RELATION))
        assert [each.type.name for each in cas.select("uima.tcas.DocumentAnnotation")] == [METADATA]


def test_inception_can_make_layers_of_the_types() -> None:
    """Its TypeSystemAnalysis: simple features and arrays of texts; two ends of one span layer make a relation."""
    for name, (supertype, description, features) in TYPES.items():
        ends = [feature for feature, (held, _) in features.items() if not held.startswith("uima.cas.")]
        held = {features[feature][0] for feature in ends}
        assert (ends, held) == ((["Governor", "Dependent"], {PART}) if name == RELATION else ([], set()))
        assert description
        assert supertype == ("uima.tcas.DocumentAnnotation" if name == METADATA else ANNOTATION)
        # Python's words, which cassis calls otherwise.
        assert not {"type", "self"} & set(features)


def test_every_type_and_feature_is_documented_in_order() -> None:
    section = PAGE.read_text(encoding="utf-8").split("\n### UIMA CAS\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| `([^`]+)` \|([^|]*)\| ([^|]*) \|", section, re.MULTILINE)
    expected = []
    for name, (_, description, features) in TYPES.items():
        expected.append((name, " ", description))
        for feature, (held, said) in features.items():
            expected.append((f"{name.rpartition('.')[2]}.{feature}", f" `{held.rpartition('.')[2]}` ", said))
    assert rows == expected


@with_cassis
def test_what_xml_cannot_hold_is_replaced_and_counted_and_json_keeps_it() -> None:
    text = "A\x0c note\x01 \uffff: 🌊 Ana said so."
    cue = Span(text.index("said"), text.index("said") + 4)
    made = Attribution("m", (), cue, (Span(cue.end + 1, cue.end + 3),))
    records = whole(text, made, note="a\x00b\r\n\tc \x1b")
    losses = Losses()
    files = written("cas-xmi", records, losses=losses)
    cas = loaded("cas-xmi", files, next(path for path in files if path.endswith("xmi"))[:-4])
    assert losses.line == "5 control characters replaced"
    assert cas.sofa_string == "A\ufffd note\ufffd \ufffd: 🌊 Ana said so."
    assert cas.select("webanno.custom.Claim")[0].note == "a\ufffdb\r\n\tc \ufffd"
    assert words(cas, role="cue") == ["said"]
    losses = Losses()
    files = written("cas-json", records, losses=losses)
    cas = loaded("cas-json", files, next(path for path in files if path.endswith("json"))[:-5])
    assert losses.line == ""
    assert cas.sofa_string == text
    assert cas.select("webanno.custom.Claim")[0].note == "a\x00b\r\n\tc \x1b"
    assert words(cas, role="cue") == ["said"]


@with_cassis
@both
def test_without_text_the_offsets_are_still_those_of_the_text(records: list[ClaimRecord], name: str) -> None:
    bare, full = (written(name, records, replace(OPTIONS, with_text=with_text)) for with_text in (False, True))
    found = [re.findall(rb'(?:begin|end)[=": ]+(\d+)', list(files.values())[1]) for files in (bare, full)]
    assert found[0] == found[1] != []
    assert b"sofaString" not in b"".join(list(bare.values())[1:])
    assert b"source_name=" not in bare.get(f"{ANA}.xmi", b"")


@with_cassis
@settings(max_examples=20, deadline=None)
@given(
    data=st.data(),
    name=st.sampled_from(["cas-xmi", "cas-json"]),
    text=st.text("aé🌊\u0301\u2028<&\"' \n\t", min_size=3, max_size=30).map(
        lambda text: f"x{text}🌊".replace("\n", "\n.")
    ),
)
def test_every_span_of_any_text_comes_back_where_it_was(data: st.DataObject, name: str, text: str) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=4)))
    cue, content = Span(edges[0], edges[1]), Span(edges[2], edges[3])
    made = Attribution("m", (), cue, (content,), negated=True)
    assume(normalise(text).text == text)
    files = written(name, whole(text, made))
    with TemporaryDirectory() as folder:
        for path, pieces in files.items():
            (Path(folder) / path).parent.mkdir(exist_ok=True)
            (Path(folder) / path).write_bytes(pieces)
        (item,) = read_annotations([folder], ANNOTATION_FORMATS["cas"], AnnotationOptions())
    assert isinstance(item, GivenArticle)
    assert (item.text, item.reviewer, item.claims[0].span) == (text, "ana", Span(0, len(text)))
    assert [(each.attribution.cue, each.attribution.content) for each in item.attributions] == [(cue, (content,))]


@both
def test_without_cassis_one_line_says_what_to_install(
    records: list[ClaimRecord], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(ExportFailure, match=f"^{name} needs dkpro-cassis: pip install 'annotator\\[cas\\]'$"):
        written(name, records)


@given(st.text("ab \n\u200b🌊.", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_sentences_are_disjoint_and_cover_all_but_white_space(text: str, edges: list[int]) -> None:
    edges = sorted({edge for edge in edges if edge <= len(text)})
    claims = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    found = sentences_of(text, claims)
    assert set(claims) <= set(found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    covered = {at for span in found for at in range(span.start, span.end)}
    assert all(at in covered for at, character in enumerate(text) if character not in " \n\u200b")


def test_overlapping_claims_make_no_overlapping_sentences() -> None:
    assert sentences_of("ab cd\nef", [Span(0, 4), Span(3, 5)]) == [Span(0, 4), Span(4, 5), Span(6, 8)]
