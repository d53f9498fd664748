"""What the suggester's tests share: a plain segmentation of a text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from annotator.model.article import Block, BlockKind, Segmentation, Sentence
from annotator.model.span import Span, trimmed

_SENTENCE = re.compile(r"[^\n]*?(?:[.?!:]+[\"”’')]*(?=\s|$)|(?=\n)|$)")


def plain_segmentation(text: str, kinds: dict[int, BlockKind] | None = None) -> Segmentation:
    """Every line is a block (body unless `kinds` says otherwise), every full stop ends a sentence."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        span = trimmed(text, at, at + len(line))
        at += len(line) + 1
        if span is None:
            continue
        kind = (kinds or {}).get(len(blocks), BlockKind.BODY)
        blocks.append(Block(span, kind))
        for match in _SENTENCE.finditer(text, span.start, span.end):
            sentence = trimmed(text, match.start(), match.end())
            if sentence is not None:
                sentences.append(Sentence(sentence, kind))
    return Segmentation(tuple(blocks), tuple(sentences), "plain")


@pytest.fixture
def segment() -> Callable[..., Segmentation]:
    return plain_segmentation
