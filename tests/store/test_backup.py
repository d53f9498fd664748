"""Backups: whole, proved, taken while others write, and never over a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError, StoreError
from annotator.store import Store, backup, doctor, open_store

AddArticle = Callable[..., str]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_backup_is_the_whole_database_in_one_file(store: Store, add: AddArticle, tmp_path: Path) -> None:
    add(store, "Rain fell. It stopped.", title="Rain")
    target = tmp_path / "copy" / "kept.db"
    target.parent.mkdir()
    count = backup.back_up_verified(store, target)
    assert names(target.parent) == {"kept.db"}
    kept = open_store(target)
    assert list(doctor.examine(kept)) == []
    assert kept.connection.execute("select count(*) from ledger").fetchone()[0] == count == 1
    kept.close()


def test_it_is_taken_while_somebody_has_the_database_open_for_writing(
    store: Store, add: AddArticle, path: Path, tmp_path: Path
) -> None:
    add(store, "Rain fell.")
    other = open_store(path)
    target = tmp_path / "kept.db"
    with other.transaction():
        other.connection.execute("insert into meta (key, value) values ('x', 'y')")
        backup.back_up_verified(store, target)
    kept = sqlite3.connect(target)
    assert kept.execute("select count(*) from meta where key = 'x'").fetchone()[0] == 0
    kept.close()
    other.close()


def test_a_file_that_is_there_stays(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        backup.back_up_verified(store, target)
    assert target.read_text() == "mine"


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(store: Store, tmp_path: Path) -> None:
    before = names(tmp_path)
    with pytest.raises(StoreError, match=r"cannot be written|unable to open|folder"):
        backup.back_up_verified(store, tmp_path / "none" / "kept.db")
    assert names(tmp_path) == before


def test_a_copy_that_is_not_sound_gets_no_name(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = backup._copy

    def damaged(source: Store, beside: Path) -> None:
        copied(source, beside)
        broken = sqlite3.connect(beside)
        broken.execute("update meta set value = 'another' where key = 'database_id'")
        broken.commit()
        broken.close()

    monkeypatch.setattr(backup, "_copy", damaged)
    before = names(tmp_path)
    with pytest.raises(DatabaseDamagedError, match="not sound"):
        backup.back_up_verified(store, tmp_path / "kept.db")
    assert names(tmp_path) == before
