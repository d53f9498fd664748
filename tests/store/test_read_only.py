"""A database that may not be written is read: from a file and from a folder without permission, with its log."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DatabaseBusyError, NotFoundError, ReadOnlyDatabaseError
from annotator.model.article import Article, Publication
from annotator.store import Store, articles, open_store
from annotator.store.file.read_only import beside, store_to_read
from annotator.store.file.turns import turn_file
from annotator.store.migration.updating import Nobody, Reached, Told
from annotator.store.opening import SCHEMA_VERSION

AddArticle = Callable[..., str]
_NOBODY = 65_534

# From 3.12 on Python warns of threads, and this process has none that the child needs.
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def as_somebody_else(job: Callable[[], Any]) -> Any:
    """What the job gives when permissions hold for it, as they do not for the superuser: in a process of its own."""
    if os.geteuid() != 0:
        return job()
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setegid(_NOBODY)
            os.seteuid(_NOBODY)
            found = pickle.dumps((job(), ""))
        except BaseException:  # noqa: BLE001 - it is told to the parent, which fails with it
            found = pickle.dumps((None, traceback.format_exc()))
        os.write(theirs, found)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        found, failed = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    assert not failed, failed
    return found


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others can reach, with a database of one article in it."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    with closing(open_store(made / "work.db")) as store:
        articles.add_article(store, *article("The bridge closed."), [], None)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def article(text: str) -> tuple[Article, Any]:
    from annotator import segmentation

    return Article(text, "a.txt", Publication()), segmentation.split(text)


def protect(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)


def texts(path: Path, told: Told | None = None) -> list[str]:
    with store_to_read(path, told) as store:
        return [text for _, text in articles.article_texts(store, "e")]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path != turn_file(folder / "work.db")}


def test_a_folder_that_may_not_be_written_is_read_and_left_as_it_is(folder: Path) -> None:
    protect(folder)
    before = files(folder)
    assert as_somebody_else(lambda: texts(folder / "work.db")) == ["The bridge closed."]
    assert files(folder) == before


def test_a_file_that_may_not_be_written_is_read(folder: Path) -> None:
    (folder / "work.db").chmod(0o444)
    folder.chmod(0o777)
    assert as_somebody_else(lambda: texts(folder / "work.db")) == ["The bridge closed."]


@pytest.mark.parametrize("name", ["copy/work.db", "link.db"])
@pytest.mark.parametrize("with_index", [True, False], ids=["log and index", "log alone"])
def test_what_is_only_in_the_log_is_read_too(folder: Path, name: str, *, with_index: bool) -> None:
    copied = folder / "copy"
    copied.mkdir()
    with closing(open_store(folder / "work.db")) as store:
        articles.add_article(store, *article("The ferry ran."), [], None)
        for path in folder.glob("work.db*"):
            shutil.copyfile(path, copied / path.name)
    if not with_index:
        (copied / "work.db-shm").unlink()
    assert (copied / "work.db-wal").stat().st_size > 0
    (folder / "link.db").symlink_to(copied / "work.db")
    protect(copied)
    before = files(copied)
    try:
        assert as_somebody_else(lambda: texts(folder / name)) == ["The bridge closed.", "The ferry ran."]
        assert files(copied) == before
    finally:
        copied.chmod(0o755)


def test_a_misshapen_page_is_damage_also_for_who_only_reads(folder: Path) -> None:
    asked = "pragma cell_size_check"
    with closing(beside(folder / "work.db")) as store:
        assert store.connection.execute(asked).fetchone() == (1,)
    protect(folder)

    def read() -> Any:
        with store_to_read(folder / "work.db") as store:
            return store.connection.execute(asked).fetchone()

    assert as_somebody_else(read) == (1,)


def test_nothing_is_written_to_what_is_only_read(folder: Path) -> None:
    protect(folder)

    def write() -> str:
        with store_to_read(folder / "work.db") as store:
            try:
                articles.add_article(store, *article("More."), [], None)
            except ReadOnlyDatabaseError as error:
                return str(error)
        return ""

    assert "cannot be written" in as_somebody_else(write)


def test_an_older_schema_is_read_from_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(folder / "work.db")) as connection:
        connection.execute(f"pragma user_version = {SCHEMA_VERSION - 1}")
    protect(folder)
    seen: list[Path] = []
    heard: list[tuple[Path, Path | None]] = []

    class Heard(Nobody):
        def updates(self, path: Path, copy: Path | None) -> AbstractContextManager[Reached]:
            heard.append((path, copy))
            return super().updates(path, copy)

    def migrated(connection: sqlite3.Connection, path: Path, told: Told) -> None:
        seen.append(path)
        with told.updates(path, path.with_suffix(".bak")):
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")

    def read() -> tuple[list[str], list[Path], list[tuple[Path, Path | None]]]:
        return texts(folder / "work.db", Heard()), seen, heard

    monkeypatch.setattr("annotator.store.opening._migrate", migrated)
    found, copies, said = as_somebody_else(read)
    assert said[-1:] == [(folder / "work.db", None)]
    assert found == ["The bridge closed."]
    assert copies
    assert folder not in [path.parent for path in copies[-1:]]
    assert not copies[-1].exists()


def test_what_was_changed_while_it_was_read_unlocked_is_said(folder: Path) -> None:
    protect(folder)
    path = folder / "work.db"

    def read() -> str:
        try:
            with store_to_read(path):
                os.seteuid(0)
                os.utime(path, (1, 1))
        except DatabaseBusyError as error:
            return str(error)
        return ""

    if os.geteuid() != 0:
        pytest.skip("only the superuser can change what may not be written")
    assert "was changed while it was read" in as_somebody_else(read)


def test_one_that_may_be_written_is_opened_as_always_and_a_missing_one_is_missing(
    store: Store, add: AddArticle, path: Path, tmp_path: Path
) -> None:
    add(store, "The bridge closed.")
    with store_to_read(path) as found:
        assert found.file is not None
        articles.add_article(found, *article("The ferry ran."), [], None)
    with pytest.raises(NotFoundError), store_to_read(tmp_path / "none.db"):
        pass


def test_a_file_that_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "work.db").chmod(0)
    assert stat.S_IMODE((folder / "work.db").stat().st_mode) == 0

    def read() -> str:
        try:
            return str(texts(folder / "work.db"))
        except ReadOnlyDatabaseError as error:
            return str(error)

    assert "Permission denied" in as_somebody_else(read)
