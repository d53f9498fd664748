from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused
from annotator.model.article import Article, Publication, Segmentation
from annotator.model.text import article_id
from annotator.store import Store, articles, near, open_store

AddArticle = Callable[..., str]

TEXT = "The ferry runs again since Monday. It was late and it was full of people from the islands."
NONE = Segmentation((), (), "test")
OLD = f"{TEXT} \n\n"


def as_before(store: Store) -> None:
    """Take out of the database what the second migration made."""
    for statement in (
        "drop table same_text",
        "drop table near_band",
        "delete from meta where key = 'near_from'",
        "delete from _sqlite_migrations where name like 'm0002%'",
        "pragma user_version = 1",
    ):
        store.connection.execute(statement)
    store.close()


@pytest.fixture
def old(path: Path, add: AddArticle) -> Path:
    """A database of the version before, with an article whose text has white space at its end."""
    store = open_store(path)
    assert add(store, OLD) == article_id(OLD)
    as_before(store)
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
    assert near.near_candidates(store, copy, 5) == [(article_id(OLD), OLD)]
    assert store.connection.execute("select count(*) from meta where key = 'near_from'").fetchone() == (0,)
    store.close()


def test_other_texts_hidden_ones_and_the_text_itself_are_no_candidates(store: Store, add: AddArticle) -> None:
    first = add(store, TEXT)
    add(store, "A crane fell into the harbour at night, and nobody could say why it had been left unlocked.")
    assert near.near_candidates(store, first, 5) == []
    second = add(store, TEXT.replace("late", "early"))
    assert [id_ for id_, _ in near.near_candidates(store, first, 5)] == [second]
    articles.hide_article(store, second, None)
    assert near.near_candidates(store, first, 5) == []
