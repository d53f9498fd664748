from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from annotator.errors import (
    DiskFullError,
    StoreError,
)
from annotator.store import connection, doctor, open_store, opening
from annotator.store.migration import migrations

AddArticle = Callable[..., str]


NEXT = opening.SCHEMA_VERSION + 1


def next_schema(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """This program as its next version might be: one more migration."""
    later = Migrations("annotator")
    for name, migration in sorted(vars(migrations).items()):
        if re.fullmatch(r"m\d{4}_.+", name):
            later()(migration)

    @later()
    def m9999_mood(db: Database) -> None:
        db.execute(statement)

    monkeypatch.setattr(migrations, "migrations", later)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", NEXT)


def test_an_older_database_is_copied_beside_itself_and_migrated(
    path: Path, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_store(path)
    article_id = add(old, "Rain fell.")
    old.close()
    next_schema(monkeypatch, "alter table article add column mood text")
    new = open_store(path)
    assert new.database_id == old.database_id
    assert new.connection.execute("select id, mood from article").fetchall() == [(article_id, None)]
    assert new.connection.execute("pragma user_version").fetchone()[0] == NEXT
    new.close()
    (backup,) = path.parent.glob("*.bak")
    assert re.fullmatch(rf"work\.db\.schema{NEXT - 1}-\d{{8}}T\d{{6}}\.bak", backup.name)
    monkeypatch.undo()
    kept = open_store(backup)
    assert list(doctor.examine(kept)) == []
    assert kept.connection.execute("select id from article").fetchall() == [(article_id,)]
    kept.close()


def test_a_migration_that_fails_leaves_the_old_database_as_it_was_and_no_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    next_schema(monkeypatch, "alter table nowhere add column mood text")
    with pytest.raises(StoreError, match="nowhere"):
        open_store(path)
    assert list(path.parent.glob("*.bak*")) == []
    monkeypatch.undo()
    reopened = open_store(path)
    assert list(doctor.examine(reopened)) == []
    reopened.close()


def test_a_copy_that_cannot_be_made_stops_the_migration_and_leaves_no_half(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    next_schema(monkeypatch, "alter table article add column mood text")
    genuine = sqlite3.connect

    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **options: object) -> None:
            # Writing to the copy meets a full disk.
            target.execute("pragma max_page_count = 1")
            target.execute("create table t (x)")
            target.execute("insert into t values (zeroblob(100000))")

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: genuine(*given, factory=Full, **named))
    with pytest.raises(DiskFullError):
        open_store(path)
    monkeypatch.undo()
    assert list(path.parent.glob("*.bak*")) == []
    reopened = open_store(path)
    assert reopened.connection.execute("pragma user_version").fetchone()[0] == NEXT - 1
    reopened.close()


def test_two_that_migrate_at_once_keep_a_copy_of_the_old_schema(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    next_schema(monkeypatch, "alter table article add column mood text")
    genuine = connection.connect

    def overtaken(given: Path) -> sqlite3.Connection:
        opened = genuine(given)
        monkeypatch.setattr(opening, "connect", genuine)
        open_store(path).close()
        return opened

    monkeypatch.setattr(opening, "connect", overtaken)
    open_store(path).close()
    (backup,) = path.parent.glob("*.bak")
    copy = sqlite3.connect(backup)
    assert copy.execute("pragma user_version").fetchone()[0] == NEXT - 1
    copy.close()
