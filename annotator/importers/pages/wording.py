"""The chosen blocks of a page as the text of an article, with its headings, captions and quotations as hints."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.importers.pages.blocks import PageBlock, letters
from annotator.model.article import Block, BlockKind
from annotator.model.span import Span

_BETWEEN = "\n\n"
_IN_A_LIST = "\n"


def text_of(blocks: Sequence[PageBlock]) -> tuple[str, tuple[Block, ...]]:
    """The text, a blank line between paragraphs and a line for each item of a list or row of a table, and its hints.

    A heading that says the same as the first one is not said twice.
    """
    pieces: list[str] = []
    hints: list[Block] = []
    at = 0
    group = None
    headline = ""
    for block in blocks:
        if block.kind is BlockKind.HEADLINE:
            if headline and letters(block.text) == headline:
                continue
            headline = headline or letters(block.text)
        if pieces:
            between = _IN_A_LIST if block.group is not None and block.group is group else _BETWEEN
            pieces.append(between)
            at += len(between)
        group = block.group
        if block.kind is not None:
            hints.append(Block(Span(at, at + len(block.text)), block.kind))
        pieces.append(block.text)
        at += len(block.text)
    return "".join(pieces), tuple(hints)
