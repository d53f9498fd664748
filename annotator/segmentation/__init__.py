"""Text to blocks and sentences, with offsets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.article import Block, Segmentation, Sentence
from annotator.model.span import Span
from annotator.segmentation.blocks import find_blocks
from annotator.segmentation.lexicon import lexicon_for
from annotator.segmentation.sentences import line_sentences
from annotator.segmentation.stops import LINE

VERSION = "2"


def split(
    text: str, *, language: str | None = None, hints: Sequence[Block] = (), headline: bool = True
) -> Segmentation:
    """The blocks of a text and the sentences inside them, in order, as spans of code points.

    `language` is a BCP 47 tag ("de", "de-AT", "pt_BR"); where it is empty, None or one without rules of its own, the
    rules of all languages are taken together, as far as they do not contradict each other. `hints` are blocks whose
    kind the markup of the original says, in order and disjoint; without `headline` the first line is not looked at
    as one. Sentences cover every character that is not white space, lie inside one block and never cross a line
    break. Zero-width spaces, word joiners and byte-order marks count as white space: no sentence or block begins or
    ends with one. Joiners and directional marks are characters like others.
    """
    rules = lexicon_for(language)
    blocks = find_blocks(text, hints, headline=headline)
    sentences = tuple(
        Sentence(Span(start, end), block.kind)
        for block in blocks
        for start, end in line_sentences(text, block.span.start, block.span.end, rules)
    )
    return Segmentation(blocks, sentences, VERSION)


def sentence_spans(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """The sentences of a text as half-open intervals of code points, as `split` makes them, without blocks."""
    rules = lexicon_for(language)
    spans: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        spans += line_sentences(text, line.start(), line.end(), rules)
    return spans


__all__ = ["VERSION", "sentence_spans", "split"]
