"""Quotations: where quotation marks open and close, over paragraphs too."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.model.late import NamedTuple, dataclass
from annotator.model.span import Span
from annotator.suggesters.reading.grammar import word_list

# The marks of the first level. A single mark counts only where it stands like a mark and not like an apostrophe.
# What begins with a set is searched for quickly: what must stand before a mark is asked behind it.
_ANY = re.compile("[“”„‟«»\"'`‘’]")
_MARK = re.compile(
    rf"""{_ANY.pattern}(?:
    (?<=[“”„‟«»"]) | (?<=')' | (?<=`)`
    | (?<=[‘'])(?<!\w.)(?=\w)
    | (?<=[.,!?;…"”][’'])(?!\w)
    | (?<=\w[’'])(?![\w’'])
    | (?<=‘)
    )""",
    re.VERBOSE,
)
_DOUBLE = frozenset(("“", "”", "„", "‟", "«", "»", '"', "''", "``"))
_OPENING = frozenset(("“", "„", "‟", "«", "``", "‘"))
_CLOSING = frozenset(("”", "»", "’"))
_ENDS = '.,!?…"”'
_BEFORE_OPENING = "([—–-‘'“:/"
# An opening mark this far (code points) behind an unclosed one opens another quotation.
_FAR = 600
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# In how many paragraphs without marks a closing mark is looked for.
_PARAGRAPHS = 6
# A title's length in code points.
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is false where no mark closes it.

    `capital` says that it begins as a sentence does, `title` that it is written as titles are.
    """

    span: Span
    closed: bool
    capital: bool = False
    title: bool = False


class _Mark(NamedTuple):
    """A quotation mark and what it can do where it stands."""

    start: int
    end: int
    opens: bool
    closes: bool


def quotations_of(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations of the first level, in order and disjoint.

    A paragraph that ends inside a quotation is carried on by the next one only where that opens with a mark
    again, or where one of the next few ends with the closing mark and those between have none; otherwise the
    quotation ends with its paragraph, and is not closed.
    """
    found: list[Quotation] = []
    start: int | None = None
    for index, paragraph in enumerate(paragraphs):
        carried = start is not None
        ended = paragraph.start
        for mark in _marks(text, paragraph, inside=carried):
            if mark.start < ended:
                continue
            if start is None:
                start = mark.start if mark.opens else None
            elif mark.start == paragraph.start and carried:
                continue
            elif mark.closes:
                ended = _with_inner_marks(text, mark.end, paragraph.end)
                span = Span(start, ended)
                found.append(Quotation(span, closed=True, capital=_is_capital(text, span), title=_is_title(text, span)))
                start = None
            elif mark.start - start > _FAR:
                start = mark.start
        if (
            start is not None
            and not _carried_on(text, paragraphs, index)
            and not _closed_later(text, paragraphs, index)
        ):
            before = text[paragraph.start : max(start, paragraph.start)].strip()
            if not before or before.endswith(":"):
                span = Span(start, paragraph.end)
                found.append(Quotation(span, closed=False, capital=_is_capital(text, span)))
            start = None
    return found


def may_quote(text: str, span: Span) -> bool:
    """Whether there is any quotation mark in the span, or what could be one."""
    return _ANY.search(text, span.start, span.end) is not None


def _is_capital(text: str, span: Span) -> bool:
    """Whether the first letter or digit of the quotation is a capital."""
    return next((char.isupper() for char in span.slice(text) if char.isalnum()), False)


def _is_title(text: str, span: Span) -> bool:
    """ "The Old Man and the Sea": two capitals or more, and only what joins other words without one."""
    if len(span) > _LONGEST_TITLE:
        return False
    words: list[str] = _WORD.findall(text, span.start, span.end)
    if not words or not words[0][0].isupper():
        return False
    small = word_list("closed", "in_title")
    if any(word[0].islower() and word not in small for word in words):
        return False
    return sum(word[0].isupper() and word != "I" for word in words) > 1


def _with_inner_marks(text: str, end: int, stop: int) -> int:
    """Behind the marks that close inner quotations right behind the outer one's."""
    while end < stop and text[end] in "'’”\"":
        end += 1
    return end


def _marks(text: str, paragraph: Span, *, inside: bool = False) -> list[_Mark]:
    """The marks of a paragraph's quotations: the double ones, and the pairs of single ones that stand outside them.

    Where a paragraph begins `inside` a quotation only the double ones count.
    """
    if not may_quote(text, paragraph):
        return []
    doubles: list[_Mark] = []
    singles: list[_Mark] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = match[0]
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        kind = doubles if mark in _DOUBLE else singles
        kind.append(_Mark(start, end, *_abilities(mark, before, after)))
    if inside or not singles:
        return doubles
    pairs = _paired(text, singles)
    return _mixed(text, pairs, doubles) if doubles else [mark for pair in pairs for mark in pair]


def _mixed(text: str, pairs: list[tuple[_Mark, _Mark]], doubles: list[_Mark]) -> list[_Mark]:
    """Both kinds of marks: a single pair counts around whole inner quotations or outside all others, before a stop."""
    if len(doubles) % 2:
        return doubles
    starts = [mark.start for mark in doubles]
    kept: list[_Mark] = []
    inner: set[int] = set()
    for first, last in pairs:
        # An even number of marks is taken away each time, so that counting all of them tells the same.
        within = range(bisect_right(starts, first.start), bisect_left(starts, last.start))
        if within.start % 2 or len(within) % 2 or text[last.start - 1] not in _ENDS:
            continue
        inner.update(within)
        kept += [first, last]
    outer = [mark for at, mark in enumerate(doubles) if at not in inner]
    return sorted([*kept, *outer], key=lambda mark: mark.start)


def _abilities(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark opens and whether it closes, by the characters around it."""
    if mark in _OPENING:
        # Typists close with an opening mark too: it then follows a stop and has a space behind it.
        closes = not before.isspace() and after.isspace()
        return (mark == "‘" or not closes), (closes and mark != "‘")
    if mark in _CLOSING:
        return False, True
    if before.isspace() and after.isspace():
        return True, True
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    return opens, not opens or (not before.isspace() and not after.isalnum())


def _paired(text: str, marks: list[_Mark]) -> list[tuple[_Mark, _Mark]]:
    """Single marks in pairs: an opening one, and the first behind it that closes before the next one opens."""
    kept: list[tuple[_Mark, _Mark]] = []
    opening: _Mark | None = None
    for mark, following in zip(marks, _deciding(text, marks), strict=True):
        if opening is not None and mark.closes:
            if not _is_apostrophe(text, mark, following):
                kept.append((opening, _Mark(mark.start, mark.end, opens=False, closes=True)))
                opening = None
        elif mark.opens:
            opening = mark
    return kept


def _deciding(text: str, marks: list[_Mark]) -> list[_Mark | None]:
    """For each mark the next one behind it that opens or stands behind a stop."""
    nearest: _Mark | None = None
    found: list[_Mark | None] = []
    for mark in reversed(marks):
        found.append(nearest)
        if mark.opens or text[mark.start - 1] in _ENDS:
            nearest = mark
    return found[::-1]


def _is_apostrophe(text: str, mark: _Mark, following: _Mark | None) -> bool:
    """ "The pilots' fault,'": a small letter follows, and a mark behind a stop closes before another opens."""
    if not text[mark.end : mark.end + 2].strip().islower() or not text[mark.end].isspace():
        return False
    return following is not None and not following.opens


def _carried_on(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    if index + 1 >= len(paragraphs):
        return False
    return text.startswith(("“", '"', "''", "``", "„", "«"), paragraphs[index + 1].start)


def _closed_later(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Whether one of the next paragraphs ends with a mark that closes, and none before it has any."""
    for paragraph in paragraphs[index + 1 : index + 1 + _PARAGRAPHS]:
        doubles = _marks(text, paragraph, inside=True)
        if doubles:
            return len(doubles) == 1 and doubles[0].closes and not doubles[0].opens and doubles[0].end == paragraph.end
    return False
