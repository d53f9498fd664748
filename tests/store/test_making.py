from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import Store
from annotator.store.backup import back_up_verified
from annotator.store.making import new_store


def test_a_new_store_that_is_filled_stays(path: Path) -> None:
    with new_store(path, "a bundle") as store, store.transaction():
        store.connection.execute("insert into meta (key, value) values ('a', 'b')")
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_of_a_new_store_that_is_not_filled_nothing_stays(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_store(path, "a bundle") as store, store.transaction():
        raise KeyboardInterrupt
    assert list(path.parent.iterdir()) == []


def test_of_a_new_store_behind_a_link_nothing_stays(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    with pytest.raises(KeyboardInterrupt), new_store(link, "a bundle"):
        raise KeyboardInterrupt
    assert [file.name for file in path.parent.iterdir()] == [link.name]


@pytest.mark.parametrize("there", ["work.db", "work.db-wal"])
def test_nothing_that_is_there_is_replaced_by_a_new_store(path: Path, there: str) -> None:
    # The log of a database that is gone may be all that is left of somebody's decisions.
    held = path.with_name(there)
    held.write_bytes(b"decisions")
    with pytest.raises(StoreError, match=f"{there}: it is there already, and recovering replaces nothing"):
        new_store(path, "recovering").__enter__()
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == {there: b"decisions"}


def test_no_backup_is_made_beside_the_log_of_another_database(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "copy.db-wal"
    log.write_bytes(b"decisions")
    with pytest.raises(StoreError, match=r"copy\.db-wal: it is there already, and a backup replaces nothing"):
        back_up_verified(store, tmp_path / "copy.db")
    assert log.read_bytes() == b"decisions"
    assert not (tmp_path / "copy.db").exists()
