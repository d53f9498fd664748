"""Units: a sentence of the narrative, with each quotation that it holds folded into one token."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotator.model.article import BlockKind, Segmentation
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.suggesters.reading.context import FOLDED
from annotator.suggesters.reading.quotations import Quotation, quotations_of
from annotator.suggesters.reading.tagging import code_of, lower_of, tags_of
from annotator.suggesters.reading.words import Words, words_of

LONGEST = 500
"""No sentence of prose has more tokens. A longer one is read in parts, because rules look through all of a unit."""

# How far before its end a part is looked through for a mark to end behind.
_BEFORE_END = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A narrative sentence: tokens with offsets, one tag a token; a folded quotation has the tag Q.

    `quotations` are keyed by token, `paragraph` is the number of the block, and `outlets` are the words of the
    publisher's name, in lower case. A unit that is not `whole` is a part of a sentence of more tokens than LONGEST.
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    lowers: list[str]
    tags: str
    quotations: dict[int, Quotation]
    kind: BlockKind
    paragraph: int
    outlets: frozenset[str] = frozenset()
    whole: bool = True

    def span(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another (both included)."""
        return Span(self.starts[first], self.ends[last])


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules read it."""

    text: str
    tokens: Words
    quotations: list[Quotation]
    units: list[Unit]
    segmentation: Segmentation


def read(text: str, segmentation: Segmentation, *, publisher: str = "") -> Reading:
    """The units of a text, in order; sentences that one quotation joins are one unit."""
    tokens = words_of(text)
    blocks, sentences = segmentation.blocks, segmentation.sentences
    quotations = quotations_of(text, [block.span for block in blocks if block.kind is not BlockKind.BOILERPLATE])
    outlets = frozenset(word.lower() for word in publisher.split() if word[0].isupper())
    units: list[Unit] = []
    at = quote_at = block_at = 0
    while at < len(sentences):
        kind, span = sentences[at].kind, sentences[at].span
        while quote_at < len(quotations) and quotations[quote_at].span.end <= span.start:
            quote_at += 1
        last_quote = quote_at
        while last_quote < len(quotations) and quotations[last_quote].span.start < span.end:
            while at + 1 < len(sentences) and sentences[at + 1].span.start < quotations[last_quote].span.end:
                at += 1
                span = Span(span.start, sentences[at].span.end)
            last_quote += 1
        while block_at + 1 < len(blocks) and blocks[block_at + 1].span.start <= span.start:
            block_at += 1
        span = _behind_openers(text, span, paragraph=blocks[block_at].span.start == span.start)
        folded = _folded(tokens, text, span, quotations[quote_at:last_quote])
        units += _tagged(*folded, kind, block_at, outlets)
        at += 1
    return Reading(text, tokens, quotations, units, segmentation)


def _behind_openers(text: str, span: Span, *, paragraph: bool) -> Span:
    """A sentence without what stands before its words; `paragraph` where it is the first one of a paragraph."""
    if text[span.start] in _SIGNS:
        span = _behind_signs(text, span)
    return _behind_dateline(text, span) if paragraph else span


_SIGNS = ">•▪●◦‣·*"
# An asterisk with no blank behind it may be half of what makes words bold.
_SIGNED = re.compile(r"(?:[>•▪●◦‣·]+\s*|\*\s+)+")


def _behind_signs(text: str, span: Span) -> Span:
    """A sentence without what heads a point of a list, or in subtitles another speaker (">>"): nobody says that."""
    found = _SIGNED.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found is not None and found.end() < span.end else span


_TOWN = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}(?:, [^,()\n—–]{2,30}){0,3}"
_AGENCY = r" ?\([^()\n]{2,40}\)"
_DATELINE = re.compile(rf"{_TOWN}(?:(?:{_AGENCY})? ?(?:—|–|--) ?|{_AGENCY} - )(?=[A-Z0-9“\"‘'])")


def _behind_dateline(text: str, span: Span) -> Span:
    """A paragraph's first sentence without "LARCH HOLLOW, July 29 (Example Wire) —": nobody says that."""
    found = _DATELINE.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found is not None else span


def inner_units(reading: Reading, quotation: Quotation, within: Span | None = None) -> list[Unit]:
    """The sentences inside a quotation as units, without its marks; only those that overlap `within`, where given."""
    start, end = quotation.span.start + 1, quotation.span.end
    while end > start and reading.text[end - 1] in _INNER_MARKS:
        end -= 1
    since, until = (start, end) if within is None else (max(start, within.start), min(end, within.end))
    sentences = reading.segmentation.sentences
    at = max(bisect_right(sentences, since, key=lambda sentence: sentence.span.start) - 1, 0)
    units: list[Unit] = []
    while at < len(sentences) and sentences[at].span.start < until:
        first, last = max(sentences[at].span.start, start), min(sentences[at].span.end, end)
        if first < last and reading.text[first:last].strip():
            folded = _folded(reading.tokens, reading.text, Span(first, last), [])
            units += _tagged(*folded, sentences[at].kind, at, frozenset())
        at += 1
    return [unit for unit in units if unit.tags]


_INNER_MARKS = "\"”’'» "


def _folded(tokens: Words, text: str, span: Span, quotations: list[Quotation]) -> tuple[Words, dict[int, Quotation]]:
    """The tokens of a sentence in which each quotation is one, and the quotations by the numbers of these."""
    at, stop = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
    if not quotations:
        return _part(tokens, at, stop), {}
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    lowers: list[str] = []
    codes: list[str] = []
    folded: dict[int, Quotation] = {}
    for quotation in quotations:
        until = bisect_left(tokens.starts, quotation.span.start)
        before = _part(tokens, at, until)
        folded[len(starts) + len(before.starts)] = quotation
        starts += [*before.starts, quotation.span.start]
        ends += [*before.ends, quotation.span.end]
        forms += [*before.forms, FOLDED]
        lowers += [*before.lowers, lower_of(FOLDED)]
        codes += [before.codes, code_of(FOLDED)]
        inner = quotation.span.slice(text).rstrip(_INNER_MARKS)[-1:]
        if inner in _STOPS:
            # The mark inside the quotation ends the clause outside it too.
            starts.append(quotation.span.end - 1)
            ends.append(quotation.span.end)
            forms.append(inner)
            lowers.append(inner)
            codes.append(code_of(inner))
        at = max(until, bisect_left(tokens.starts, quotation.span.end))
    rest = _part(tokens, at, stop)
    made = Words(
        starts + rest.starts,
        ends + rest.ends,
        forms + rest.forms,
        lowers + rest.lowers,
        "".join([*codes, rest.codes]),
    )
    return made, folded


def _part(tokens: Words, first: int, end: int) -> Words:
    """The tokens `[first, end)`."""
    starts, ends, forms, lowers, codes = tokens
    return Words(starts[first:end], ends[first:end], forms[first:end], lowers[first:end], codes[first:end])


_STOPS = (",", "?", "!", ".")


def _tagged(
    tokens: Words, quotations: dict[int, Quotation], kind: BlockKind, paragraph: int, outlets: frozenset[str]
) -> list[Unit]:
    """The unit that the tokens are, or the parts of it where they are too many."""
    starts, ends, forms, lowers, _ = tokens
    if len(forms) <= LONGEST:
        return [Unit(starts, ends, forms, lowers, _tags(tokens, kind), quotations, kind, paragraph, outlets)]
    return [
        Unit(*part[:4], _tags(part, kind), held, kind, paragraph, outlets, whole=False)
        for part, held in _parts(tokens, quotations)
    ]


def _tags(tokens: Words, kind: BlockKind) -> str:
    forms = tokens.forms
    title_case = kind is BlockKind.HEADLINE and sum(form[0].isupper() for form in forms) * 2 > len(forms)
    return tags_of(forms, tokens.lowers, tokens.codes, title_case=title_case)


def _parts(tokens: Words, quotations: dict[int, Quotation]) -> Iterator[tuple[Words, dict[int, Quotation]]]:
    """The tokens in parts of LONGEST at most; each ends behind a comma or the like where one is near."""
    forms = tokens.forms
    places = sorted(quotations)
    first = 0
    while first < len(forms):
        end = min(first + LONGEST, len(forms))
        if end < len(forms):
            end = next((at + 1 for at in range(end - 1, end - _BEFORE_END, -1) if forms[at] in _PARTING), end)
        inside = places[bisect_left(places, first) : bisect_left(places, end)]
        yield _part(tokens, first, end), {at - first: quotations[at] for at in inside}
        first = end


_PARTING = (",", ";", ":", "—", "–")
