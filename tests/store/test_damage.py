"""What was changed in the file outside this program: one line that names it and quotes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError, NotFoundError, RowDamagedError
from annotator.model.source import SourceKind
from annotator.store import Store, ledger, open_store, sources
from annotator.store.connection import translated
from annotator.store.doctor import examine
from annotator.store.soundness.damage import readable_article
from annotator.workflow import sources as planned
from annotator.workflow.session import ReviewSession

AddArticle = Callable[..., str]


def damage(store: Store, statement: str) -> None:
    """Change what triggers and checks guard, as a flipped bit does."""
    for (name,) in store.connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        store.connection.execute(f"drop trigger {name}")
    store.connection.execute("pragma ignore_check_constraints = on")
    store.connection.execute(statement)


@pytest.mark.parametrize("payload", ["{", '{"text": "words of a note', "[1]", "7", "null"])
def test_a_ledger_entry_that_is_no_json_object_is_named(store: Store, add: AddArticle, payload: str) -> None:
    add(store, "Eva said so.", "ana")
    (entry,) = (each for each in ledger.entries(store) if each.action == "import")
    damage(store, f"update ledger set payload = '{payload}'")
    with pytest.raises(RowDamagedError) as failed:
        list(ledger.entries(store))
    assert f"{store.path}: ledger entry {entry.id} cannot be read" in str(failed.value)
    assert "words" not in str(failed.value)
    assert any(problem.check == "ledger" for problem in examine(store))


def test_an_article_that_cannot_be_read_is_named_and_a_missing_one_is_missing(store: Store) -> None:
    @readable_article
    def load(store: Store, article_id: str) -> str:
        if article_id == "none":
            raise NotFoundError("no article none")
        raise ValueError("words of an article")

    with pytest.raises(RowDamagedError) as failed:
        load(store, "a1b2c3d4e5f60718")
    assert f"{store.path}: article a1b2c3d4e5f6 cannot be read: it was damaged" in str(failed.value)
    assert "(ValueError at " in str(failed.value)
    assert "words" not in str(failed.value)
    with pytest.raises(NotFoundError):
        load(store, "none")


def test_a_text_that_is_no_utf_8_any_more_is_a_damage_and_is_not_quoted() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(DatabaseDamagedError) as failed, translated(Path("a.db")):
        connection.execute("select cast(x'776f726473ff' as text)").fetchall()
    connection.close()
    assert str(failed.value) == "a.db: a text in it is damaged, and no UTF-8 any more; restore a copy of it"


def test_names_that_are_no_utf_8_any_more_are_a_damage(path: Path) -> None:
    with closing(open_store(path)) as store:
        store.connection.execute("pragma writable_schema = on")
        store.connection.execute(
            "update sqlite_master set sql = cast(x'637265617465207461626c6520ec' as text) where name = 'meta'"
        )
    with pytest.raises(DatabaseDamagedError) as failed:
        open_store(path)
    assert str(failed.value).startswith(f"{path}: the database is damaged")


def test_a_source_that_is_none_is_named_and_nothing_is_left_open(store: Store, add: AddArticle) -> None:
    add(store, "Eva said so.", "ana")
    session = ReviewSession(store, "ana")
    for name in ("Eva", "Ida"):
        session.apply_to_sources(planned.make, name, SourceKind.PERSON)
    damage(store, "update source_entity set name = 'words' || char(27)")
    with pytest.raises(RowDamagedError) as failed:
        sources.registry(store)
    (first,) = store.connection.execute("select hex(min(id)) from source_entity").fetchone()
    assert f"{store.path}: the source {first[:8].lower()}-" in str(failed.value)
    assert "words" not in str(failed.value)
