"""Form: whether a content is quoted, paraphrased, both, or a block quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.article import Block, BlockKind
from annotator.model.attribution import Form
from annotator.model.span import Span
from annotator.suggesters.reading.quotations import may_quote, quotations_of


def proposed_form(text: str, content: Sequence[Span], segmentation_or_blocks: Sequence[Block] = ()) -> Form:
    """The form of a content: block in block quotes; direct, mixed or indirect by its quotation marks.

    A content is direct where every letter and digit of it stands inside the marks. Raises SpanError where a span
    ends behind the text.
    """
    if content and any(
        block.kind is BlockKind.BLOCK_QUOTE and block.span.overlaps(content[0]) for block in segmentation_or_blocks
    ):
        return Form.BLOCK
    pieces = [span.slice(text) for span in content]
    if not any(may_quote(text, span) for span in content):
        return Form.INDIRECT
    if all(_is_one_quotation(text, span) for span in content) and any(map(_LETTER.search, pieces)):
        return Form.DIRECT
    inside, outside = _where_letters_are(text, content)
    if not inside:
        return Form.INDIRECT
    return Form.MIXED if outside else Form.DIRECT


def _where_letters_are(text: str, content: Sequence[Span]) -> tuple[bool, bool]:
    """Whether any letter or digit stands inside quotation marks, and whether any stands outside them."""
    inside = outside = False
    for span in content:
        at = span.start
        for quotation in quotations_of(text, [span]):
            start, end = quotation.span.start, quotation.span.end
            inside = inside or _LETTER.search(text, start, end) is not None
            outside = outside or _LETTER.search(text, at, start) is not None
            at = end
        outside = outside or _LETTER.search(text, at, span.end) is not None
    return inside, outside


def _is_one_quotation(text: str, span: Span) -> bool:
    """Whether marks open and close around a span, and none stands between: then it needs no closer look."""
    if text[span.start] != "“" or text[span.end - 1] != "”" or len(span) < _SHORTEST:
        return False
    return not may_quote(text, Span(span.start + 1, span.end - 1))


_SHORTEST = len("“a”")
_LETTER = re.compile(r"[^\W_]")
