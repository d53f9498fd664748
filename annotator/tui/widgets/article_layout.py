"""An article laid out for a width: rows of text with the offsets they show. Pure, so it is tested without a screen."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from annotator.model.article import Block, BlockKind, Claim
from annotator.model.late import NamedTuple
from annotator.model.span import Span
from annotator.model.text import neutral_text
from annotator.tui.widgets.cells import cell_len

GUTTER = 2
"""Cells at the left of every row: the present claim's sign."""

SIGN = 2
"""Cells in front of each claim: its state and its flag."""

_WORD = re.compile(r"\n|[^\S\n]*[^\s]+|[^\S\n]+")


class Chunk(NamedTuple):
    """A piece of a row: text `[start, end)`, or (where `claim` is set) the place of that claim's sign."""

    start: int
    end: int
    claim: int | None = None


class Row(NamedTuple):
    """One row: its chunks, the kind of its block, and the claims that it shows a part of."""

    chunks: tuple[Chunk, ...]
    kind: BlockKind
    claims: tuple[int, ...]


class Layout(NamedTuple):
    """All rows of an article at one width in cells, and the first and last row of each of the claims."""

    claims: Sequence[Claim]
    width: int
    rows: tuple[Row, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    shown: str
    """The article's text as a screen may show it: offset for offset."""
    ends: tuple[int, ...]
    """Up to which offset each row and those before it show the text."""

    def row_at(self, offset: int) -> int:
        """The row that shows an offset (or what follows it)."""
        return max(0, min(bisect_right(self.ends, offset), len(self.rows) - 1))

    def rows_of(self, span: Span) -> range:
        """The rows that show any of a span."""
        behind = bisect_left(self.ends, span.end)
        # Blanks where a row is broken are on none: a span that ends among them ends in the row before.
        if behind < len(self.rows) and any(chunk.start < span.end for chunk in self.rows[behind].chunks[:1]):
            behind += 1
        return range(bisect_right(self.ends, span.start), behind)


def lay_out(text: str, blocks: Sequence[Block], claims: Sequence[Claim], width: int) -> Layout:
    """Wrap the blocks to `width` cells, gutter included; a sign stands before each claim and stays with its word."""
    shown = neutral_text(text)
    starts = {claim.span.start: index for index, claim in enumerate(claims)}
    rows: list[Row] = []
    for number, block in enumerate(blocks):
        if number and text.count("\n", blocks[number - 1].span.end, block.span.start) > 1:
            rows.append(Row((), block.kind, ()))
        room = max(10, width - GUTTER - (2 if block.kind is BlockKind.BLOCK_QUOTE else 0))
        rows += _rows_of(shown, block, starts, claims, room)
    first = [-1] * len(claims)
    last = [0] * len(claims)
    for number, row in enumerate(rows):
        for index in row.claims:
            first[index] = number if first[index] < 0 else first[index]
            last[index] = number
    ends = accumulate((row.chunks[-1].end if row.chunks else 0 for row in rows), max)
    return Layout(claims, width, tuple(rows), tuple(max(0, row) for row in first), tuple(last), shown, tuple(ends))


def _rows_of(shown: str, block: Block, starts: dict[int, int], claims: Sequence[Claim], room: int) -> list[Row]:
    rows: list[list[Chunk]] = [[]]
    used = 0
    for token in _tokens(shown, block.span, starts):
        start, end, claim = token
        if shown[start:end] == "\n":
            rows.append([])
            used = 0
            continue
        sign = SIGN if claim is not None else 0
        width = cell_len(shown[start:end])
        if used and used + sign + width > room:
            rows.append([])
            used = 0
        if not used:
            while start < end and shown[start].isspace():
                start += 1
            if start == end:
                continue
            width = cell_len(shown[start:end])
        if claim is not None:
            while start < end and shown[start].isspace():
                # The blank before a claim's sign belongs to the row, not to the claim.
                rows[-1].append(Chunk(start, start + 1))
                start, used, width = start + 1, used + 1, width - 1
            rows[-1].append(Chunk(start, start, claim))
            used += SIGN
        while used + width > room:
            fitting = start
            while fitting < end and used + cell_len(shown[start : fitting + 1]) <= room:
                fitting += 1
            fitting = max(fitting, start + 1)
            rows[-1].append(Chunk(start, fitting))
            rows.append([])
            start, used, width = fitting, 0, cell_len(shown[fitting:end])
        if start < end:
            rows[-1].append(Chunk(start, end))
            used += width
    return [Row(_merged(chunks), block.kind, _claims_in(chunks, claims)) for chunks in rows]


def _tokens(shown: str, span: Span, starts: dict[int, int]) -> list[tuple[int, int, int | None]]:
    """Words with the blanks before them; a word in which a claim begins is divided there.

    `starts` are the claims' offsets, in order.
    """
    tokens: list[tuple[int, int, int | None]] = []
    order = list(starts)
    next_cut = bisect_left(order, span.start)
    for match in _WORD.finditer(shown, span.start, span.end):
        start, end = match.span()
        first_cut = next_cut
        while next_cut < len(order) and order[next_cut] < end:
            next_cut += 1
        cuts = order[first_cut:next_cut]
        for index, at in enumerate(cuts):
            before = start if index == 0 else at
            if index == 0 and shown[start:at].strip():
                tokens.append((start, at, None))
                before = at
            upto = cuts[index + 1] if index + 1 < len(cuts) else end
            tokens.append((before, upto, starts[at]))
        if not cuts:
            tokens.append((start, end, None))
    return tokens


def _merged(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    merged: list[Chunk] = []
    for chunk in chunks:
        if merged and chunk.claim is None and merged[-1].claim is None and merged[-1].end == chunk.start:
            merged[-1] = Chunk(merged[-1].start, chunk.end)
        else:
            merged.append(chunk)
    return tuple(merged)


def _claims_in(chunks: Sequence[Chunk], claims: Sequence[Claim]) -> tuple[int, ...]:
    text = [chunk for chunk in chunks if chunk.claim is None]
    if not text:
        return ()
    start, end = text[0].start, text[-1].end
    low, high = 0, len(claims)
    while low < high:
        middle = (low + high) // 2
        if claims[middle].span.end <= start:
            low = middle + 1
        else:
            high = middle
    found = []
    while low < len(claims) and claims[low].span.start < end:
        found.append(low)
        low += 1
    return tuple(found)


def names_from(edges: Sequence[int], spans: Sequence[tuple[Span, str]]) -> list[str]:
    """The names of all spans that lie over each of the edges, in the order of the spans: there may be many."""
    begin: dict[int, list[int]] = {}
    for place, (span, _) in enumerate(spans):
        begin.setdefault(span.start, []).append(place)
    found, over = list[str](), list[int]()
    for edge in edges:
        over = sorted([*[place for place in over if spans[place][0].end > edge], *begin.get(edge, ())])
        found.append(" ".join([spans[place][1] for place in over if spans[place][0].end > edge]))
    return found
