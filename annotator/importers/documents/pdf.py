"""PDF, by way of pdfminer.six (the extra `documents`): the text in reading order, its lines joined to paragraphs.

Left out and counted are page numbers and the running heads and feet that pages repeat. A scan has no text.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable
from itertools import repeat
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, read_whole
from annotator.importers.documents.extra import needed
from annotator.importers.documents.written import Properties, Written
from annotator.importers.draft import Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.pages.limits import within_limits
from annotator.model.language.unwrapping import unwrap_lines, words_in
from annotator.model.late import NamedTuple

# It logs what it finds wrong in a file, in the file's words; without a handler Python would print that on the screen.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

MOST_PAGES = 1_000
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
              0xAD: "-", 0x02: "-", 0xFFFE: "-", 0x0C: "\n"}  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|s\.)\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|of|von|de)\s*\d{1,4})?", re.IGNORECASE
)
_REPEATED_ON = 3
_LONGEST_HEAD = 80
# In heights of a line: how far its first line stands in, and how far two of one type differ.
_INDENT = 0.5
_SAME_SIZE = 0.1
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»«)\]]*\s*$")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def read_pdf(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is no PDF, is locked, or has no text, and without pdfminer.six."""
    needed("pdfminer.high_level", source.origin)
    data = read_whole(source, options)
    if b"%PDF-" not in data[:1024]:
        raise ImportFailure(source.origin, "not the PDF that its name says: save it again")
    pages, properties = within_limits(source.origin, _read, data, source.origin, what="PDF")
    written = Written()
    for paragraph in _paragraphs(pages, written):
        written.add(paragraph)
    if not written.paragraphs:
        raise ImportFailure(source.origin, "no text in it, as in a scan: let a program recognise its text (OCR) first")
    yield written.draft(properties)


class Box(NamedTuple):
    """Lines that stand together, the height of the first, and the edges of them all (points, upwards)."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float


def _read(data: bytes, origin: str) -> tuple[list[list[Box]], Properties]:
    high_level = needed("pdfminer.high_level", origin)
    layout = needed("pdfminer.layout", origin)
    pages: list[list[Box]] = []
    for page in high_level.extract_pages(io.BytesIO(data), maxpages=MOST_PAGES + 1, laparams=layout.LAParams()):
        if len(pages) == MOST_PAGES:
            raise ImportFailure(origin, f"more than {MOST_PAGES} pages: is this one article?")
        pages.append([_box(found) for found in page if isinstance(found, layout.LTTextContainer)])
    return pages, _properties(data, origin)


def _box(found: Any) -> Box:
    lines = [line for line in found if line.get_text().strip()] if hasattr(found, "__iter__") else []
    edge = min((line.x0 for line in lines), default=found.x0)
    before = ["", *(line.get_text() for line in lines)]
    text = "".join(map(_with_break, before, lines, repeat(edge))) or found.get_text()
    size = lines[0].height if lines else found.height
    return Box(text.translate(_LIGATURES), size, found.x0, found.x1, found.y1, found.y0)


def _with_break(before: str, line: Any, edge: float) -> str:
    """A line's text, behind a blank line where it is indented and a sentence ends before it: it opens a paragraph."""
    indented = line.x0 > edge + _INDENT * line.height
    return f"\n{line.get_text()}" if indented and _ENDED.search(before) else str(line.get_text())


def _paragraphs(pages: list[list[Box]], written: Written) -> Iterable[str]:
    """The paragraphs without what the pages repeat at their edges."""
    edges = Counter(mask for page in pages for mask in {_mask(box.text) for box in (*page[:2], *page[-2:])})
    words = words_in("\n".join(box.text for page in pages for box in page))
    waiting, before = "", None
    for box in (box for page in pages for box in _kept(page, edges, written)):
        first, *others = re.split(r"\n\s*\n", "\n".join(line.strip() for line in box.text.strip().split("\n")))
        if before is not None and _goes_on(before, waiting, box, first):
            waiting = f"{waiting}\n{first}"
        else:
            others = [first, *others]
        for part in others:
            if waiting:
                yield unwrap_lines(waiting, words).text
            waiting = part
        before = box
    if waiting:
        yield unwrap_lines(waiting, words).text


def _kept(page: list[Box], edges: Counter[str], written: Written) -> Iterable[Box]:
    last = len(page) - 1
    for at, box in enumerate(page):
        mask = _mask(box.text)
        if 2 <= at <= last - 2 or not mask:
            yield box
        elif _PAGE_NUMBER.fullmatch(box.text.strip()):
            written.left_out["page number"] += 1
        elif edges[mask] >= _REPEATED_ON:
            written.left_out["running head"] += 1
        else:
            yield box


def _goes_on(before: Box, said: str, box: Box, text: str) -> bool:
    """Whether a paragraph goes on in another box: behind its indented first line, or in another column or page.

    There a small letter, which is not that of a point in a list, follows what no stop ends, in type of the same height.
    """
    if abs(before.size - box.size) > _SAME_SIZE * before.size or _ENDED.search(said):
        return False
    below = 0 <= before.bottom - box.top < before.size and min(before.right, box.right) > max(before.left, box.left)
    indented = below and "\n" not in said and before.left > box.left + _INDENT * before.size
    return indented or (text[:1].islower() and text[1:2] != ")")


def _mask(box: str) -> str:
    """The box as it is on each page but for numbers; empty for one that is longer than a running head."""
    words = " ".join(box.split())
    return re.sub(r"\d+", "0", words) if len(words) <= _LONGEST_HEAD else ""


def _properties(data: bytes, origin: str) -> Properties:
    parser = needed("pdfminer.pdfparser", origin).PDFParser(io.BytesIO(data))
    decode = needed("pdfminer.utils", origin).decode_text
    infos = needed("pdfminer.pdfdocument", origin).PDFDocument(parser).info
    info = infos[0] if infos else {}

    def said(name: str) -> str:
        value = info.get(name)
        return " ".join(decode(value).replace("\0", "").split()) if isinstance(value, bytes) else ""

    made = _DATE.match(said("CreationDate"))
    day = "-".join(filter(None, made.groups())) if made else ""
    return Properties(said("Title"), said("Author"), day)
