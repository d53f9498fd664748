"""UIMA CAS from INCEpTION: its own layers, features and types, and what is refused."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from annotator.importers.annotations import label_map
from annotator.importers.annotations.cas_file import CasFile, load, xml_offsets
from annotator.model.attribution import Anonymity, AttributionType, Form
from annotator.model.text import article_id
from tests.importers.annotations.cas_documents import (
    LAYERS,
    MARKED,
    METADATA,
    SAID,
    SPANS,
    STRING,
    TEXT,
    ReadCas,
    at,
    types_of,
    xmi,
)

pytestmark = pytest.mark.extra("cassis")


def test_inceptions_layers_are_read_by_their_names(read_cas: ReadCas) -> None:
    found = read_cas({"a.xmi": xmi(*MARKED)})
    assert (found.failures, found.left_out) == ([], {})
    assert found.said == SAID
    (article,) = found.articles
    assert (article.reviewer, article.language, article.named) == ("ana", "en", True)
    (given,) = article.attributions
    assert (given.attribution.form, given.attribution.anonymity) == (Form.INDIRECT, Anonymity.DESCRIBED)


@pytest.mark.parametrize("label", ["Source", "SPEAKER"])
def test_spans_of_one_layer_are_read_by_their_label(read_cas: ReadCas, label: str) -> None:
    spans = (f"<custom:Span {at('Ana Silva')} label='{label}'/>", *SPANS[1:])
    assert read_cas({"a.xmi": xmi(*spans, *MARKED[3:])}).said == SAID


def test_a_label_map_says_what_other_layers_mean(read_cas: ReadCas) -> None:
    spans = (f"<custom:Mood {at('Ana Silva')} value='glad'/>", *SPANS[1:])
    labels = label_map(b'[roles]\nMood = "source"\n', "map.toml")
    assert read_cas({"a.xmi": xmi(*spans, *MARKED[3:])}, labels=labels).said == SAID


def test_relations_may_be_drawn_towards_the_cue(read_cas: ReadCas) -> None:
    turned = (
        f'<custom:Relation {at("said")} Governor="10" Dependent="11" label="says"/>',
        f'<custom:Relation {at("said")} Governor="12" Dependent="11"/>',
    )
    assert read_cas({"a.xmi": xmi(*SPANS, *turned)}).said == SAID


def test_what_was_changed_and_added_in_inception_is_read_with_the_facets_that_stayed(
    read_cas: ReadCas,
) -> None:
    """The cue of a1 was moved, and it is nested in a new attribution, whose spans have no name."""
    found = read_cas(
        {
            "a.xmi": xmi(
                f"<custom:AttributionPart {at('Silva said')} role='cue' attribution='a1' act='belief' form='direct'/>",
                f"<custom:AttributionPart {at('ferry sank')} role='content' attribution='a1'/>",
                f"<custom:AttributionPart {at('Ana')} role='cue' act='decree'/>",
                f"<custom:AttributionPart {at('the ferry sank')} role='content'/>",
                f"<custom:AttributionRelation {at('ferry sank')} role='content' Governor='10' Dependent='11'/>",
                f"<custom:AttributionRelation {at('Ana')} role='nested_in' Governor='10' Dependent='12'/>",
                f"<custom:AttributionRelation {at('the ferry sank')} role='content' Governor='12' Dependent='13'/>",
            )
        }
    )
    assert (found.failures, found.left_out) == ([], {})
    outer, inner = (each.attribution for each in found.articles[0].attributions)
    assert found.said == [("Ana", "the ferry sank"), ("Silva said", "ferry sank")]
    assert (inner.type, inner.form, outer.type) == (AttributionType.BELIEF, Form.DIRECT, AttributionType.DECREE)
    assert inner.parent == outer.id


def test_json_of_inception_with_link_features_and_crlf_is_read(read_cas: ReadCas) -> None:
    def type_(name: str, super_: str, **features: str) -> dict[str, Any]:
        rows = {feature: {"%NAME": feature, "%RANGE": held} for feature, held in features.items()}
        return {name: {"%NAME": name, "%SUPER_TYPE": super_, **rows}}

    annotation, verb, link = "uima.tcas.Annotation", "webanno.custom.Verb", "webanno.custom.VerbPartsLink"
    document = {
        "%TYPES": {
            **type_("uima.tcas.DocumentAnnotation", annotation, language=STRING),
            **type_(METADATA, "uima.tcas.DocumentAnnotation", documentId=STRING),
            **type_("webanno.custom.Speaker", annotation),
            **type_("webanno.custom.Quote", annotation),
            **type_(verb, annotation, parts=f"{link}[]", type=STRING),
            **type_(link, "uima.cas.TOP", role=STRING, target=annotation),
        },
        "%FEATURE_STRUCTURES": [
            {
                "%ID": 1,
                "%TYPE": "uima.cas.Sofa",
                "sofaNum": 1,
                "sofaID": "_InitialView",
                "sofaString": "🌊\r\nAna Silva said the ferry sank.",
            },
            {"%ID": 2, "%TYPE": METADATA, "@sofa": 1, "begin": 0, "end": 34, "documentId": "ana"},
            {"%ID": 3, "%TYPE": "webanno.custom.Speaker", "@sofa": 1, "begin": 4, "end": 13},
            {"%ID": 4, "%TYPE": verb, "@sofa": 1, "begin": 14, "end": 18, "@parts": 8, "type": "belief"},
            {"%ID": 5, "%TYPE": "webanno.custom.Quote", "@sofa": 1, "begin": 19, "end": 33},
            {"%ID": 6, "%TYPE": link, "role": "who", "@target": 3},
            {"%ID": 7, "%TYPE": link, "role": "what", "@target": 5},
            {"%ID": 8, "%TYPE": f"{link}[]", "%ELEMENTS": [6, 7]},
        ],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4, 5]}},
    }
    found = read_cas({"a.json": json.dumps(document)})
    assert (found.failures, found.left_out) == ([], {})
    assert found.said == SAID
    assert found.articles[0].attributions[0].attribution.type is AttributionType.BELIEF


def test_the_description_of_a_project_is_no_document(read_cas: ReadCas) -> None:
    found = read_cas({"exportedproject7.json": '{"name": "quay"}', "a.xmi": xmi(*MARKED)})
    assert (found.said, found.failures, found.left_out) == (SAID, [], {"project description": 1})


def test_a_layer_called_claim_is_claims_with_verdicts(read_cas: ReadCas) -> None:
    found = read_cas({"a.xmi": xmi(f"<custom:Claim {at('Bo denied it.')} verdict='refuted'/>")})
    (claim,) = found.articles[0].claims
    assert claim.span.slice(TEXT) == "Bo denied it."
    assert [verdict.value for verdict in claim.verdicts] == ["refuted"]


def test_what_is_not_taken_over_is_counted_by_kind(read_cas: ReadCas) -> None:
    more = (
        f"<custom:Mood {at('Bo')} value='sad'/>",
        f"<custom:Cue {at('denied')}/>",
        f'<custom:Relation {at("Bo")} Governor="16" Dependent="15"/>',
        "<custom:Topic name='ferries'/>",
    )
    found = read_cas({"a.xmi": xmi(*MARKED, *more)})
    assert found.said == SAID
    assert found.left_out == {"unmapped span": 1, "relation": 1, "Topic structure": 1}


@pytest.mark.parametrize(
    "place",
    ['begin="60" end="99"', 'begin="1" end="4"', 'begin="9" end="9"', 'begin="9" end="3"', 'begin="-1" end="3"'],
)
def test_a_span_that_is_none_is_a_failure_and_the_rest_goes_in(read_cas: ReadCas, place: str) -> None:
    """cassis warns of the first two, and takes them for code points."""
    found = read_cas({"a.xmi": xmi(*MARKED, f"<custom:Cue {place}/>")})
    assert found.said == SAID
    (failure,) = found.failures
    assert failure.place == "Cue 15"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("where", ["document", "types"])
def test_a_doctype_is_refused_before_anything_of_it_is_used(read_cas: ReadCas, encoding: str, where: str) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY quay "quay">]>'
    document, types = xmi(*MARKED), types_of().decode()
    if where == "document":
        document = xmi(*MARKED, prolog=doctype)
    else:
        types = types.replace("?>", f"?>{doctype}", 1)
    document, types = (each.replace("UTF-8", encoding.upper()) for each in (document, types))
    found = read_cas({"a.xmi": document.encode(encoding)}, types=types.encode(encoding))
    (failure,) = found.failures
    assert failure.reason.startswith("a DOCTYPE, which no CAS has")
    assert found.articles == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xmi", "", "broken XML: no element found"),
        ("a.xmi", xmi("<custom:Unheard begin='0' end='2'/>"), "no CAS that cassis can read: TypeNotFoundError"),
        ("a.xmi", xmi(*MARKED).replace('members="9', 'members="9 99'), "no CAS that cassis can read: KeyError"),
        ("a.xmi", xmi(*MARKED)[:-40], "broken XML"),
        ("a.xmi", xmi(*MARKED, text="a&#1;b"), "broken XML: reference to invalid character number"),
        ("a.json", "{", "broken JSON"),
        ("a.json", '{"tasks": []}', "not a UIMA CAS in JSON"),
        ("a.json", '{"%FEATURE_STRUCTURES": [], "%VIEWS": 3}', "no CAS that cassis can read"),
        ("a.json", '{"%FEATURE_STRUCTURES": ["\\ud83c"]}', "half of a surrogate pair"),
        ("a.xmi", xmi(*MARKED, text=""), "no text: import the article first"),
    ],
)
def test_what_is_no_sound_cas_is_one_line(read_cas: ReadCas, name: str, data: str, reason: str) -> None:
    (failure,) = read_cas({name: data}).failures
    assert failure.reason.startswith(reason)
    assert "\n" not in failure.reason


def test_a_type_system_may_lie_in_the_folder_above(read_cas: ReadCas) -> None:
    assert read_cas({"ana/a.xmi": xmi(*MARKED)}).said == SAID
    (failure,) = read_cas({"deep/er/a.xmi": xmi(*MARKED)}, "deep").failures
    assert "no TypeSystem.xml in its folder or the one above" in failure.reason


def test_xml_1_1_is_read_where_it_has_no_more_than_xml_1_0(read_cas: ReadCas) -> None:
    assert read_cas({"a.xmi": xmi(*MARKED).replace('version="1.0"', 'version="1.1"', 1)}).said == SAID


def test_the_databases_own_text_stands_in_for_replaced_characters(read_cas: ReadCas) -> None:
    own = TEXT.replace("The ramp", "The\x0cramp")
    layers = {**LAYERS, "webanno.custom.Article": {"article_id": STRING, "reviewer": STRING}}
    article = f'<custom:Article begin="0" end="3" article_id="{article_id(own)}" reviewer="ana"/>'
    document = xmi(*MARKED, article, text=TEXT.replace("The ramp", "The\ufffdramp"))
    for stored, expected in ((own, own), (own + "!", TEXT.replace("The ramp", "The\ufffdramp")), (None, None)):
        found = read_cas({"a.xmi": document}, types=types_of(layers), text_of={article_id(own): stored}.get)
        assert found.articles[0].text == (expected or TEXT.replace("The ramp", "The\ufffdramp"))
        assert found.said == SAID


def test_what_cassis_turns_into_code_points_are_the_files_own_offsets() -> None:
    data = xmi(*MARKED).encode()
    cas = load(CasFile("a.xmi", data, types_of())).cas
    offsets = xml_offsets(data, "a.xmi")
    (cue,) = cas.select("webanno.custom.Cue")
    assert offsets[cue.xmiID] == (cue.begin + 1, cue.end + 1)
    assert cue.get_covered_text() == "said"


def test_without_cassis_one_line_says_what_to_install(read_cas: ReadCas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    (failure,) = read_cas({"a.xmi": xmi(*MARKED)}).failures
    assert failure.reason == "UIMA CAS needs dkpro-cassis: pip install 'annotator[cas]'"
