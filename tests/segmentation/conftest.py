"""Reading a segmentation the way a person would: kinds beside texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from annotator.model.article import Block, check_segmentation
from annotator.segmentation import split

Kinds = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def kinds() -> Kinds:
    def read(text: str, *, hints: Sequence[Block] = (), headline: bool = True) -> list[tuple[str, str]]:
        segmentation = split(text, hints=hints, headline=headline)
        check_segmentation(text, segmentation)
        return [(block.kind.value, block.span.slice(text)) for block in segmentation.blocks]

    return read
