from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from annotator.errors import DecisionRefused
from annotator.model.article import Article, Publication, Segmentation
from annotator.model.language.shingles import bands, shingles
from annotator.model.ledger import uuid7
from annotator.model.text import article_id
from annotator.store import Store, articles, near, open_store
from annotator.store.migration import migrations
from annotator.store.opening import APPLICATION_ID

AddArticle = Callable[..., str]

TEXT = "The ferry runs again since Monday. It was late and it was full of people from the islands."
NONE = Segmentation((), (), "test")
OLD = f"{TEXT} \n\n"


def candidates(store: Store, id_: str, text: str) -> list[tuple[str, str]]:
    return near.near_candidates(store, id_, bands(shingles(text)), 5)


@pytest.fixture
def old(path: Path) -> Path:
    """A database of the first schema, with an article whose text has white space at its end."""
    connection = sqlite3.connect(path, isolation_level=None)
    first = Migrations("annotator")
    first()(migrations.m0001_first_schema)
    first.apply(Database(connection))
    id_, end, at = article_id(OLD), len(TEXT), "2026-01-01T00:00:00.000000+00:00"
    imported = {
        "publication": dict.fromkeys(("title", "url", "archived_url", "publisher", "author", "published_at"), ""),
        "language": "en", "rights": "", "origin": "a.txt", "splitter": "test", "blocks": [[0, end, "body"]],
        "sentences": [[0, end]],
    }  # fmt: skip
    for statement, values in (
        ("insert into meta values ('database_id', ?)", (uuid7(),)),
        ("insert into article values (1, ?, ?, ?, 1, 'en', '', 'a.txt', 'test', ?, 0, null)",
         (id_, OLD, len(OLD), at)),
        ("insert into publication values (1, ?, '', '', '', '', '', '')", (id_,)),
        ("insert into block values (?, 0, 0, ?, 'body')", (id_, end)),
        ("insert into sentence values (?, 0, 0, 0, ?)", (id_, end)),
        ("insert into ledger values "
         "(?, ?, 1, 'shared', 'import', ?, null, null, ?, null, ?, 1, 's@1', '[]', 0, null, 0)",
         (uuid7(), uuid7(), at, id_, json.dumps(imported))),
        (f"pragma application_id = {APPLICATION_ID}", ()),
        ("pragma user_version = 1", ()),
    ):  # fmt: skip
        connection.execute(statement, values)
    connection.close()
    return path


def test_an_article_of_before_keeps_its_id_and_is_found_by_its_text(old: Path, add: AddArticle) -> None:
    store = open_store(old)
    assert articles.shown_ids(store) == [article_id(OLD)]
    for text in (OLD, TEXT, f"\n{TEXT}\n"):
        assert near.held_as(store, text) == article_id(OLD)
    assert articles.add_article(store, Article(TEXT, "b.txt"), NONE, [], None) == "there"
    wire = Article(TEXT, "c.txt", Publication(publisher="Wire"))
    assert articles.add_article(store, wire, NONE, [], None) == "publication"
    assert articles.shown_ids(store) == [article_id(OLD)]
    store.close()


def test_an_old_article_that_is_purged_stays_out_whatever_its_white_space(old: Path, add: AddArticle) -> None:
    store = open_store(old)
    articles.purge_article(store, article_id(OLD), None)
    with pytest.raises(DecisionRefused, match="was purged here"):
        add(store, TEXT)
    assert store.connection.execute("select count(*) from near_band").fetchone() == (0,)
    store.close()


def test_articles_of_before_are_among_the_near_copies(old: Path, add: AddArticle) -> None:
    store = open_store(old)
    copy = add(store, TEXT.replace("late", "early"))
    assert candidates(store, copy, TEXT.replace("late", "early")) == [(article_id(OLD), OLD)]
    assert store.connection.execute("select count(*) from meta where key = 'near_from'").fetchone() == (0,)
    store.close()


def test_other_texts_hidden_ones_and_the_text_itself_are_no_candidates(store: Store, add: AddArticle) -> None:
    first = add(store, TEXT)
    add(store, "A crane fell into the harbour at night, and nobody could say why it had been left unlocked.")
    assert candidates(store, first, TEXT) == []
    second = add(store, TEXT.replace("late", "early"))
    assert [id_ for id_, _ in candidates(store, first, TEXT)] == [second]
    articles.hide_article(store, second, None)
    assert candidates(store, first, TEXT) == []


def test_copies_are_looked_for_among_earlier_articles_alone_and_in_one_statement(store: Store, add: AddArticle) -> None:
    first, second, third = (add(store, f"{TEXT} And so it went {word}.") for word in ("on", "by", "off"))
    asked: list[str] = []
    fingerprints = bands(shingles(f"{TEXT} And so it went by."))
    assert [id_ for id_, _ in near.near_candidates(store, second, fingerprints, 5, earlier=True)] == [first]
    store.connection.set_trace_callback(asked.append)
    assert {id_ for id_, _ in near.near_candidates(store, second, fingerprints, 5)} == {first, third}
    store.connection.set_trace_callback(None)
    assert len([statement for statement in asked if "near_band" in statement]) == 1
