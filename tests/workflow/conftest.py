"""A store with one article of our own, with suggestions, and two reviewers at work on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions
from annotator.model.article import Article, Block, BlockKind, Claim, Publication, Segmentation, Sentence
from annotator.model.attribution import Attribution, Form
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion
from annotator.store import Store, articles, open_store
from annotator.workflow.fact_checks.checks import ImportedChecks, import_checks
from annotator.workflow.importing.preparing import split_article
from annotator.workflow.session import ReviewSession

TEXT = (
    "Ramp shut at Quillfeather\n\n"
    "The yard said Ines Duarte told Reuters that two cables held. They were old, she added.\n\n"
    "“We checked twice,” a source said. Nobody answered on Monday. Is it safe?\n\n"
    "Buy our paper."
)


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def segmented(text: str) -> Segmentation:
    """A line is a block, and a full stop or question mark ends a sentence: enough for this text."""
    blocks = tuple(Block(Span(*match.span()), BlockKind.BODY) for match in re.finditer(r"[^\n]+", text))
    sentences = tuple(
        Sentence(Span(*match.span()), BlockKind.BODY) for match in re.finditer(r"[^\s.?][^\n.?]*[.?]?", text)
    )
    return Segmentation(blocks, sentences, "test")


def suggestions() -> Suggestions:
    said = Attribution(
        "outer",
        source=(span_of("The yard"),),
        cue=span_of("said"),
        content=(span_of("Ines Duarte told Reuters that two cables held"),),
    )
    told = Attribution(
        "inner",
        source=(span_of("Ines Duarte"),),
        cue=span_of("told"),
        content=(span_of("that two cables held"),),
        parent="outer",
        relay=span_of("Reuters"),
    )
    checked = Attribution(
        "quote", (span_of("a source"),), Span(144, 148), (span_of("“We checked twice,”"),), form=Form.DIRECT
    )
    worths = [
        WorthSuggestion(span_of(words), worth, "by hand", 0.8)
        for words, worth in [
            ("The yard said Ines Duarte told Reuters that two cables held.", "2"),
            ("Is it safe?", "0"),
            ("Buy our paper.", "0"),
        ]
    ]
    return Suggestions(
        "test", tuple(worths), tuple(AttributionSuggestion(made, "by hand", 0.9) for made in (told, said, checked))
    )


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the article in it, to be copied."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.db"
    store = open_store(path)
    article = Article(TEXT, "ramp.txt", Publication("Ramp shut at Quillfeather", publisher="Example Wire"))
    articles.add_article(store, article, segmented(TEXT), [suggestions()], None)
    second = Article("Rain fell. It stopped.", "rain.txt", Publication("Rain"))
    articles.add_article(store, second, segmented(second.text), [], None)
    store.close()
    return path


@pytest.fixture
def path(fresh_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "work.db"
    path.write_bytes(fresh_database.read_bytes())
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = open_store(path)
    yield store
    store.close()


@pytest.fixture
def ramp() -> str:
    """The article's id."""
    return Article(TEXT, "").id


@pytest.fixture
def rain() -> str:
    """The second article's id."""
    return Article("Rain fell. It stopped.", "").id


Work = Callable[[str], ReviewSession]


@pytest.fixture
def work(store: Store, ramp: str) -> Work:
    """A reviewer's session on the article, by her name."""

    def at_work(reviewer: str) -> ReviewSession:
        session = ReviewSession(store, reviewer)
        session.open(ramp)
        return session

    return at_work


@pytest.fixture
def ana(work: Work) -> ReviewSession:
    return work("ana")


@pytest.fixture
def bo(work: Work) -> ReviewSession:
    return work("bo")


def claim_with(session: ReviewSession, words: str) -> Claim:
    review = session.review
    return next(claim for claim in review.claims if words in claim.span.slice(review.article.text))


@pytest.fixture
def copy(store: Store) -> str:
    """Another article with one sentence of the first, word for word; its id."""
    text = "Ramp news\n\nOn Friday it rained. “We checked twice,” a source said. The yard is shut."
    article = Article(text, "copy.txt", Publication("Ramp news"))
    articles.add_article(store, article, split_article(article), [], None)
    return article.id


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Callable[..., dict[str, int]]:
    """Import these rows; how many rows had which outcome."""

    def imported(*rows: dict[str, str], name: str = "checks.jsonl") -> dict[str, int]:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        last = ImportedChecks("")
        for item in import_checks(store, str(path), CheckOptions()):
            assert not isinstance(item, ImportFailure), item
            last = item
        return {outcome.value: count for outcome, count in last.outcomes.items()}

    return imported
