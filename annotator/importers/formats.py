"""The registry of formats: one row each, and how a file's is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.delimited import read_delimited
from annotator.importers.draft import Drafts
from annotator.importers.json_lines import read_json, read_json_lines
from annotator.importers.markdown import read_markdown
from annotator.importers.options import ImportOptions
from annotator.importers.plain_text import read_plain_text
from annotator.importers.web_page import read_web_page
from annotator.model.late import dataclass

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


def _parquet(source: Source, options: ImportOptions) -> Drafts:
    module = import_module("annotator.importers.parquet_rows")
    yield from module.read_parquet(source, options)


def _document(name: str) -> Callable[[Source, ImportOptions], Drafts]:
    """The reader of a word processor's format; what it imports is imported when there is such a file."""

    def read(source: Source, options: ImportOptions) -> Drafts:
        module = import_module(f"annotator.importers.documents.{name}")
        yield from getattr(module, f"read_{name}")(source, options)

    return read


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes of its files (lower case), its media types, and its reader.

    A reader takes a seekable source and yields drafts and failures; it raises ImportFailure where it cannot go on.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Callable[[Source, ImportOptions], Drafts]


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("text", (".txt", ".text"), ("text/plain",), read_plain_text),
        Format("markdown", (".md", ".markdown"), ("text/markdown", "text/x-markdown"), read_markdown),
        Format("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), read_web_page),
        Format(
            "jsonl",
            (".jsonl", ".ndjson"),
            ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
            read_json_lines,
        ),
        Format("json", (".json",), ("application/json", "application/ld+json"), read_json),
        Format("csv", (".csv", ".tsv", ".tab"), ("text/csv", "text/tab-separated-values"), read_delimited),
        Format("parquet", (".parquet",), ("application/vnd.apache.parquet",), _parquet),
        Format("docx", (".docx", ".docm"), (_WORD,), _document("docx")),
        Format("odt", (".odt", ".ott"), (_OPEN_DOCUMENT,), _document("odt")),
        Format("rtf", (".rtf",), ("application/rtf", "text/rtf"), _document("rtf")),
        Format("pdf", (".pdf",), ("application/pdf",), _document("pdf")),
    )
}
"""By name."""

# What --format could not read, because it is no text, or would read with all that is around its text.
_SAVE_AS = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpd", ".pages", ".sxw", ".fodt", ".gdoc"), "docx or odt"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods", ".numbers"), "csv"),
    **dict.fromkeys((".epub", ".mobi", ".mht", ".mhtml", ".webarchive"), "html"),
    **dict.fromkeys((".eml", ".msg", ".mbox", ".xml", ".rss", ".atom", ".rdf", ".newsml", ".nitf"), "text or html"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".ps", ".djvu"), "pdf or text"),
}
_PAGE = re.compile(
    rb"\s*(?:<!doctype html|<\?xml[^>]*>\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype )?html|<html|<head|<body)",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*\{)")
_DOCUMENTS = {
    "pdf": re.compile(rb"%PDF-"),
    "rtf": re.compile(rb"\{\\rtf"),
    "odt": re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL),
    "docx": re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/)", re.DOTALL),
}
_WRAPPED = {
    "XML of a kind that is not read (a feed, a newswire's file)": re.compile(
        rb"\s*<(?:\?xml|rss|feed|rdf:RDF|newsItem|newsMessage|NewsML|nitf)\b", re.IGNORECASE
    ),
    "an e-mail": re.compile(rb"(?:[\w-]{1,40}:.*\n(?:[ \t].*\n)*)*?MIME-Version:", re.IGNORECASE),
}
"""What holds a text among much that is none."""
_MARKS = b"\xef\xbb\xbf"


def named_format(name: str) -> Format:
    """The format with this name; raises ImportFailure where there is none."""
    if name not in FORMATS:
        raise ImportFailure("--format", f"no format {name!r} (known: {', '.join(FORMATS)})")
    return FORMATS[name]


def by_suffix(path: str) -> Format | None:
    """The format of files that are named so."""
    suffix = PurePath(path).suffix.lower()
    return next((row for row in FORMATS.values() if suffix in row.suffixes), None)


def save_as(path: str) -> str:
    """What the program that made a file of this suffix can save it as, to be read; empty for all others."""
    return _SAVE_AS.get(PurePath(path).suffix.lower(), "")


def by_media_type(media_type: str, path: str) -> Format | None:
    """The format of what a server calls so; for plain text a known suffix says more."""
    found = next((row for row in FORMATS.values() if media_type in row.media_types), None)
    return by_suffix(path) or found if found is FORMATS["text"] else found


def by_content(start: bytes, origin: str) -> Format:
    """The format of what begins so: a web page, JSON, a document, or else plain text.

    Raises ImportFailure, which names the origin, for what holds a text among much else: a feed, an e-mail.
    """
    start = start.removeprefix(_MARKS)
    document = next((name for name, beginning in _DOCUMENTS.items() if beginning.match(start)), None)
    if document is not None:
        return FORMATS[document]
    if _PAGE.match(start):
        return FORMATS["html"]
    if _JSON.match(start):
        return FORMATS["jsonl" if _is_object(start.split(b"\n", 1)[0]) else "json"]
    for wrapped, beginning in _WRAPPED.items():
        if beginning.match(start):
            raise ImportFailure(origin, f"{wrapped}: save the article in it as text or html, and import that")
    return FORMATS["text"]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
