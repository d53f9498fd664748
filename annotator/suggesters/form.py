"""Form: whether a content is quoted, paraphrased, both, or a block quote."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.article import Block, BlockKind
from annotator.model.attribution import Form
from annotator.model.span import Span
from annotator.suggesters.quotations import quotations_of

# A content with fewer letters and digits than this outside its quotation marks is direct.
_LOOSE_LETTERS = 0


def proposed_form(text: str, content: Sequence[Span], segmentation_or_blocks: Sequence[Block] = ()) -> Form:
    """The form of a content: block in block quotes; direct, mixed or indirect by its quotation marks.

    Raises SpanError where a span ends behind the text.
    """
    for block in segmentation_or_blocks:
        if block.kind is BlockKind.BLOCK_QUOTE and content and all(block.span.overlaps(span) for span in content[:1]):
            return Form.BLOCK
    quoted = loose = 0
    for span in content:
        span.slice(text)
        letters = sum(character.isalnum() for character in span.slice(text))
        inside = sum(
            sum(character.isalnum() for character in quotation.span.slice(text))
            for quotation in quotations_of(text, [span])
        )
        quoted += inside
        loose += letters - inside
    if not quoted:
        return Form.INDIRECT
    return Form.DIRECT if loose <= _LOOSE_LETTERS else Form.MIXED
