"""Units: a sentence of the narrative, with each quotation that it holds folded into one token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from annotator.model.article import BlockKind, Segmentation
from annotator.model.span import Span
from annotator.suggesters.quotations import Quotation, quotations_of
from annotator.suggesters.tagging import tags_of
from annotator.suggesters.words import Words, words_of

FOLDED = "QQ"


@dataclass(frozen=True, slots=True)
class Unit:
    """A narrative sentence: tokens with offsets, one tag a token; a folded quotation has the tag Q."""

    starts: list[int]
    ends: list[int]
    forms: list[str]
    lowers: list[str]
    tags: str
    quotations: dict[int, Quotation]
    kind: BlockKind
    paragraph: int

    def span(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another (both included)."""
        return Span(self.starts[first], self.ends[last])


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules read it."""

    text: str
    words: Words
    quotations: list[Quotation]
    units: list[Unit]
    segmentation: Segmentation


def inner_units(reading: Reading, quotation: Quotation) -> list[Unit]:
    """The sentences inside a quotation as units, without its marks."""
    start, end = quotation.span.start + 1, quotation.span.end
    while end > start and reading.text[end - 1] in "\"”’'» ":
        end -= 1
    sentences = reading.segmentation.sentences
    at = max(bisect_right(sentences, start, key=lambda sentence: sentence.span.start) - 1, 0)
    units = []
    while at < len(sentences) and sentences[at].span.start < end:
        first, last = max(sentences[at].span.start, start), min(sentences[at].span.end, end)
        if first < last and reading.text[first:last].strip():
            units.append(_unit(reading.text, reading.words, Span(first, last), [], sentences[at].kind, at))
        at += 1
    return [unit for unit in units if unit.tags]


def read(text: str, segmentation: Segmentation) -> Reading:
    """The units of a text, in order; sentences that one quotation joins are one unit."""
    words = words_of(text)
    blocks = [block for block in segmentation.blocks if block.kind is not BlockKind.BOILERPLATE]
    quotations = quotations_of(text, [block.span for block in blocks])
    units: list[Unit] = []
    sentences = segmentation.sentences
    at = quote_at = block_at = 0
    while at < len(sentences):
        first = sentences[at]
        start, end = first.span.start, first.span.end
        while quote_at < len(quotations) and quotations[quote_at].span.end <= start:
            quote_at += 1
        last_quote = quote_at
        while last_quote < len(quotations) and quotations[last_quote].span.start < end:
            quote_end = quotations[last_quote].span.end
            while at + 1 < len(sentences) and sentences[at + 1].span.start < quote_end:
                at += 1
                end = sentences[at].span.end
            last_quote += 1
        while block_at + 1 < len(segmentation.blocks) and segmentation.blocks[block_at + 1].span.start <= start:
            block_at += 1
        units.append(_unit(text, words, Span(start, end), quotations[quote_at:last_quote], first.kind, block_at))
        at += 1
    return Reading(text, words, quotations, units, segmentation)


def _unit(text: str, words: Words, span: Span, quotations: list[Quotation], kind: BlockKind, paragraph: int) -> Unit:
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    folded: dict[int, Quotation] = {}
    at = bisect_left(words.starts, span.start)
    stop = bisect_left(words.starts, span.end)
    for quotation in quotations:
        until = bisect_left(words.starts, quotation.span.start)
        starts += words.starts[at:until]
        ends += words.ends[at:until]
        forms += words.forms[at:until]
        folded[len(starts)] = quotation
        starts.append(quotation.span.start)
        ends.append(quotation.span.end)
        forms.append(FOLDED)
        inner = text[quotation.span.start : quotation.span.end].rstrip("\"”’'» ")[-1:]
        if inner in ",?!.":
            # The mark inside the quotation ends the clause outside it too.
            starts.append(quotation.span.end - 1)
            ends.append(quotation.span.end)
            forms.append(inner)
        at = max(until, bisect_left(words.starts, quotation.span.end))
    starts += words.starts[at:stop]
    ends += words.ends[at:stop]
    forms += words.forms[at:stop]
    capitals = sum(form[0].isupper() for form in forms)
    title_case = kind is BlockKind.HEADLINE and capitals * 2 > len(forms)
    return Unit(
        starts, ends, forms, [form.lower().replace("’", "'") for form in forms],
        tags_of(forms, title_case=title_case), folded, kind, paragraph,
    )  # fmt: skip
