"""UIMA CAS from INCEpTION: its own layers, one file a person, zips, and what is refused."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, label_map, read_annotations
from annotator.importers.annotations.cas_file import CasFile, load, xml_offsets
from annotator.model.annotated import GivenArticle, Note
from annotator.model.attribution import Anonymity, AttributionType, Form
from annotator.model.text import article_id

pytestmark = pytest.mark.extra("cassis")

TEXT = "🌊 The ramp is shut. Ana Silva said the ferry sank. Bo denied it."
NAMESPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0"'
)
STRING = "uima.cas.String"
LAYERS: Mapping[str, Mapping[str, str]] = {
    "webanno.custom.Source": {},
    "webanno.custom.Cue": {"form": STRING, "anonymity": STRING},
    "webanno.custom.Content": {},
    "webanno.custom.Span": {"label": STRING},
    "webanno.custom.Mood": {"value": STRING},
    "webanno.custom.Claim": {"verdict": STRING},
    "webanno.custom.Relation": {
        "label": STRING,
        "Governor": "uima.tcas.Annotation",
        "Dependent": "uima.tcas.Annotation",
    },
    "webanno.custom.Topic": {"name": STRING},
    "webanno.custom.AttributionPart": {"role": STRING, "attribution": STRING, "act": STRING, "form": STRING},
    "webanno.custom.AttributionRelation": {
        "role": STRING,
        "Governor": "webanno.custom.AttributionPart",
        "Dependent": "webanno.custom.AttributionPart",
    },
}
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def types_of(layers: Mapping[str, Mapping[str, str]] = LAYERS) -> bytes:
    """A type system as INCEpTION exports it."""

    def described(name: str, super_: str, features: Mapping[str, str]) -> str:
        rows = "".join(
            f"<featureDescription><name>{feature}</name><description/><rangeTypeName>{held}</rangeTypeName>"
            "</featureDescription>"
            for feature, held in features.items()
        )
        return (
            f"<typeDescription><name>{name}</name><description/><supertypeName>{super_}</supertypeName>"
            f"<features>{rows}</features></typeDescription>"
        )

    found = [described(METADATA, "uima.tcas.DocumentAnnotation", {"documentId": STRING, "documentTitle": STRING})]
    for name, features in layers.items():
        super_ = "uima.cas.AnnotationBase" if name.endswith("Topic") else "uima.tcas.Annotation"
        found.append(described(name, super_, features))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription '
        f'xmlns="http://uima.apache.org/resourceSpecifier"><types>{"".join(found)}</types></typeSystemDescription>'
    ).encode()


def at(words: str) -> str:
    """Where the words are, in UTF-16 code units: the text has one character of two at its beginning."""
    start = TEXT.index(words) + 1
    return f'begin="{start}" end="{start + len(words)}"'


def xmi(*elements: str, owner: str = "ana", prolog: str = "", text: str = TEXT) -> str:
    """A document of these elements, whose xmi ids count from 10."""
    numbered = [
        element.replace(" ", f' xmi:id="{number}" sofa="1" ', 1)
        for number, element in enumerate(
            (f'<meta:DocumentMetaData begin="0" end="3" language="en" documentId="{owner}"/>', *elements), 9
        )
    ]
    members = " ".join(str(number) for number in range(9, 9 + len(numbered)))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<xmi:XMI {NAMESPACES}><cas:NULL xmi:id="0"/>{"".join(numbered)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>'
        f'<cas:View sofa="1" members="{members}"/></xmi:XMI>'
    )


SPANS = (
    f"<custom:Source {at('Ana Silva')}/>",
    f"<custom:Cue {at('said')} form='indirect' anonymity='described'/>",
    f"<custom:Content {at('the ferry sank')}/>",
)
MARKED = (
    *SPANS,
    f'<custom:Relation {at("Ana Silva")} Governor="11" Dependent="10"/>',
    f'<custom:Relation {at("the ferry sank")} Governor="11" Dependent="12"/>',
)


class Found:
    """What a path gave."""

    def __init__(self, items: Iterable[GivenArticle | Note | ImportFailure]) -> None:
        every = list(items)
        self.articles = [item for item in every if isinstance(item, GivenArticle)]
        self.left_out = {item.kind: item.count for item in every if isinstance(item, Note) and item.kind}
        self.failures = [item for item in every if isinstance(item, ImportFailure)]

    @property
    def said(self) -> list[tuple[str, ...]]:
        """Who, how and what of each attribution of the first article."""
        text = self.articles[0].text
        return [
            tuple(span.slice(text) for _, span in each.attribution.role_spans())
            for each in self.articles[0].attributions
        ]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Documents by their paths, beside a type system, read together."""

    def found(files: Mapping[str, str | bytes], *sources: str, types: bytes = types_of(), **options: Any) -> Found:
        for path, data in {"TypeSystem.xml": types, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data.encode() if isinstance(data, str) else data)
        paths = [str(tmp_path / source) for source in sources or ("",)]
        return Found(read_annotations(paths, ANNOTATION_FORMATS["cas"], AnnotationOptions(**options)))

    return found


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


SAID = [("Ana Silva", "said", "the ferry sank")]


def test_inceptions_layers_are_read_by_their_names(read: Callable[..., Found]) -> None:
    found = read({"a.xmi": xmi(*MARKED)})
    assert (found.failures, found.left_out) == ([], {})
    assert found.said == SAID
    (article,) = found.articles
    assert (article.reviewer, article.language, article.named) == ("ana", "en", True)
    (given,) = article.attributions
    assert (given.attribution.form, given.attribution.anonymity) == (Form.INDIRECT, Anonymity.DESCRIBED)


@pytest.mark.parametrize("label", ["Source", "SPEAKER"])
def test_spans_of_one_layer_are_read_by_their_label(read: Callable[..., Found], label: str) -> None:
    spans = (f"<custom:Span {at('Ana Silva')} label='{label}'/>", *SPANS[1:])
    assert read({"a.xmi": xmi(*spans, *MARKED[3:])}).said == SAID


def test_a_label_map_says_what_other_layers_mean(read: Callable[..., Found]) -> None:
    spans = (f"<custom:Mood {at('Ana Silva')} value='glad'/>", *SPANS[1:])
    labels = label_map(b'[roles]\nMood = "source"\n', "map.toml")
    assert read({"a.xmi": xmi(*spans, *MARKED[3:])}, labels=labels).said == SAID


def test_relations_may_be_drawn_towards_the_cue(read: Callable[..., Found]) -> None:
    turned = (
        f'<custom:Relation {at("said")} Governor="10" Dependent="11" label="says"/>',
        f'<custom:Relation {at("said")} Governor="12" Dependent="11"/>',
    )
    assert read({"a.xmi": xmi(*SPANS, *turned)}).said == SAID


def test_what_was_changed_and_added_in_inception_is_read_with_the_facets_that_stayed(
    read: Callable[..., Found],
) -> None:
    """The cue of a1 was moved, and it is nested in a new attribution, whose spans have no name."""
    found = read(
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


def test_json_of_inception_with_link_features_and_crlf_is_read(read: Callable[..., Found]) -> None:
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
    found = read({"a.json": json.dumps(document)})
    assert (found.failures, found.left_out) == ([], {})
    assert found.said == SAID
    assert found.articles[0].attributions[0].attribution.type is AttributionType.BELIEF


def test_the_description_of_a_project_is_no_document(read: Callable[..., Found]) -> None:
    found = read({"exportedproject7.json": '{"name": "quay"}', "a.xmi": xmi(*MARKED)})
    assert (found.said, found.failures, found.left_out) == (SAID, [], {"project description": 1})


def test_a_layer_called_claim_is_claims_with_verdicts(read: Callable[..., Found]) -> None:
    found = read({"a.xmi": xmi(f"<custom:Claim {at('Bo denied it.')} verdict='refuted'/>")})
    (claim,) = found.articles[0].claims
    assert claim.span.slice(TEXT) == "Bo denied it."
    assert [verdict.value for verdict in claim.verdicts] == ["refuted"]


def test_what_is_not_taken_over_is_counted_by_kind(read: Callable[..., Found]) -> None:
    more = (
        f"<custom:Mood {at('Bo')} value='sad'/>",
        f"<custom:Cue {at('denied')}/>",
        f'<custom:Relation {at("Bo")} Governor="16" Dependent="15"/>',
        "<custom:Topic name='ferries'/>",
    )
    found = read({"a.xmi": xmi(*MARKED, *more)})
    assert found.said == SAID
    assert found.left_out == {"unmapped span": 1, "relation": 1, "Topic structure": 1}


@pytest.mark.parametrize(
    "place",
    ['begin="60" end="99"', 'begin="1" end="4"', 'begin="9" end="9"', 'begin="9" end="3"', 'begin="-1" end="3"'],
)
def test_a_span_that_is_none_is_a_failure_and_the_rest_goes_in(read: Callable[..., Found], place: str) -> None:
    """cassis warns of the first two, and takes them for code points."""
    found = read({"a.xmi": xmi(*MARKED, f"<custom:Cue {place}/>")})
    assert found.said == SAID
    (failure,) = found.failures
    assert failure.place == "Cue 15"


def test_one_file_a_person_is_as_many_reviewers(read: Callable[..., Found]) -> None:
    files = {f"quay.txt/{owner}.xmi": xmi(*MARKED, owner=owner) for owner in ("ana", "ben", "CURATION_USER")}
    found = read({**files, "quay.txt/INITIAL_CAS.xmi": xmi(owner="INITIAL_CAS")})
    assert sorted(article.reviewer for article in found.articles) == ["CURATION_USER", "ana", "ben"]
    assert found.left_out == {"initial CAS": 1}
    assert all(article.named for article in found.articles)


def test_files_that_name_nobody_are_told_apart_by_their_names(read: Callable[..., Found]) -> None:
    plain = types_of().replace(b"webanno.custom", b"org.example")
    files = {
        f"quay/{name}.xmi": xmi(*MARKED, owner="quay.txt").replace("webanno/custom", "org/example") for name in "xy"
    }
    assert sorted(article.reviewer for article in read(files, types=plain).articles) == ["x", "y"]


def test_a_project_in_a_zip_is_read_without_unpacking_it(read: Callable[..., Found], tmp_path: Path) -> None:
    def document(owner: str) -> bytes:
        return zipped({f"{owner}.xmi": xmi(*MARKED, owner=owner), "TypeSystem.xml": types_of()})

    project = zipped(
        {
            "exportedproject123.json": '{"name": "quay"}',
            "source/quay.txt": TEXT,
            "source/other.xmi": "<broken",
            "annotation/quay.txt/ana.zip": document("ana"),
            "annotation/quay.txt/INITIAL_CAS.zip": document("INITIAL_CAS"),
            "annotation/../../up/ben.xmi": xmi(*MARKED, owner="ben"),
            "TypeSystem.xml": types_of(),
            "curation/quay.txt/CURATION_USER.zip": document("CURATION_USER"),
        }
    )
    found = read({"project.zip": project}, "project.zip")
    assert [failure.reason for failure in found.failures] == []
    assert sorted(article.reviewer for article in found.articles) == ["CURATION_USER", "ana", "ben"]
    assert {path.name for path in tmp_path.iterdir()} == {"TypeSystem.xml", "project.zip"}


def test_a_zip_whose_files_name_nobody_goes_by_their_names(read: Callable[..., Found]) -> None:
    plain = types_of().replace(b"webanno.custom", b"org.example")
    same = xmi(*MARKED).replace("webanno/custom", "org/example")
    data = zipped({"TypeSystem.xml": plain, "x.xmi": same, "y.xmi": same})
    assert sorted(article.reviewer for article in read({"a.zip": data}, "a.zip").articles) == ["x", "y"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"readme.txt": "x"}), "no .xmi and no CAS in .json is in this zip"),
        (zipped({"a.xmi": "x" * 99})[:60], "a zip that cannot be read"),
        (zipped({"a.xmi": xmi(*MARKED)}), "no TypeSystem.xml in its folder or the one above"),
    ],
    ids=["no document", "cut off", "no type system"],
)
def test_a_zip_of_another_kind_is_one_clear_line(read: Callable[..., Found], data: bytes, reason: str) -> None:
    (failure,) = read({"a.zip": data}, "a.zip").failures
    assert failure.reason.startswith(reason)


def test_a_file_that_is_too_large_when_unpacked_is_refused(
    read: Callable[..., Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.importers.annotations.cas_archive.LARGEST", 10_000)
    data = zipped({"a.xmi": xmi(*MARKED, text=" " * 20_000), "b.xmi": xmi(*MARKED), "TypeSystem.xml": types_of()})
    found = read({"a.zip": data}, "a.zip")
    assert found.said == SAID
    (failure,) = found.failures
    assert failure.origin.endswith("a.zip: a.xmi")
    assert "unpack it, and give the folder" in failure.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("where", ["document", "types"])
def test_a_doctype_is_refused_before_anything_of_it_is_used(
    read: Callable[..., Found], encoding: str, where: str
) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY quay "quay">]>'
    document, types = xmi(*MARKED), types_of().decode()
    if where == "document":
        document = xmi(*MARKED, prolog=doctype)
    else:
        types = types.replace("?>", f"?>{doctype}", 1)
    document, types = (each.replace("UTF-8", encoding.upper()) for each in (document, types))
    found = read({"a.xmi": document.encode(encoding)}, types=types.encode(encoding))
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
def test_what_is_no_sound_cas_is_one_line(read: Callable[..., Found], name: str, data: str, reason: str) -> None:
    (failure,) = read({name: data}).failures
    assert failure.reason.startswith(reason)
    assert "\n" not in failure.reason


def test_a_type_system_may_lie_in_the_folder_above(read: Callable[..., Found]) -> None:
    assert read({"ana/a.xmi": xmi(*MARKED)}).said == SAID
    (failure,) = read({"deep/er/a.xmi": xmi(*MARKED)}, "deep").failures
    assert "no TypeSystem.xml in its folder or the one above" in failure.reason


def test_xml_1_1_is_read_where_it_has_no_more_than_xml_1_0(read: Callable[..., Found]) -> None:
    assert read({"a.xmi": xmi(*MARKED).replace('version="1.0"', 'version="1.1"', 1)}).said == SAID


def test_the_databases_own_text_stands_in_for_replaced_characters(read: Callable[..., Found]) -> None:
    own = TEXT.replace("The ramp", "The\x0cramp")
    layers = {**LAYERS, "webanno.custom.Article": {"article_id": STRING, "reviewer": STRING}}
    article = f'<custom:Article begin="0" end="3" article_id="{article_id(own)}" reviewer="ana"/>'
    document = xmi(*MARKED, article, text=TEXT.replace("The ramp", "The\ufffdramp"))
    for stored, expected in ((own, own), (own + "!", TEXT.replace("The ramp", "The\ufffdramp")), (None, None)):
        found = read({"a.xmi": document}, types=types_of(layers), text_of={article_id(own): stored}.get)
        assert found.articles[0].text == (expected or TEXT.replace("The ramp", "The\ufffdramp"))
        assert found.said == SAID


def test_what_cassis_turns_into_code_points_are_the_files_own_offsets() -> None:
    data = xmi(*MARKED).encode()
    cas = load(CasFile("a.xmi", data, types_of())).cas
    offsets = xml_offsets(data, "a.xmi")
    (cue,) = cas.select("webanno.custom.Cue")
    assert offsets[cue.xmiID] == (cue.begin + 1, cue.end + 1)
    assert cue.get_covered_text() == "said"


def test_without_cassis_one_line_says_what_to_install(
    read: Callable[..., Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    (failure,) = read({"a.xmi": xmi(*MARKED)}).failures
    assert failure.reason == "UIMA CAS needs dkpro-cassis: pip install 'annotator[cas]'"
