"""PDF, by way of pdfminer.six (the extra `documents`): the text in reading order, its lines joined to paragraphs.

Left out and counted are page numbers and the running heads and feet that pages repeat. A scan has no text.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, read_whole
from annotator.importers.documents.extra import needed
from annotator.importers.documents.written import Properties, Written
from annotator.importers.draft import Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.pages.limits import within_limits
from annotator.model.language.unwrapping import unwrap_lines, words_in

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


def _read(data: bytes, origin: str) -> tuple[list[list[str]], Properties]:
    high_level = needed("pdfminer.high_level", origin)
    layout = needed("pdfminer.layout", origin)
    pages: list[list[str]] = []
    for page in high_level.extract_pages(io.BytesIO(data), maxpages=MOST_PAGES + 1, laparams=layout.LAParams()):
        if len(pages) == MOST_PAGES:
            raise ImportFailure(origin, f"more than {MOST_PAGES} pages: is this one article?")
        pages.append([box.get_text().translate(_LIGATURES) for box in page if isinstance(box, layout.LTTextContainer)])
    return pages, _properties(data, origin)


def _paragraphs(pages: list[list[str]], written: Written) -> Iterable[str]:
    """The paragraphs without what the pages repeat at their edges."""
    edges = Counter(mask for page in pages for mask in {_mask(box) for box in (*page[:2], *page[-2:])})
    words = words_in("\n".join(box for page in pages for box in page))
    for page in pages:
        last = len(page) - 1
        for at, box in enumerate(page):
            plain = "\n".join(line.strip() for line in box.strip().split("\n"))
            if at < 2 or at > last - 2:
                if _PAGE_NUMBER.fullmatch(plain):
                    written.left_out["page number"] += 1
                    continue
                if _mask(box) and edges[_mask(box)] >= _REPEATED_ON:
                    written.left_out["running head"] += 1
                    continue
            for part in re.split(r"\n\s*\n", plain):
                yield unwrap_lines(part, words).text


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
