from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import DatabaseBusyError, DecisionRefused, NotFoundError
from annotator.model.article import Article, BlockKind, Publication, Segmentation
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change
from annotator.store import (
    Store,
    articles,
    bookmarks,
    connection,
    doctor,
    drafts,
    ledger,
    open_store,
    queue,
    review,
    undoing,
)
from annotator.store.held import visibility

AddArticle = Callable[..., str]
Dumped = Callable[[sqlite3.Connection], list[str]]

TEXT = "Quillfeather ramp shut.\nRain fell on the quay. It stopped."
NOTHING = Segmentation((), (), "test")


def decide(store: Store, article_id: str, *changes: Change) -> None:
    work = review.load_review(store, review.load_article(store, article_id), "ana")
    review.decide(store, work, "session", "worth", work.claims[0], changes)


def judged(store: Store, article_id: str, facet: str, value: object) -> None:
    claim = review.load_review(store, review.load_article(store, article_id), "ana").claims[0]
    decide(store, article_id, Change("judgement", (claim.id, facet), value))


def actions(store: Store) -> list[str]:
    return [entry.action for entry in ledger.entries(store)]


def test_an_article_comes_back_with_its_parts_and_its_suggestions(store: Store, add: AddArticle) -> None:
    found = review.load_article(store, add(store, TEXT, title="Ramp", url="https://example.org/1"))
    assert found.text == TEXT
    assert found.publications == (Publication("Ramp", "https://example.org/1"),)
    assert [sentence.span.slice(TEXT) for sentence in found.sentences] == [
        "Quillfeather ramp shut.", "Rain fell on the quay.", "It stopped."
    ]  # fmt: skip
    assert [block.kind for block in found.blocks] == [BlockKind.BODY] * 2
    assert [suggestion.worth for _, suggestion in found.worths] == ["0"]
    assert list(doctor.examine(store)) == []


def test_the_same_text_again_changes_nothing(store: Store, add: AddArticle, dumped: Dumped) -> None:
    add(store, TEXT, title="Ramp")
    before = dumped(store.connection)
    again = Article(TEXT, "elsewhere.txt", Publication(title="Ramp"))
    assert articles.add_article(store, again, NOTHING, [], "ana") == "there"
    assert articles.add_article(store, Article(TEXT, "-"), NOTHING, [], "ana") == "there"
    assert dumped(store.connection) == before


def test_the_same_text_from_another_outlet_adds_a_publication(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT, title="Ramp", publisher="Example Wire")
    other = Article(TEXT, "-", Publication(title="Ramp shut", publisher="Second Paper"))
    assert articles.add_article(store, other, NOTHING, [], "ana") == "publication"
    assert articles.add_article(store, other, NOTHING, [], "ana") == "there"
    found = review.load_article(store, article_id)
    assert [known.publisher for known in found.publications] == ["Example Wire", "Second Paper"]
    assert (found.title, actions(store)) == ("Ramp", ["import", "publication"])
    assert list(doctor.examine(store)) == []


def test_text_with_every_kind_of_character_is_kept_as_it_is(store: Store, add: AddArticle) -> None:
    text = "Nul \x00 here.\n“Bridge” 🌉 e\u0301 \u202eknil\u202c \u2028 ok."
    assert review.load_article(store, add(store, text)).text == text
    assert list(doctor.examine(store)) == []


def test_a_hidden_article_leaves_the_queue_and_comes_back(store: Store, add: AddArticle) -> None:
    article_id = add(store, TEXT)
    assert articles.hide_article(store, article_id, "ana")
    assert visibility(store, article_id) == "hidden"
    assert list(queue.queue_order(store, "ana", "both")) == []
    assert queue.shown_count(store) == 0
    assert list(articles.article_texts(store, TEXT)) == []
    assert not articles.hide_article(store, article_id, "ana")
    assert list(doctor.examine(store)) == []
    assert articles.hide_article(store, article_id, "ana", hidden=False)
    assert not articles.hide_article(store, article_id, "ana", hidden=False)
    assert list(queue.queue_order(store, "ana", "both")) == [1]
    assert actions(store) == ["import", "hide", "show"]
    assert list(doctor.examine(store)) == []


def test_what_is_not_there_can_be_neither_hidden_nor_purged(store: Store, dumped: Dumped) -> None:
    before = dumped(store.connection)
    for remove in (articles.hide_article, articles.purge_article):
        with pytest.raises(NotFoundError):
            remove(store, "0" * 64, "ana")
    assert dumped(store.connection) == before


def database_bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob("work.db*")))


def test_a_purge_leaves_no_byte_of_the_text_and_a_tombstone(path: Path, store: Store, add: AddArticle) -> None:
    kept = add(store, "Another text stays.")
    article_id = add(store, TEXT * 200, title="Quillfeather", url="https://example.org/quillfeather")
    judged(store, article_id, "note", "Quillfeather ramp shut? A note about it.")
    judged(store, article_id, "note", "Quillfeather!")
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", ""), {"text": "Quillfeather ramp"})
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", ""), {"text": "Quillfeather ramp " * 9})
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", ""), None)
    assert b"Quillfeather" in database_bytes(path)
    articles.purge_article(store, article_id, "ana")
    assert b"uillfeather" not in database_bytes(path)
    assert visibility(store, article_id) == "purged"
    about = [entry for entry in ledger.entries(store) if entry.article_id == article_id]
    assert [(entry.action, dict(entry.payload)) for entry in about] == [
        ("import", {}), ("worth", {}), ("worth", {}), ("purge", {})
    ]  # fmt: skip
    assert store.connection.execute("select length from article where id = ?", (article_id,)).fetchone() == (11600,)
    assert list(queue.queue_order(store, "ana", "both")) == [1]
    assert undoing.next_undo(store, "ana") is None
    with pytest.raises(NotFoundError):
        review.load_article(store, article_id)
    assert review.load_article(store, kept).text == "Another text stays."
    assert list(doctor.examine(store)) == []


def test_a_purged_text_stays_out(store: Store, add: AddArticle) -> None:
    articles.purge_article(store, add(store, TEXT), "ana")
    with pytest.raises(DecisionRefused, match="was purged here and stays out"):
        add(store, TEXT)
    with pytest.raises(NotFoundError):
        articles.hide_article(store, Article(TEXT, "-").id, "ana")


def test_an_open_session_cannot_write_about_what_was_purged(store: Store, add: AddArticle, dumped: Dumped) -> None:
    article_id = add(store, TEXT)
    work = review.load_review(store, review.load_article(store, article_id), "ana")
    claim = work.claims[0]
    entry, work = review.decide(
        store, work, "s", "worth", claim, [Change("judgement", (claim.id, "worth"), "2")]
    )  # fmt: skip
    articles.purge_article(store, article_id, "bo")
    before = dumped(store.connection)
    with pytest.raises(NotFoundError):
        review.decide(store, work, "s", "note", claim, [Change("judgement", (claim.id, "note"), "Quillfeather")])
    with pytest.raises(NotFoundError):
        review.take_back(store, work.article, "ana", "s", entry)
    with pytest.raises(NotFoundError):
        review.record_opening(store, "ana", "s", article_id)
    with pytest.raises(NotFoundError):
        bookmarks.leave(store, "ana", article_id, claim.id)
    with pytest.raises(NotFoundError):
        drafts.save_draft(store, "ana", DraftKey(article_id, "note", ""), {"text": "Quillfeather"})
    assert dumped(store.connection) == before


def test_a_purge_that_another_reader_hinders_says_so_and_is_finished_by_the_next(
    path: Path, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.01)
    store = open_store(path)
    article_id = add(store, TEXT)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from article").fetchone()
    with pytest.raises(DatabaseBusyError, match=r"close it and purge the article again"):
        articles.purge_article(store, article_id, "ana")
    reader.close()
    articles.purge_article(store, article_id, "ana")
    assert b"uillfeather" not in database_bytes(path)
    assert actions(store) == ["import", "purge"]
    store.close()


def test_an_article_is_found_by_what_a_person_types(store: Store, add: AddArticle) -> None:
    one = add(store, "Rain fell.", title="Rain", url="https://example.org/rain")
    two = add(store, "Snow fell.", title="Snow")
    add(store, "Snow fell again.", title="Snow")
    for named in (one, one[:6], one[:12].upper(), "https://example.org/rain", "Rain", "rain"):
        assert articles.find_article(store, named) == one
    assert articles.find_article(store, two[:8]) == two
    with pytest.raises(NotFoundError, match="means 2 articles"):
        articles.find_article(store, "Snow")
    for unknown in (one[:5], "rai", "%", ""):
        with pytest.raises(NotFoundError, match="no article"):
            articles.find_article(store, unknown)
    articles.purge_article(store, one, None)
    with pytest.raises(NotFoundError, match="no article"):
        articles.find_article(store, one)
