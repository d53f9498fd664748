"""What the suggester's tests share: a plain segmentation, and suggestions as readable strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from annotator.model.article import Block, BlockKind, Segmentation, Sentence
from annotator.model.span import trimmed
from annotator.suggesters import suggest

_SENTENCE = re.compile(r"[^\n]*?(?:[.?!]+[\"”’')]*(?=\s|$)|(?=\n)|$)")


def plain_segmentation(text: str, kinds: Mapping[int, BlockKind] | None = None) -> Segmentation:
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


def read_aloud(text: str, kinds: Mapping[int, BlockKind] | None = None) -> list[str]:
    """The suggested attributions as "source | cue | content", the parts of a content joined by " ... "."""
    lines = []
    for suggestion in suggest(text, plain_segmentation(text, kinds)).attributions:
        attribution = suggestion.attribution
        source = " ".join(span.slice(text) for span in attribution.source) or "-"
        cue = attribution.cue.slice(text) if attribution.cue else "-"
        content = " ... ".join(span.slice(text) for span in attribution.content)
        lines.append(f"{source} | {cue} | {content}")
    return lines


@pytest.fixture
def segment() -> Callable[..., Segmentation]:
    return plain_segmentation


@pytest.fixture
def said() -> Callable[..., list[str]]:
    return read_aloud
