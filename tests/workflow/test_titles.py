from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import NotFoundError
from annotator.exporters import FORMATS
from annotator.model.article import Article, Publication
from annotator.store import Store, open_store
from annotator.store.articles import find_article
from annotator.store.publications import publications_of
from annotator.store.queue import queue_order
from annotator.workflow import judging
from annotator.workflow.dataset import Choice, Tally, exported
from annotator.workflow.ingest import ingest
from annotator.workflow.session import ReviewSession

TEXT = "Pier at “Vellmar” closed\n\nThe pier closed at dawn on Friday. Nobody was hurt."
LOOSE = "The pier closed at dawn on Friday, and nobody was hurt. It will open again in May.\n\nSo the office said."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "work.db")
    yield store
    store.close()


def test_a_headline_is_the_title_of_a_text_that_came_without_one(store: Store) -> None:
    list(ingest(store, [Article(TEXT, "pier.txt"), Article(LOOSE, "loose.txt")]))
    id_ = Article(TEXT, "").id
    assert publications_of(store, id_) == [Publication("Pier at “Vellmar” closed")]
    for named in ("Pier at “Vellmar” closed", 'pier at "vellmar" closed', " Pier  at “Vellmar” closed"):
        assert find_article(store, named) == id_
    assert find_article(store, LOOSE.partition("\n")[0]) == Article(LOOSE, "").id
    assert len(queue_order(store, "", "both", words="VELLMAR")) == 1
    with pytest.raises(NotFoundError, match="no article"):
        find_article(store, "Pier")


def test_a_publication_with_that_title_is_no_new_one_and_another_is(store: Store) -> None:
    first, same, wire, again = ingest(
        store,
        [
            Article(TEXT, "pier.txt"),
            Article(TEXT, "pier.md", Publication("Pier at “Vellmar” closed")),
            Article(TEXT, "wire.csv", Publication(publisher="Wire")),
            Article(TEXT, "wire.csv", Publication("Pier at “Vellmar” closed", publisher="Wire")),
        ],
    )
    assert [each.result for each in (first, same, wire, again)] == ["added", "there", "publication", "there"]


@pytest.mark.parametrize(
    "name", ["jsonl", "csv", "prodigy", "doccano", "doccano-relations", "label-studio", "brat", "w3c", "claimreview"]
)
def test_the_headline_is_the_title_in_exports_of_a_database_of_before(store: Store, name: str) -> None:
    list(ingest(store, [Article(TEXT, "pier.txt")]))
    # As a version before stored it.
    store.connection.execute("update publication set title = ''")
    session = ReviewSession(store, "ana")
    session.open(Article(TEXT, "").id)
    session.apply(judging.worth, session.review.claims[1], "2")
    session.apply(judging.verdict, session.review.claims[1], "supported")
    written = b"".join(
        b"".join(chunks)
        for _, chunks in exported(store, FORMATS[name], Choice(base_url="https://example.org/"), Tally())
    )
    title = "Pier at “Vellmar” closed"
    if name == "csv":
        (row,) = [each for each in csv.DictReader(written.decode().splitlines()) if each["text"].startswith("The pier")]
        assert row["title"] == title
    else:
        assert re.search(rf'"(?:annotator:)?(?:title|headline)": ?"{title}"', written.decode())
