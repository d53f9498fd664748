"""Text to blocks and sentences, with offsets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.article import Block, Segmentation, Sentence
from annotator.model.span import Span
from annotator.segmentation.blocks import find_blocks
from annotator.segmentation.sentences import LINE, line_sentences

VERSION = "1"

# Languages that write an ordinal number as a figure and a full stop.
_ORDINAL_LANGUAGES = frozenset(
    ("de", "da", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "sr", "hu", "et", "lv", "pl", "is", "tr")
)


def split(text: str, *, language: str = "", hints: Sequence[Block] = (), headline: bool = True) -> Segmentation:
    """The blocks of a text and the sentences inside them, in order, as spans of code points.

    `language` is a BCP 47 tag or empty; `hints` are blocks whose kind the markup of the original says, in order
    and disjoint; without `headline` the first line is not looked at as one. Sentences cover every character that
    is not white space, lie inside one block and never cross a line break.
    """
    ordinals = language[:2].lower() in _ORDINAL_LANGUAGES
    blocks = find_blocks(text, hints, headline=headline)
    sentences = tuple(
        Sentence(Span(start, end), block.kind)
        for block in blocks
        for start, end in line_sentences(text, block.span.start, block.span.end, ordinals=ordinals)
    )
    return Segmentation(blocks, sentences, VERSION)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as half-open intervals of code points, without the white space around them."""
    spans: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        spans += line_sentences(text, line.start(), line.end())
    return spans


__all__ = ["VERSION", "sentence_spans", "split"]
