from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from annotator.importers import raised_figures
from annotator.importers.formats import by_content
from annotator.model.article import BlockKind

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OPEN = " ".join(
    f'xmlns:{name}="{OASIS}{name if name != "draw" else "drawing"}:1.0"'
    for name in ("office", "text", "table", "style", "draw", "meta")
)
CORE = (
    '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>{title}</dc:title>'
    "<dc:creator>Ana Ruiz</dc:creator><t:created>2026-03-14T09:05:00Z</t:created><dc:language>en-GB</dc:language></c>"
)


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", words)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return zipped(**{"[Content_Types]": "<Types/>", "word__document": document, **parts})


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {OPEN}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, words in parts.items():
            archive.writestr(f"{name}.xml", words)
    return made.getvalue()


RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([run("Some 10"), run("6", RAISED), run(" tonnes.")], "Some 10⁶ tonnes."),
        ([run("Some 10"), run("1", RAISED), run("2", RAISED), run(" tonnes.")], "Some 10¹² tonnes."),
        ([run("It left in 2019."), run("3", RAISED), run(" It came back.")], "It left in 2019. It came back."),
        ([run("The 21"), run("st", RAISED), run(" ship, of 5 m"), run("2", RAISED)], "The 21st ship, of 5 m²"),
        ([run("H"), run("2", LOWERED), run("O, and x"), run("i", LOWERED)], "H2O, and xi"),
    ],
)
def test_raised_and_lowered_figures_of_word_keep_their_meaning(read: Any, runs: list[str], text: str) -> None:
    assert read(docx(paragraph(*runs)), "docx").text == text


def test_raised_figures_of_libreoffice_keep_their_meaning(read: Any) -> None:
    styles = "".join(
        f"<style:style style:name='{name}'><style:text-properties style:text-position='{place}'/></style:style>"
        for name, place in {"Up": "super 58%", "Down": "-33% 58%", "Flat": "0% 100%"}.items()
    )
    spans = {"Up": "6", "Down": "2", "Flat": "7"}
    six, two, seven = (f"<text:span text:style-name='{name}'>{words}</text:span>" for name, words in spans.items())
    article = read(odt(f"<text:p>Some 10{six} of 12{two} and {seven}; the plan{six} failed.</text:p>", styles), "odt")
    assert article.text == "Some 10⁶ of 12₂ and 7; the plan failed."
    assert article.notes[0].detail == "left out: 1 note mark"


def test_a_word_document_is_read_as_it_is_shown(read: Any, hints: Any) -> None:
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    body = (
        paragraph(run("Pier closed"), style="berschrift1")
        + paragraph(
            run("The pier "), f"<w:ins>{run('closed')}</w:ins>",
            "<w:del><w:r><w:delText>opened</w:delText></w:r></w:del>", run(" at dawn."),
            "<w:r><w:footnoteReference w:id='2'/></w:r>", "<w:r><w:br/><w:t>It</w:t></w:r>",
            f"<w:fldSimple w:instr='DATE'>{run(' rained')}</w:fldSimple>",
            f"<w:sdt><w:sdtContent>{run(' hard')}</w:sdtContent></w:sdt>", run(" secretly", "<w:vanish/>"),
            run(" no more", "<w:strike/>"), run(" and long.", "<w:strike w:val='0'/>"),
        )
        + f"<w:moveFrom>{run('Moved.')}</w:moveFrom>"
        + paragraph(f"<w:moveTo>{run('Moved.')}</w:moveTo>")
        + paragraph(
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>", run("Beside it."),
        )
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('Mon'))}</w:tc><w:tc>{paragraph(run('12'))}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Joined ')}</w:p>" + paragraph(run("here."))
    )  # fmt: skip
    notes = f"<w:footnotes {WORD}><w:footnote w:id='0'>{paragraph(run('-'))}</w:footnote>"
    heading = "<w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>"
    so_said = paragraph(run("The office said so."))
    data = docx(
        body,
        word__styles=f"<w:styles {WORD}>{heading}</w:styles>",
        word__footnotes=f"{notes}<w:footnote w:id='2'>{so_said}</w:footnote></w:footnotes>",
        docProps__core=CORE.format(title="Document1"),
    )
    article = read(data, "docx")
    assert article.text.split("\n\n") == [
        "Pier closed", "The pier closed at dawn. It rained hard and long.", "Moved.", "Beside it.", "In the box.",
        "Mon | 12", "Joined here.", "The office said so.",
    ]  # fmt: skip
    publication = article.publication
    assert (publication.title, publication.author) == ("Pier closed", "Ana Ruiz")
    assert (publication.published_at, article.language) == ("2026-03-14T09:05:00Z", "en-GB")
    assert hints(article) == [(BlockKind.HEADLINE, "Pier closed")]
    assert article.notes[0].detail == "left out: 1 note mark, 1 hidden stretch, 1 struck-out stretch"
    assert by_content(data, "-").name == "docx"


def test_a_property_is_the_title_where_no_heading_is_and_never_a_part_of_the_text(read: Any) -> None:
    article = read(docx(paragraph(run("It rained.")), docProps__core=CORE.format(title="Rain &amp; storm")), "docx")
    assert (article.text, article.publication.title) == ("It rained.", "Rain & storm")


def test_an_open_document_is_read_as_it_is_shown(read: Any) -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Pier closed</text:h>'
        "<text:p>The pier<text:s text:c='2'/>closed\n   at<text:tab/>dawn,<text:line-break/>"
        '<text:span text:style-name="T1">not </text:span><text:span>it</text:span> rained.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So said the office.</text:p>"
        "</text:note-body></text:note><office:annotation><text:p>A remark.</text:p></office:annotation></text:p>"
        '<text:p text:style-name="P1">We looked.</text:p>'
        "<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list><table:table>"
        "<table:table-row><table:table-cell><text:p>Mon</text:p></table:table-cell>"
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
        "Beside it.</text:p>"
    )
    data = odt(body, styles, meta=CORE.format(title="Pier"))
    article = read(data, "odt")
    assert article.text.split("\n\n") == [
        "Pier closed", "The pier closed at dawn, it rained.", "We looked.", "One", "Mon | 12", "Beside it.",
        "In the box.", "So said the office.",
    ]  # fmt: skip
    assert [hint.kind for hint in article.hints] == [BlockKind.HEADLINE, BlockKind.BLOCK_QUOTE]
    assert article.publication.author == "Ana Ruiz"
    assert by_content(data, "-").name == "odt"


def test_styles_of_odt_that_are_made_from_each_other_end_and_long_chains_reach_their_origin(read: Any) -> None:
    chain = [f'<style:style style:name="s{n}" style:parent-style-name="s{n + 1}"/>' for n in range(3000)]
    chain.append('<style:style style:name="s3000" style:parent-style-name="Quotations"/>')
    chain += [f'<style:style style:name="{a}" style:parent-style-name="{b}"/>' for a, b in ("xy", "yx")]
    body = '<text:p text:style-name="x">The pier is shut.</text:p><text:p text:style-name="s0">It stays shut.</text:p>'
    article = read(odt(body, "".join(chain)), "odt")
    assert article.text == "The pier is shut.\n\nIt stays shut."
    assert [(hint.kind, hint.span.slice(article.text)) for hint in article.hints] == [
        (BlockKind.BLOCK_QUOTE, "It stays shut.")
    ]


def test_raised_figures_are_read_by_what_stands_close_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    genuine = raised_figures.raised

    def raised(text: str, before: str, after: str) -> str:
        looked_at.append(len(before))
        return genuine(text, before, after)

    monkeypatch.setattr(raised_figures, "raised", raised)
    line = f"10{raised_figures.RAISED}6{raised_figures.PLAIN} " * 500
    assert raised_figures.written_out(line) == ("10⁶ " * 500, 0)
    assert max(looked_at) <= 100


@pytest.mark.parametrize("name", ["docx", "odt"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and so on", "not the zipped document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .docx"),
        (zipped(other="<a/>"), "document in it"),
        (docx(paragraph()), "in it"),
        (zipped(word__document="<a", content="<a"), "broken XML"),
        (
            zipped(word__document="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", content="<!DOCTYPE a><a/>"),
            "document type",
        ),
        (zipped(word__document=" " * 3000 + "<a/>", content=" " * 3000 + "<a/>"), "too large when unpacked"),
    ],
)
def test_what_is_no_such_document_is_refused_in_one_line(fail: Any, name: str, data: bytes, reason: str) -> None:
    assert reason in fail(data, name, max_bytes=100).reason


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_was_damaged_is_refused_in_one_line(fail: Any, method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body/></w:document>")
    damaged = bytearray(made.getvalue())
    # The packed part begins behind its name.
    begins = damaged.index(b"word/document.xml") + len("word/document.xml")
    for place in range(begins, begins + 24):
        damaged[place] ^= 0xFF
    assert "its part word/document.xml cannot be unpacked" in fail(bytes(damaged), "docx").reason


@pytest.mark.extra("striprtf")
def test_raised_and_lowered_figures_of_rich_text_keep_their_meaning(read: Any) -> None:
    data = (
        rb"{\rtf1\ansi 3 \'d7 10{\super 6} tons on 40 km\up6 2\up0 , 10{\super -3} left.\par CO{\sub 2} was 427.\par "
        rb"It fell in 2010.{\super 12} {\super \u233?}t\'e9\super\nosupersub  ended.\par}"
    )
    article = read(data, "rtf")
    assert article.text.split("\n\n") == [
        "3 × 10⁶ tons on 40 km², 10⁻³ left.",
        "CO2 was 427.",
        "It fell in 2010. été ended.",
    ]
    assert "1 note mark" in article.notes[0].detail


@pytest.mark.extra("striprtf")
def test_rich_text_is_read_as_it_is_shown(read: Any) -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Pier closed}{\author Ana Ru\'edz}{\creatim\yr2026\mo3\dy14}}"
        rb"\pard Pier closed\par The pier {\deleted opened }closed at dawn. {\v secretly}It rained{\strike  not}"
        rb" \u8220?hard\u8221? \u-10180?\u-9024? caf"
        + b"\xe9"
        + rb".\par\trowd\cellx100 Mon\cell 12\cell\row End.\par}"
    )
    article = read(data, "rtf")
    assert article.text.split("\n\n") == [
        "Pier closed", "The pier closed at dawn. It rained “hard” 🃀 café.", "Mon | 12", "End.",
    ]  # fmt: skip
    assert (article.publication.title, article.publication.author) == ("Pier closed", "Ana Ruíz")
    assert article.publication.published_at == "2026-03-14"
    assert by_content(data, "-").name == "rtf"


def pdf(*pages: list[tuple[Any, ...]]) -> bytes:
    """A PDF in one font, with lines of text at heights above the foot of the page (points)."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    for page in pages:
        stream = "".join(
            f"BT /F1 {size} Tf {left} {height} Td ({words}) Tj ET\n"
            for height, words, left, size in ((*line, *(72, 12)[len(line) - 2 :]) for line in page)
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}endstream")
        font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F1 {font}>>>>>>"
        )
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
    objects.append("<</Title(Pier closed)/Author(Ana Ruiz)/CreationDate(D:20260314090500Z)>>")
    made, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/Info {size - 1} 0 R>>\n"
    return made + f"{tail}startxref\n{len(made)}\n%%EOF".encode()


@pytest.mark.extra("pdfminer")
def test_a_pdf_is_read_in_paragraphs_without_running_heads(read: Any) -> None:
    weather = ("rain had come", "wind had torn the flags", "nobody had paid")
    pages = [
        [
            (760, "Coast Courier"),
            (700, f"The office said that {why} before Mon-"),
            (686, "day, and closed the pier."),
            (30, f"{day}"),
        ]
        for day, why in enumerate(weather, 1)
    ]
    data = pdf(*pages)
    article = read(data, "pdf")
    assert article.text.split("\n\n") == [
        f"The office said that {why} before Monday, and closed the pier." for why in weather
    ]
    publication = article.publication
    assert (publication.title, publication.author, publication.published_at) == (
        "Pier closed",
        "Ana Ruiz",
        "2026-03-14",
    )
    assert by_content(data, "-").name == "pdf"


@pytest.mark.extra("pdfminer")
def test_a_sentence_of_a_pdf_goes_on_behind_an_indent_a_column_and_a_page(read: Any) -> None:
    first: list[tuple[Any, ...]] = [
        (760, "Pier closed", 72, 24),
        (700, "The mayor said that it was", 84),
        (686, "Ada Reyes who had closed the", 72),
        (672, "pier, and nobody else did so.", 72),
        (658, "Nobody had come to the em-", 84),
        (700, "bankment, she said. No car", 330),
        (686, "has been there since then.", 330),
        (672, "The crew went home and the", 342),
        (658, "ferry stayed where it was in", 330),
    ]
    second: list[tuple[Any, ...]] = [(700, "the rain that fell all week."), (660, "Then the wind came.")]
    assert read(pdf(first, second), "pdf").text.split("\n\n") == [
        "Pier closed",
        "The mayor said that it was Ada Reyes who had closed the pier, and nobody else did so.",
        "Nobody had come to the embankment, she said. No car has been there since then.",
        "The crew went home and the ferry stayed where it was in the rain that fell all week.",
        "Then the wind came.",
    ]


@pytest.mark.extra("pdfminer")
def test_a_heading_of_a_pdf_and_what_follows_in_other_type_stay_apart(read: Any) -> None:
    page: list[tuple[Any, ...]] = [(700, "Pier closed", 72, 24), (660, "by Ana Ruiz, who was there", 72, 12)]
    assert read(pdf(page), "pdf").text == "Pier closed\n\nby Ana Ruiz, who was there"


@pytest.mark.extra("pdfminer")
def test_the_points_of_a_list_in_a_pdf_stay_apart(read: Any) -> None:
    points = ["The mayor asked for", "a) the lower ramp", "b) the upper ramp"]
    page: list[tuple[Any, ...]] = [(700 - 40 * at, point.replace(")", r"\)")) for at, point in enumerate(points)]
    assert read(pdf(page), "pdf").text.split("\n\n") == points


@pytest.mark.extra("pdfminer")
def test_a_pdf_without_text_is_refused_with_what_to_do(fail: Any) -> None:
    assert "OCR" in fail(pdf([]), "pdf").reason
    assert "not the PDF" in fail(b"Words.", "pdf").reason
    assert "cannot be read" in fail(b"%PDF-1.4\nnothing of the kind", "pdf").reason


@pytest.mark.parametrize(("name", "data"), [("pdf", b"%PDF-1.4"), ("rtf", b"{\\rtf1 a}")])
def test_a_missing_library_is_named(fail: Any, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    for module in ("pdfminer.high_level", "striprtf.striprtf"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    assert "pip install 'annotator[documents]'" in fail(data, name).reason
