"""A store in a temporary folder, and articles of our own to put into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.model.article import Article, Block, BlockKind, Publication, Segmentation, Sentence
from annotator.model.record import ClaimRecord
from annotator.model.span import Span
from annotator.model.suggestion import Suggestions, WorthSuggestion
from annotator.store import Store, articles, open_store
from tests.store.exported import two_reviewers

AddArticle = Callable[..., str]


def segmented(text: str) -> Segmentation:
    """A line is a block, and a full stop, question mark or line end ends a sentence: enough for these texts."""
    blocks = tuple(Block(Span(*match.span()), BlockKind.BODY) for match in re.finditer(r"[^\n]+", text))
    sentences = tuple(
        Sentence(Span(*match.span()), BlockKind.BODY) for match in re.finditer(r"[^\s.?][^\n.?]*[.?]?", text)
    )
    return Segmentation(blocks, sentences, "test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = open_store(path)
    yield store
    store.close()


@pytest.fixture
def records() -> list[ClaimRecord]:
    """Two reviewers of one claim, and one more article without a title."""
    return two_reviewers()


@pytest.fixture
def add() -> AddArticle:
    """Add an article and give its id: `add(store, text, title="", publisher="", published_at="")`."""

    def added(store: Store, text: str, reviewer: str | None = None, **publication: str) -> str:
        article = Article(text, "test.txt", Publication(**publication))
        made = segmented(text)
        worth = WorthSuggestion(made.sentences[0].span, "0", "first", 0.5)
        articles.add_article(store, article, made, [Suggestions("test", (worth,))], reviewer)
        return article.id

    return added
