"""Quotations: where quotation marks open and close, over paragraphs too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.span import Span

# The marks that open and close at the first level. A single straight or curly mark counts only where
# it stands like a mark and not like an apostrophe.
_MARK = re.compile(r"[“”„‟«»\"]|''|``|(?<!\w)[‘'](?=\w)|(?<=[.,!?;…])[’'](?!\w)|(?<=\w)[’'](?![\w’'])|‘")
_OPENING = frozenset("“„‟«``")
_DOUBLE = frozenset(("“", "”", "„", "‟", "«", "»", '"', "''", "``"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is false where no mark closes it."""

    span: Span
    closed: bool


def quotations_of(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """The quotations of the first level, in order and disjoint.

    A paragraph that ends inside a quotation is carried on by the next one only where that opens with a mark
    again; otherwise the quotation ends with its paragraph, and is not closed.
    """
    found: list[Quotation] = []
    start: int | None = None
    for index, paragraph in enumerate(paragraphs):
        marks = _marks(text, paragraph)
        carried = start is not None
        for mark in marks:
            if start is None:
                if mark.opens:
                    start = mark.start
            elif carried and mark.start == paragraph.start:
                continue
            elif mark.closes or (mark.opens and not mark.ambiguous and _gap_ends(text, start, mark.start)):
                if mark.closes:
                    end = mark.end
                    while end < paragraph.end and text[end] in "'’”\"":
                        end += 1
                    found.append(Quotation(Span(start, end), closed=True))
                    start = None
                else:
                    start = mark.start
        if start is not None and not _carried_on(text, paragraphs, index):
            if start < paragraph.start or _opens_paragraph(text, paragraph, start):
                found.append(Quotation(Span(start, paragraph.end), closed=False))
            start = None
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def ambiguous(self) -> bool:
        return self.opens and self.closes


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """The double marks of a paragraph, or its single ones where it has no double ones."""
    matches = [match for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
    doubles = [match for match in matches if match.group() in _DOUBLE]
    marks = []
    for match in doubles or matches:
        mark, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if mark in ("“", "„", "‟", "«", "``", "‘"):
            # Typists close with an opening mark too: it then follows a stop and has a space behind it.
            opens, closes = (False, True) if not before.isspace() and after.isspace() else (True, False)
        elif mark in ("”", "»"):
            opens, closes = False, True
        elif mark == "’":
            opens, closes = False, True
        else:
            opens = (before.isspace() or before in "([—–-‘'“:/") and not after.isspace()
            closes = not opens or (not before.isspace() and not after.isalnum())
            if before.isspace() and after.isspace():
                opens = closes = True
        marks.append(_Mark(start, end, opens, closes))
    if not doubles:
        return _paired(text, marks)
    return marks


def _paired(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Single marks that make pairs: an opening one and, before the next opening one, the last that can close."""
    kept: list[_Mark] = []
    at = 0
    while at < len(marks):
        if marks[at].opens:
            closing = None
            for other in marks[at + 1 :]:
                if other.opens and not other.closes:
                    break
                if other.closes and not (text[other.start - 1] == "s" and closing is not None):
                    closing = other
                    break
            if closing is not None:
                kept += [marks[at], _Mark(closing.start, closing.end, opens=False, closes=True)]
                at = marks.index(closing)
        at += 1
    return kept


def _gap_ends(text: str, start: int, at: int) -> bool:
    """Whether an opening mark inside an open quotation more likely starts a new one."""
    return at - start > 600


def _opens_paragraph(text: str, paragraph: Span, start: int) -> bool:
    return not text[paragraph.start : start].strip() or text[paragraph.start : start].rstrip().endswith(":")


def _carried_on(text: str, paragraphs: list[Span], index: int) -> bool:
    if index + 1 >= len(paragraphs):
        return False
    following = paragraphs[index + 1]
    return text[following.start : following.start + 2].startswith(("“", '"', "''", "``", "„", "«"))
