"""Blocks: every line of an article with what it is, from its looks and from its neighbours.

A block is one line, or a part of one where a credit follows its caption or the markup of the original says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from annotator.model.article import Block, BlockKind
from annotator.model.late import dataclass
from annotator.model.span import Span, trimmed
from annotator.segmentation import furniture, pictures, quotations
from annotator.segmentation.stops import BREAKS

# Lines at the top among which the headline is looked for.
_TOP = 8
_LONGEST_CROSSHEAD = 70
_SHORTEST_DECK = 20


@dataclass(slots=True)
class _Line:
    """One stretch of text, with its kind as far as it is known."""

    span: Span
    text: str
    after_gap: bool
    kind: BlockKind | None = None


def find_blocks(text: str, hints: Sequence[Block] = (), *, headline: bool = True) -> tuple[Block, ...]:
    """The blocks of a text in order; they cover all of it but white space.

    `hints` are blocks whose kind is known, in order and disjoint; they are kept, cut at their line breaks.
    With `headline`, the first line that can be one is the headline unless a hint at the top already is.
    """
    lines = list(_lines(text, hints))
    _classify_looks(lines)
    if headline and all(line.kind is not BlockKind.HEADLINE for line in lines[:_TOP]):
        _classify_headline(lines)
    _classify_top(lines)
    lines = list(_with_credits(lines))
    _classify_captions(lines)
    _classify_tail(lines)
    _classify_quotations(lines, guess=all(hint.kind is not BlockKind.BLOCK_QUOTE for hint in hints))
    _classify_crossheads(lines)
    return tuple(Block(line.span, line.kind or BlockKind.BODY) for line in lines)


def _lines(text: str, hints: Sequence[Block]) -> Iterator[_Line]:
    """Lines that are not blank, cut where a hint begins or ends."""
    index, last = 0, 0
    for begin, behind in _edges(text):
        at = begin
        while at < behind:
            while index < len(hints) and hints[index].span.end <= at:
                index += 1
            hint = hints[index] if index < len(hints) else None
            inside = hint is not None and hint.span.start <= at
            edge = behind if hint is None else hint.span.end if inside else hint.span.start
            end = min(edge, behind)
            span = trimmed(text, at, end)
            if span:
                gap = text.count("\n", last, span.start) > 1
                yield _Line(span, span.slice(text), gap, hint.kind if hint is not None and inside else None)
                last = span.end
            at = end


def _edges(text: str) -> Iterator[tuple[int, int]]:
    """Where each line starts, and where it ends without its break."""
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, at + len(line.rstrip(BREAKS))
        at += len(line)


def _classify_looks(lines: list[_Line]) -> None:
    """What a line is by its own looks, wherever it stands."""
    for index, line in enumerate(lines):
        if line.kind is not None:
            continue
        if pictures.is_credit(line.text):
            line.kind = BlockKind.CREDIT
        elif furniture.is_boilerplate(line.text) or _is_navigation(lines, index):
            line.kind = BlockKind.BOILERPLATE
        elif furniture.is_sign_off(line.text):
            line.kind = BlockKind.BYLINE
        elif pictures.is_caption(line.text):
            line.kind = BlockKind.CAPTION
        elif line.text.startswith("> ") or line.text == ">":
            line.kind = BlockKind.BLOCK_QUOTE


def _is_navigation(lines: list[_Line], index: int) -> bool:
    """Whether a line is a bar of links: a row of a table has another row beside it."""
    beside = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    return furniture.is_bar(lines[index].text) and not any(furniture.is_bar(line.text) for line in beside)


def _classify_headline(lines: list[_Line]) -> None:
    """The first line that is not boilerplate, if it can be a headline and something follows it."""
    for index, line in enumerate(lines[:_TOP]):
        if line.kind is BlockKind.BOILERPLATE:
            continue
        if line.kind is None and index + 1 < len(lines) and furniture.is_heading(line.text):
            line.kind = BlockKind.HEADLINE
        return


def _classify_top(lines: list[_Line]) -> None:
    """Bylines and date lines, which stand above the first long paragraph or below the last; and a deck."""
    prose = [index for index, line in enumerate(lines) if line.kind is None and _is_prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    for index, line in enumerate(lines):
        if line.kind is not None or first < index < last:
            continue
        under_byline = 0 < index < first and lines[index - 1].kind is BlockKind.BYLINE
        if furniture.is_byline(line.text) or (under_byline and furniture.is_affiliation(line.text)):
            line.kind = BlockKind.BYLINE
    for line, after in pairwise(lines[: first + 1]):
        if line.kind is None and after.kind is BlockKind.BYLINE and furniture.is_name(line.text):
            line.kind = BlockKind.BYLINE
    for title, line, after in zip(lines, lines[1 : first + 1], lines[2:], strict=False):
        if title.kind is not BlockKind.HEADLINE or line.kind is not None or not furniture.is_subheading(line.text):
            continue
        if (
            pictures.tail_credit(line.text) is None
            and len(line.text) >= _SHORTEST_DECK
            and (after.kind is BlockKind.BYLINE or _is_prose(after))
        ):
            line.kind = BlockKind.HEADLINE
            return


def _is_prose(line: _Line) -> bool:
    return len(line.text) > 100 and furniture.ends_with_stop(line.text)


def _with_credits(lines: list[_Line]) -> Iterator[_Line]:
    """The lines again, with a credit at the end of a caption's line as a line of its own."""
    for line in lines:
        cut = pictures.tail_credit(line.text) if line.kind in (None, BlockKind.CAPTION) else None
        if cut is None:
            yield line
            continue
        start = line.span.start
        front = line.text[:cut].rstrip()
        yield _Line(Span(start, start + len(front)), front, line.after_gap, BlockKind.CAPTION)
        yield _Line(Span(start + cut, line.span.end), line.text[cut:], after_gap=False, kind=BlockKind.CREDIT)


def _classify_captions(lines: list[_Line]) -> None:
    """A line before a credit is its caption: where they alone touch, else where it looks like one."""
    apart = 2 * sum(line.after_gap for line in lines) > len(lines)
    for line, credit in pairwise(lines):
        if line.kind is not None or credit.kind is not BlockKind.CREDIT or len(line.text) > pictures.LONGEST_CAPTION:
            continue
        if furniture.is_list_item(line.text) or pictures.is_source(credit.text):
            continue
        looks = not furniture.ends_with_stop(line.text) or pictures.points_into_picture(line.text)
        if looks or (apart and not credit.after_gap):
            line.kind = BlockKind.CAPTION


def _classify_tail(lines: list[_Line]) -> None:
    """Below a heading for comments everything is boilerplate; below a list of links, the links are."""
    commented = listing = False
    for index, line in enumerate(lines):
        if commented and line.kind is not BlockKind.CREDIT:
            line.kind = BlockKind.BOILERPLATE
        elif line.kind is BlockKind.BOILERPLATE:
            if furniture.is_comments_heading(line.text):
                commented = not any(_is_prose(later) and later.kind is None for later in lines[index + 1 : index + 4])
            listing = 2 * index >= len(lines) and (listing or furniture.heads_links(line.text))
        else:
            listing = listing and line.kind is None and furniture.is_link(line.text)
            if listing:
                line.kind = BlockKind.BOILERPLATE


def _classify_quotations(lines: list[_Line], *, guess: bool) -> None:
    """Introductions and the block quotes behind them; extents are guessed only where no markup gives them."""
    author_speaks = False
    unheard: list[str] = []
    for index, (line, after) in enumerate(pairwise(lines)):
        if line.kind is not None:
            continue
        unheard.append(line.text)
        if not quotations.introduces(line.text):
            continue
        author_speaks = author_speaks or any(map(quotations.speaks, unheard))
        unheard.clear()
        if after.kind is None and guess and not furniture.is_list_item(after.text):
            behind = lines[index + 1 : index + 1 + quotations.LONGEST]
            size = quotations.extent(line.text, _own_paragraphs(behind), author_speaks=author_speaks)
            for quoted in behind[:size]:
                quoted.kind = BlockKind.BLOCK_QUOTE
        quoted_next = after.kind is BlockKind.BLOCK_QUOTE or (after.kind is None and quotations.opens(after.text))
        if quoted_next and quotations.is_short(line.text):
            line.kind = BlockKind.QUOTE_INTRO


def _own_paragraphs(lines: list[_Line]) -> list[str]:
    """The texts up to the first line that is something else."""
    own = takewhile(lambda line: line.kind is None and not quotations.introduces(line.text), lines)
    return [line.text for line in own]


def _classify_crossheads(lines: list[_Line]) -> None:
    """A short line with no stop between paragraphs of prose is a heading inside the article."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            line.kind is None
            and len(line.text) <= _LONGEST_CROSSHEAD
            and line.after_gap
            and after.after_gap
            and _is_prose(before)
            and _is_prose(after)
            and furniture.is_subheading(line.text)
        ):
            line.kind = BlockKind.HEADLINE
