from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers import ImportOptions, PassedOver, read_sources
from annotator.model.article import Article, BlockKind

Read = Callable[..., Article]
Fail = Callable[..., ImportFailure]


def from_bytes(data: bytes, format_name: str, **options: Any) -> list[Article | ImportFailure]:
    items = list(read_sources(["-"], ImportOptions(format=format_name, **options), lambda: data))
    assert not any(isinstance(item, PassedOver) for item in items)
    return [item for item in items if not isinstance(item, PassedOver)]


@pytest.fixture
def read_all() -> Callable[..., list[Article | ImportFailure]]:
    return from_bytes


@pytest.fixture
def read() -> Read:
    """Bytes of a format into the one article that they must be."""

    def one(data: bytes | str, format_name: str = "text", **options: Any) -> Article:
        (article,) = from_bytes(data.encode() if isinstance(data, str) else data, format_name, **options)
        assert isinstance(article, Article), article
        return article

    return one


@pytest.fixture
def fail() -> Fail:
    """Bytes of a format into the one failure that they must be."""

    def one(data: bytes | str, format_name: str = "text", **options: Any) -> ImportFailure:
        (failure,) = from_bytes(data.encode() if isinstance(data, str) else data, format_name, **options)
        assert isinstance(failure, ImportFailure), failure
        assert "\n" not in str(failure)
        return failure

    return one


@pytest.fixture
def hints() -> Callable[[Article], list[tuple[BlockKind, str]]]:
    return lambda article: [(hint.kind, hint.span.slice(article.text)) for hint in article.hints]
