"""Valid invented files, small ones, that the mutations begin with."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from annotator.workflow.ingest import seed_folder

GOLDEN = Path(__file__).parent.parent.parent / "tests" / "exporters" / "golden"
_TEXT = (
    "Bridge closed\n\nInés Duarte, the harbour master, told Reuters that “two cables” had failed.\nNobody crosses it."
)
_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bridge closed - Example Wire</title>
<meta property="article:published_time" content="2026-03-10T06:00:00+01:00">
<link rel="canonical" href="https://a.example/b">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge closed",
"author":[{"@type":"Person","name":"Ana Ruiz"}],
"datePublished":"2026-03-10","articleBody":"The bridge closed at dawn."}</script></head>
<body><article><h1>Bridge closed</h1>
<p class="byline">By Ana Ruiz</p><time datetime="2026-03-10">10 March</time>
<p>The bridge closed at dawn after engineers found two cables
<del>broken</del><b>cut</b>, Inés Duarte said.<sup>1</sup></p><blockquote>
<p>“Nobody crosses it before Monday.”</p>
</blockquote><figure><img src="a.jpg" alt="x"><figcaption>The bridge. Photo: B</figcaption></figure>
<table><tr><td>Cables</td><td>9</td></tr></table><ul><li>one of the ferries</li></ul></article>
<aside>More news</aside></body></html>"""
_MARKDOWN = """---
title: "Bridge closed"
authors: [Ana Ruiz, B C]
date: 2026-03-10
tags:
  - harbour
---
# Bridge closed

The *bridge* [closed](https://a.example/b "t") at **dawn**.[^1] `x` ~~old~~ ![p](a.jpg)

> “Nobody crosses it,” she said.

- one \\* item

| a | b |
|---|---|
| 1 | 2 |

[^1]: Said on Monday.
"""
_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle '
    'w:val="Heading1"/></w:pPr><w:r><w:t>Bridge closed</w:t></w:r></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no'
    "</w:t></w:r><w:r><w:t>The bridge closed.</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    '<w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cables</w:t></w:r></w:p></w:tc>'
    "</w:tr></w:tbl></w:body></w:document>"
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = (
    f'<office:document-content xmlns:office="{_OASIS}office:1.0" xmlns:text="{_OASIS}text:1.0" '
    f'xmlns:table="{_OASIS}table:1.0"><office:body><office:text><text:h text:outline-level="1">Bridge closed</text:h>'
    '<text:p>The bridge<text:s text:c="2"/>closed.<text:note text:id="n1"><text:note-body><text:p>Said so.</text:p>'
    "</text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>9</text:p>"
    "</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"
)
_RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Bridge}{\author Ana}{\creatim\yr2026\mo3\dy10}}"
    r"\f0\fs24 The bridge \'93closed\'94 at {\v hidden}dawn.\par In\u233?s Duarte {\deleted gone}said so.\par}"
)
CONFIGURATION = """reviewer = "ana"
theme = "textual-dark"
advance = false
idle_limit = 120
organisation = "Example Desk"
organisation_url = "https://desk.example/"
[keys]
"claim.next" = "n down"
layout = "qwertz"
"""
LABEL_MAP = """[roles]
Speaker = "source"
Aside = ""
[attributions]
Attribution = {}
"Attribution-no-source" = { anonymity = "none" }
[values.verdict]
"Mostly true" = "mixed"
"""
TABLE = """unit,reviewer,value,article,facet
u1,ana,yes,a1,worth
u1,bo,no,a1,worth
u2,ana,yes,a1,worth
u2,bo,yes,a1,worth
u3,ana,2,a2,verdict
u3,bo,,a2,verdict
"""


def plain() -> list[bytes]:
    """Texts in several encodings."""
    texts = [_TEXT.encode(each) for each in ("utf-8", "cp1252", "utf-16", "utf-8-sig")]
    return [*texts, "Мост закрыт. «Никто», сказала она.".encode("cp1251"), "橋は閉鎖された。".encode("euc_jp")]


def pages() -> list[bytes]:
    """Web pages."""
    return [_PAGE.encode(), _PAGE.replace("utf-8", "windows-1252").encode("cp1252", "replace")]


def markdown() -> list[bytes]:
    """Markdown with front matter."""
    return [_MARKDOWN.encode()]


def json_lines() -> list[bytes]:
    """Articles, one a line."""
    rows = [
        {"text": _TEXT, "title": "Bridge closed", "author": ["Ana Ruiz", {"name": "B"}], "published_at": "2026-03-10"},
        {"text": "The ferry ran.", "url": "https://a.example/b?c=d", "language": "en-GB", "x": {"y": [1, 2.5, None]}},
        {
            "text": "Três cabos.",
            "publisher": {"@type": "Organization", "name": "Example Wire"},
            "published_at": 1773100800,
        },
    ]
    return ["\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()]


def json_documents() -> list[bytes]:
    """Articles in an array, and one alone."""
    rows = [json.loads(line) for line in json_lines()[0].splitlines()]
    return [json.dumps(rows).encode(), json.dumps(rows[0], indent=1).encode()]


def tables() -> list[bytes]:
    """CSV and its relatives."""
    comma = f'text,title,published_at,language\n"{_TEXT}",Bridge,10.03.2026,en\n"He said ""no"".",,46091,\n'
    return [comma.encode(), b"sep=;\r\nTitle;Text\r\nA;The ferry ran.\r\n", b"text\tauthor\nThe ferry ran.\tAna\n"]


def zipped(name: str, words: bytes, first: str = "[Content_Types].xml") -> bytes:
    """A zipped document whose part has these words."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(first, "application/vnd.oasis.opendocument.text" if first == "mimetype" else "<Types/>")
        archive.writestr(name, words)
    return made.getvalue()


def word() -> list[bytes]:
    """The main part of a Word document."""
    return [_WORD.encode()]


def open_document() -> list[bytes]:
    """The content of a LibreOffice document."""
    return [_OPEN.encode()]


def rich_text() -> list[bytes]:
    """RTF."""
    return [_RTF.encode()]


def portable() -> list[bytes]:
    """A PDF of one page."""
    stream = (
        "BT /F1 12 Tf 72 700 Td (The bridge closed at dawn.) Tj ET\nBT /F1 12 Tf 72 680 Td (Nobody crosses.) Tj ET\n"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[4 0 R]/Count 1>>",
        f"<</Length {len(stream)}>>stream\n{stream}endstream",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F1 <</Type/Font/Subtype"
        "/Type1/BaseFont/Helvetica>>>>>>>>",
        "<</Title(Bridge)/Author(Ana Ruiz)/CreationDate(D:20260314090500Z)>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{words}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 6\n0000000000 65535 f \n{rows}trailer<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    )
    return [made + tail.encode()]


def golden(pattern: str) -> list[bytes]:
    """Files of our own exports, which the tests compare byte for byte."""
    return [path.read_bytes() for path in sorted(GOLDEN.glob(pattern))]


def foreign_spans() -> list[bytes]:
    """A row of doccano and one of Prodigy as those write them."""
    doccano = {
        "id": 7,
        "text": "Eva said the ramp held.",
        "entities": [
            {"id": 1, "label": "Cue", "start_offset": 4, "end_offset": 8},
            {"id": "2", "label": "Source", "start_offset": 0, "end_offset": 3},
            {"id": 3, "label": "Content", "start_offset": 9, "end_offset": 22},
        ],
        "relations": [
            {"id": 1, "from_id": 1, "to_id": 2, "type": "source"},
            {"id": 2, "from_id": 1, "to_id": 3, "type": ""},
        ],
        "Comments": ["why"],
    }
    labels = {"text": "Eva said so.", "label": [[0, 3, "Source"], [4, 8, "Cue"]], "cats": ["A"]}
    cue, said = {"start": 4, "end": 8, "label": "CUE"}, {"start": 9, "end": 22, "label": "CONTENT"}
    prodigy = {
        "text": "Eva said the ramp held.",
        "tokens": [
            {"text": "Eva", "start": 0, "end": 3, "id": 0, "ws": True},
            {"text": "said", "start": 4, "end": 8, "id": 1},
        ],
        "spans": [cue | {"token_start": 1, "token_end": 1}, said],
        "relations": [{"head": 1, "child": 4, "head_span": cue, "child_span": said, "label": "CONTENT"}],
        "answer": "accept",
        "_annotator_id": "x-ana",
        "_session_id": "x-ana",
        "options": [{"id": 1}],
        "accept": [1],
    }
    return ["\n".join(json.dumps(row) for row in (doccano, labels)).encode(), json.dumps(prodigy).encode()]


def label_studio_min() -> list[bytes]:
    """JSON-MIN, a row an annotation."""
    span = {"start": 0, "end": 3, "text": "Eva", "labels": ["Source"]}
    row = {
        "text": "Eva said so.",
        "id": 3,
        "label": [span],
        "worth": "check-worthy",
        "annotator": 1,
        "annotation_id": 2,
        "created_at": "2026-03-10T06:00:00Z",
        "lead_time": 3.5,
    }
    return [json.dumps([row]).encode()]


def samples(suffix: str) -> list[bytes]:
    """The sample articles that come with the tool, of one suffix."""
    return [path.read_bytes() for path in sorted(seed_folder().iterdir()) if path.suffix == suffix]


def published_checks() -> list[bytes]:
    """Fact-checks: ClaimReview in a feed, AVeriTeC, and rows."""
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": "The bridge is safe.",
        "url": "https://desk.example/1",
        "datePublished": "2026-03-10",
        "author": {"@type": "Organization", "name": "Example Desk"},
        "itemReviewed": {"@type": "Claim", "author": {"name": "Inés Duarte"}, "datePublished": "2026-03-09"},
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
    }
    feed = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review]}]}
    averitec = [{"claim": "Nine cables held.", "label": "Refuted", "speaker": "Ana", "claim_date": "10-3-2026"}]
    rows = [
        {"claim": "The ferry ran.", "verdict": "true", "url": "https://desk.example/2", "publisher": "Example Desk"}
    ]
    return [json.dumps(each).encode() for each in (feed, averitec)] + ["\n".join(map(json.dumps, rows)).encode()]


def tables_of_checks() -> list[bytes]:
    """Fact-checks in a table."""
    return [b"claim,verdict,url,date,publisher\nThe ferry ran.,false,https://desk.example/2,2026-03-10,Example Desk\n"]
