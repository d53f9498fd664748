"""What a page leaves to the browser is written out: quotation marks, readings of characters, preformatted lines."""

from __future__ import annotations

import re
from typing import Any

_QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›「『"
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_MARKS = {
    "de": ("„“", "‚‘"),
    "cs": ("„“", "‚‘"),
    "sk": ("„“", "‚‘"),
    "pl": ("„”", "«»"),
    "fr": ("«»", "“”"),
    "es": ("«»", "“”"),
    "it": ("«»", "“”"),
    "pt": ("“”", "‘’"),
    "ru": ("«»", "„“"),
    "uk": ("«»", "„“"),
    "el": ("«»", "“”"),
    "ar": ("”“", "’‘"),
    "ja": ("「」", "『』"),
    "sv": ("””", "’’"),
    "fi": ("””", "’’"),
}
_ENGLISH = ("“”", "‘’")


_HEADING_ELEMENTS = ("div", "span", "p", "a")


def write_out_headings(tree: Any) -> None:
    """Make a heading of the rank that `aria-level` says, else the second, of what is one by its `role` alone."""
    for element in tree.xpath("//*[@role='heading']"):
        if element.tag in _HEADING_ELEMENTS:
            level = (element.get("aria-level") or "").strip()
            element.tag = f"h{level}" if level in ("1", "2", "3", "4", "5", "6") else "h2"


def write_out_quotations(tree: Any, language: str) -> None:
    """Give the words of each `q` the marks that a browser would show for the language, unless they have marks."""
    marks = _MARKS.get(language[:2].lower(), _ENGLISH)
    for quote in list(tree.iter("q")):
        if not quote.text_content().lstrip().startswith(tuple(_QUOTATION_MARKS)):
            opening, closing = tuple(marks[next(quote.iterancestors("q"), None) is not None])
            quote.text = opening + (quote.text or "")
            if len(quote):
                quote[-1].tail = (quote[-1].tail or "") + closing
            else:
                quote.text += closing
    for quote in list(tree.iter("q")):
        quote.tag = "span"


def write_out_readings(tree: Any) -> None:
    """Set the readings of a `ruby` behind its characters, in brackets, so that the word stays whole."""
    for ruby in list(tree.iter("ruby")):
        if ruby.find(".//p") is not None or ruby.find(".//ruby") is not None:
            # Never closed: what follows is no part of it.
            ruby.tag = "span"
            continue
        for bracket in list(ruby.iter("rp")):
            bracket.clear(keep_tail=True)
        readings = list(ruby.iter("rt"))
        said = "".join("".join(reading.itertext()).strip() for reading in readings)
        for reading in readings:
            reading.clear(keep_tail=True)
        base = "".join("".join(ruby.itertext()).split())
        for child in list(ruby):
            ruby.remove(child)
        ruby.text, ruby.tag = f"{base}({said})" if said else base, "span"


def write_out_lines(tree: Any, *, unwrap: bool) -> None:
    """Make paragraphs with line breaks of what is in each `pre`; with `unwrap`, paragraphs of one line."""
    for pre in list(tree.iter("pre")):
        paragraphs = _BLANK_LINE.split(pre.text_content().strip())
        for child in list(pre):
            pre.remove(child)
        pre.tag, pre.text = "div", None
        for paragraph in paragraphs:
            made = pre.makeelement("p")
            first, *others = [paragraph] if unwrap else paragraph.splitlines() or [""]
            made.text = first
            for line in others:
                broken = pre.makeelement("br")
                broken.tail = line
                made.append(broken)
            pre.append(made)
