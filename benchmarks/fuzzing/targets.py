"""What is fuzzed: every reader of what users bring, the files that it begins with, and how these are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.agreement import Level
from annotator.errors import AnnotatorError
from annotator.importers.annotations import label_map
from annotator.model.scheme import shipped_names
from annotator.workflow.agreement.table import table_agreement
from annotator.workflow.config import load_config
from annotator.workflow.schemes import scheme_in
from benchmarks.fuzzing import seeds
from benchmarks.fuzzing.mutations import Shape
from benchmarks.fuzzing.readers import (
    Came,
    annotation_format,
    fact_checks,
    in_file,
    into_a_database,
    refusing,
    text_format,
    zipped_document,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One reader: its seeds, how their bytes are changed, and what reads them.

    `share` is its part of all inputs, beside those of the others: a reader that is slow has a small one. `needs` is a
    module of an extra, empty where none is needed.
    """

    name: str
    seeds: Sequence[bytes]
    shape: Shape
    run: Callable[[bytes], Came]
    share: int = 10
    needs: str = ""


_JSON_LINES = Shape("lines", ('{"text":"x"}', "],[", '{"', '"text"', "\\u"))
_JSON = Shape("whole", ("],[", '{"', "\\u", '"id"', '"text"'))
_TOML = Shape(
    "",
    (
        "[a]\n",
        "[[worth]]\n",
        "a = ",
        "{a = 1}",
        "'''",
        "1979-05-27",
        "inf",
        "nan",
        "0b1",
        "a.b.c = 1\n",
        "[" * 200,
        "{a=" * 200,
        "x = " + "[" * 2000 + "]" * 2000,
        "n = " + "9" * 5000 + "\n",
    ),
)
_MARKUP = Shape(
    "xml",
    (
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml version='1.0' encoding='base64'?>",
        "<svg>",
        "<script>",
        "<meta charset=rot13>",
        "<meta charset=hex>",
        "<table><tr>",
        "<div>" * 300,
        "&amp",
        "<br>",
        "<w:p>",
        "<text:p>",
        "<html lang=x>",
        "<time datetime='x'>",
        "<sup>1</sup>",
        "<template>",
    ),
)
_MARKS = Shape(
    "", ("# ", "> ", "---\n", "```\n", "* ", "[^1]", "](", "![", "~~", "**", "_", "`", "<b>", "|", "\\", "    ")
)
_RICH = Shape(
    "",
    (
        "{",
        "}",
        "\\",
        "\\par ",
        "\\u-10000?",
        "\\u55357?",
        "\\ansicpg99999",
        "\\ansicpg0",
        "\\bin9 ",
        "\\'",
        "\\v0",
        "{\\*\\x ",
        "\\yr99999",
        "\\mo13",
        "\\cell",
        "\\row",
        "\\pict",
    ),
)
_PDF = Shape(
    "",
    (
        "<<",
        ">>",
        " 0 R",
        "obj",
        "endobj",
        "stream\n",
        "endstream",
        "[",
        "]",
        "(",
        ")",
        "/Kids",
        "/Parent 2 0 R",
        "/Filter/FlateDecode",
        "/Encrypt 1 0 R",
        "xref",
        "%%EOF",
        "/Length 99999999",
        "trailer",
    ),
)
_CSV = Shape("", ('"', '""', ",", ";", "\t", "|", "\r", "sep=,", "text", "unit", "\0"))
_BRAT = Shape(
    "",
    (
        "\t",
        "T1",
        "E1",
        "R1",
        "A1",
        "#1",
        "*",
        "N1",
        "\tT1",
        "T1\tClaim 0 5\tBridg",
        "E9\tAttribution:T1 Cue:T9",
        "R9\tNestedIn Arg1:E1 Arg2:E1",
        "#9\tVerdict T1\t[]",
        '#9\tEvidence T1\t{"question": 1}',
        "0 1;2 3",
        "99999",
        "A9\tWorth T1 ",
        "#9\tSourceName E1\t{}",
        "#9\tAnnotatorNotes T1\t7",
    ),
)
_XMI = Shape(
    "xml",
    (
        "xmi:id=",
        "<cas:Sofa ",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "<?xml version='1.0' encoding='bogus'?>",
        "begin=",
        "&#x1F30A;",
        "<cas:View members='1 2 3'/>",
        "</xmi:XMI>",
    ),
)


def _golden_one(pattern: str) -> bytes:
    return seeds.golden(pattern)[0]


def targets() -> list[Target]:
    """All readers: text formats, annotation formats, TOML, tables, and what goes into a database."""
    schemes = Path(__file__).parent.parent.parent / "annotator" / "model" / "schemes"
    brat = seeds.GOLDEN / "brat" / "ana"
    text = seeds.golden("brat/ana/35e6*.txt")[0]
    doccano, prodigy = seeds.foreign_spans()
    types = _golden_one("cas-xmi/TypeSystem.xml")
    claims = seeds.golden("claims.jsonl")
    own_prodigy = [b"\n".join(_golden_one("prodigy.jsonl").splitlines()[:2]), prodigy]
    rows = [
        Target("text", seeds.plain(), Shape(), text_format("text"), 15),
        Target("markdown", seeds.markdown(), _MARKS, text_format("markdown"), 25),
        Target("html", seeds.pages(), replace(_MARKUP, kind=""), text_format("html"), 4),
        Target("jsonl", seeds.json_lines(), _JSON_LINES, text_format("jsonl"), 40),
        Target("json", seeds.json_documents(), _JSON, text_format("json"), 40),
        Target("csv", seeds.tables(), _CSV, text_format("csv"), 60),
        Target("docx", seeds.word(), _MARKUP, zipped_document("docx", "word/document.xml", "[Content_Types].xml"), 30),
        Target("docx, the zip", [seeds.zipped("word/document.xml", seeds.word()[0])], Shape(), text_format("docx"), 40),
        Target("odt", seeds.open_document(), _MARKUP, zipped_document("odt", "content.xml", "mimetype"), 30),
        Target("rtf", seeds.rich_text(), _RICH, text_format("rtf"), 50, "striprtf"),
        Target("pdf", seeds.portable(), _PDF, text_format("pdf"), 20, "pdfminer"),
        Target("fact-checks", seeds.published_checks(), _JSON, fact_checks(".json"), 20),
        Target("fact-checks, a table", seeds.tables_of_checks(), _CSV, fact_checks(".csv"), 20),
        Target("annotations: jsonl", claims, _JSON_LINES, annotation_format("jsonl", ".jsonl"), 20),
        Target(
            "annotations: brat",
            [path.read_bytes() for path in sorted(brat.glob("35e6*.ann"))],
            _BRAT,
            annotation_format("brat", ".ann", given__txt=text, given__json=_golden_one("brat/ana/35e6*.json")),
            20,
        ),
        Target(
            "annotations: brat, the .json",
            seeds.golden("brat/ana/35e6*.json"),
            _JSON,
            lambda data: annotation_format("brat", ".ann", given__txt=text, given__json=data)(
                _golden_one("brat/ana/35e6*.ann")
            ),
            5,
        ),
        Target("annotations: prodigy", own_prodigy, _JSON_LINES, annotation_format("prodigy", ".jsonl"), 15),
        Target(
            "annotations: doccano",
            [doccano, *seeds.golden("doccano*.jsonl")],
            _JSON_LINES,
            annotation_format("doccano", ".jsonl"),
            20,
        ),
        Target(
            "annotations: label-studio",
            [*seeds.golden("label-studio/tasks.json"), *seeds.label_studio_min()],
            _JSON,
            annotation_format("label-studio", ".json"),
            20,
        ),
        Target("annotations: w3c", seeds.golden("w3c.jsonld"), _JSON, annotation_format("w3c", ".jsonld"), 20),
        Target(
            "annotations: cas, XMI",
            seeds.golden("cas-xmi/ana/4cf*.xmi"),
            _XMI,
            annotation_format("cas", ".xmi", TypeSystem__xml=types),
            4,
            "cassis",
        ),
        Target(
            "annotations: cas, JSON",
            seeds.golden("cas-json/ana/4cf*.json"),
            _JSON,
            annotation_format("cas", ".json"),
            4,
            "cassis",
        ),
        Target(
            "TOML: scheme",
            [(schemes / f"{name}.toml").read_bytes() for name in shipped_names()],
            _TOML,
            refusing(AnnotatorError)(in_file(scheme_in)),
            30,
        ),
        Target("TOML: label map", [seeds.LABEL_MAP.encode()], _TOML, refusing(AnnotatorError)(_labels), 80),
        Target(
            "TOML: configuration",
            [seeds.CONFIGURATION.encode()],
            _TOML,
            refusing(AnnotatorError)(in_file(load_config)),
            60,
        ),
        Target("agreement table", [seeds.TABLE.encode()], _CSV, refusing(AnnotatorError)(in_file(_agreement)), 30),
        Target(
            "into a database: text",
            [*seeds.plain(), *seeds.samples(".txt")],
            Shape(),
            lambda data: into_a_database(data, "text"),
            1,
        ),
        Target(
            "into a database: jsonl", seeds.json_lines(), _JSON_LINES, lambda data: into_a_database(data, "jsonl"), 1
        ),
    ]
    stored: list[tuple[str, list[bytes], Shape]] = [
        ("jsonl", claims, _JSON_LINES),
        ("doccano", [doccano, *seeds.golden("doccano-relations.jsonl")], _JSON_LINES),
        ("prodigy", own_prodigy, _JSON_LINES),
        ("label-studio", seeds.golden("label-studio/tasks.json"), _JSON),
        ("w3c", seeds.golden("w3c.jsonld"), _JSON),
    ]
    rows += [
        Target(
            f"into a database: annotations, {name}",
            begin,
            shape,
            lambda data, name=name: into_a_database(data, name, name),  # type: ignore[misc]
            1,
        )
        for name, begin, shape in stored
    ]
    return rows


def _labels(data: bytes) -> object:
    return label_map(data, "labels.toml")


def _agreement(path: Path) -> object:
    return table_agreement(path, level=Level.NOMINAL, orders=(), resamples=5, seed=0)
