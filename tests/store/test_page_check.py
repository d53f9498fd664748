"""Pages that are not sound: nothing is written to them, and the doctor's mark keeps others from it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import cast

import pytest

from annotator.errors import DatabaseDamagedError, IndexDamagedError
from annotator.model.draft_key import DraftKey
from annotator.model.span import Span
from annotator.model.text import claim_id
from annotator.store import Store, bookmarks, connection, drafts, open_store, text_index
from annotator.store.doctor import examine, examine_quickly
from annotator.store.file.read_only import store_to_read
from annotator.store.soundness import damage_mark, page_check
from annotator.store.soundness.page_check import PagesBehind, _wrong, check_pages
from annotator.store.soundness.problem import Problem
from annotator.store.soundness.sqlite_check import damage, damage_and_indexes

AddArticle = Callable[..., str]


def spoil(path: Path) -> None:
    """Give two indexes each other's pages, as no program does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("pragma writable_schema = on")
        roots = dict(raw.execute("select name, rootpage from sqlite_master where name glob 'ledger_by_*'").fetchall())
        for name, other in (("article", "reviewer"), ("reviewer", "article")):
            raw.execute(
                "update sqlite_master set rootpage = ? where name = ?",
                (roots[f"ledger_by_{other}"], f"ledger_by_{name}"),
            )


@pytest.fixture
def spoiled(path: Path, add: AddArticle) -> Path:
    with closing(open_store(path)) as store:
        add(store, "Rain fell.", "ana")
    spoil(path)
    return path


def test_sound_pages_are_no_news(path: Path, store: Store, add: AddArticle) -> None:
    add(store, "Rain fell.")
    check_pages(store)
    PagesBehind(store).wait()
    store.check()
    assert not damage_mark.mark_file(path).exists()


def test_what_is_not_sound_is_marked_and_opened_by_nobody_who_writes(spoiled: Path) -> None:
    with closing(open_store(spoiled)) as store, pytest.raises(DatabaseDamagedError) as found:
        check_pages(store)
    assert f"{spoiled}: the database is damaged (" in str(found.value)
    with pytest.raises(DatabaseDamagedError) as refused:
        open_store(spoiled)
    said = str(refused.value)
    assert said.startswith(f"{spoiled}: `annotator doctor` found it damaged (")
    assert "nothing is written to it until `annotator doctor` finds it sound; restore a copy" in said
    assert "`annotator recover`" in said
    assert "\n" not in said
    with store_to_read(spoiled) as read:
        assert read.connection.execute("select count(*) from article").fetchone() == (1,)


def test_a_copy_that_is_put_in_its_place_is_not_marked(spoiled: Path, tmp_path: Path) -> None:
    assert damage_mark.mark(spoiled, "made up")
    copy = tmp_path / "copy.db"
    shutil.copyfile(spoiled, copy)
    copy.replace(spoiled)
    open_store(spoiled).close()


def test_a_copy_that_is_written_into_it_or_gets_its_number_is_not_marked(
    path: Path, tmp_path: Path, add: AddArticle
) -> None:
    with closing(open_store(path)) as store:
        add(store, "Rain fell.", "ana")
    copy = tmp_path / "copy.db"
    shutil.copyfile(path, copy)
    spoil(path)
    with closing(open_store(path)) as store, pytest.raises(DatabaseDamagedError):
        check_pages(store)
    inode = path.stat().st_ino
    with pytest.raises(DatabaseDamagedError):
        open_store(path)
    shutil.copyfile(copy, path)
    assert path.stat().st_ino == inode
    open_store(path).close()


def test_the_mark_holds_when_who_left_it_had_a_log_and_who_had_it_open_goes_on(path: Path, add: AddArticle) -> None:
    with closing(open_store(path)) as other:
        with closing(open_store(path)) as store:
            add(store, "Rain fell.", "ana")
            assert page_check.leave_mark(store, "made up")
        with pytest.raises(DatabaseDamagedError):
            open_store(path)
        add(other, "Snow fell.", "ana")
    with pytest.raises(DatabaseDamagedError, match="until `annotator doctor` finds it sound"):
        open_store(path)


@pytest.mark.parametrize("what", ["draft", "place"])
def test_the_mark_holds_when_who_had_it_open_stores_no_entry_and_not_for_a_copy_from_before(
    path: Path, tmp_path: Path, add: AddArticle, what: str
) -> None:
    with closing(open_store(path)) as store:
        article = add(store, "Rain fell.", "ana")
        bookmarks.leave(store, "ana", article, claim_id(article, Span(0, 10)))
    copy = tmp_path / "copy.db"
    shutil.copyfile(path, copy)
    with closing(open_store(path)) as other:
        with closing(open_store(path)) as store:
            assert page_check.leave_mark(store, "made up")
        if what == "draft":
            drafts.save_draft(other, "ana", DraftKey(article, "note", "1"), {"text": "It was snow."})
        else:
            bookmarks.leave(other, "ana", article, claim_id(article, Span(0, 10)))
    with pytest.raises(DatabaseDamagedError, match="until `annotator doctor` finds it sound"):
        open_store(path)
    shutil.copyfile(copy, path)
    open_store(path).close()


def test_a_mark_from_before_places_were_noted_is_read(path: Path, add: AddArticle) -> None:
    with closing(open_store(path)) as store:
        add(store, "Rain fell.", "ana")
    assert damage_mark.mark(path, "made up")
    first, found = damage_mark.mark_file(path).read_text("utf-8").splitlines()
    damage_mark.mark_file(path).write_text(f"{json.dumps(json.loads(first)[:-1])}\n{found}\n", "utf-8")
    with pytest.raises(DatabaseDamagedError):
        open_store(path)
    os.utime(path, ns=(0, 0))
    open_store(path).close()


def test_the_last_one_to_close_it_does_not_lift_its_own_mark(path: Path, add: AddArticle) -> None:
    with closing(open_store(path)) as store:
        add(store, "Rain fell.", "ana")
        assert page_check.leave_mark(store, "made up")
    with store_to_read(path):
        pass
    with pytest.raises(DatabaseDamagedError):
        open_store(path)


def test_the_mark_holds_where_the_log_had_what_is_no_entry_draft_or_place(path: Path, add: AddArticle) -> None:
    with closing(open_store(path)) as other:
        with closing(open_store(path)) as store:
            add(store, "Rain fell.", "ana")
            store.rest()
            with store.transaction():
                store.connection.execute("insert into meta (key, value) values ('later', '1')")
            assert page_check.leave_mark(store, "made up")
        other.check()
    with pytest.raises(DatabaseDamagedError, match="until `annotator doctor` finds it sound"):
        open_store(path)


@pytest.mark.parametrize("code", ["SQLITE_CORRUPT", "SQLITE_CORRUPT_VTAB"])
def test_what_the_look_behind_finds_of_an_index_of_words_ends_no_writing(
    store: Store, add: AddArticle, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def fails(_: sqlite3.Connection) -> str:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = getattr(sqlite3, code)
        raise error

    monkeypatch.setattr(page_check, "_wrong", fails)
    PagesBehind(store).wait()
    with nullcontext() if code == "SQLITE_CORRUPT_VTAB" else pytest.raises(DatabaseDamagedError):
        add(store, "Rain fell.", "ana")


def test_a_look_that_an_index_of_words_ends_is_a_finding_of_that(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: sqlite3.Connection) -> Iterator[Problem]:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_VTAB
        raise error

    monkeypatch.setattr("annotator.store.doctor.index_check.of_texts", fails)
    assert [finding.check for finding in examine(store)] == ["index"]


def test_a_link_and_what_it_leads_to_have_one_mark(spoiled: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(spoiled)
    assert damage_mark.mark(link, "made up")
    assert damage_mark.mark_file(link) == damage_mark.mark_file(spoiled)
    for name in (link, spoiled):
        with pytest.raises(DatabaseDamagedError):
            open_store(name)


def test_what_is_in_its_place_when_the_mark_is_left_is_not_marked(spoiled: Path, tmp_path: Path) -> None:
    with closing(open_store(spoiled)) as store:
        other = tmp_path / "other.db"
        shutil.copyfile(spoiled, other)
        other.replace(spoiled)
        assert not page_check.leave_mark(store, "made up")
    assert not damage_mark.mark_file(spoiled).exists()


def test_what_is_found_behind_ends_all_writing_of_this_process(spoiled: Path, add: AddArticle) -> None:
    with closing(open_store(spoiled)) as store:
        PagesBehind(store).wait()
        before = store.connection.execute("select count(*) from ledger not indexed").fetchone()
        for write in (store.check, lambda: add(store, "Snow fell.")):
            with pytest.raises(DatabaseDamagedError, match=r"found damaged while it was open.*nothing more is stored"):
                write()
        assert store.connection.execute("select count(*) from ledger not indexed").fetchone() == before
    # Only the doctor, and who looks before it writes, leave a mark.
    open_store(spoiled).close()


def test_looking_behind_ends_when_it_is_told(spoiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.soundness.page_check._STEPS", 1)
    with closing(open_store(spoiled)) as store:
        behind = PagesBehind(store)
        behind.stop()
        assert not behind._thread.is_alive()


def test_what_any_statement_finds_malformed_ends_all_writing(store: Store, add: AddArticle) -> None:
    def malformed() -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    said = r"restore a copy.*`annotator doctor`.*`annotator recover`"
    with pytest.raises(DatabaseDamagedError, match=said), connection.translated(store.path):
        malformed()
    with pytest.raises(DatabaseDamagedError, match="nothing more is stored"):
        add(store, "Rain fell.")


def test_cells_that_do_not_fit_are_seen_when_they_are_read(store: Store) -> None:
    assert store.connection.execute("pragma cell_size_check").fetchone() == (1,)


OF_AN_INDEX = (
    "unable to validate the inverted index for FTS5 table main.text_index: attempt to write a readonly database",
    "malformed inverted index for FTS5 table main.text_index",
)
"""What SQLite 3.44 and later say of indexes of words."""


class Saying:
    """A connection to a database of which SQLite says what it is given."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.asked = lines, ""

    def execute(self, asked: str) -> list[tuple[str]]:
        self.asked = asked
        return [(line,) for line in self.lines]


def test_an_index_of_words_is_no_damage_and_hides_none() -> None:
    saying = cast(sqlite3.Connection, Saying(*OF_AN_INDEX))
    assert list(damage(saying, "integrity_check")) == []
    assert list(damage_and_indexes(saying, "integrity_check")) == [(OF_AN_INDEX[1], True)]
    saying = cast(sqlite3.Connection, Saying(*OF_AN_INDEX, "row 1 missing\n from index x"))
    assert _wrong(saying) == "row 1 missing from index x"
    assert cast(Saying, saying).asked == "pragma integrity_check(100)"


def test_the_doctor_calls_it_a_finding_of_the_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "annotator.store.doctor.damage_and_indexes",
        lambda _connection, check: damage_and_indexes(cast(sqlite3.Connection, Saying(*OF_AN_INDEX)), check),
    )
    for found in (list(examine(store)), list(examine_quickly(store))):
        (finding,) = found
        assert finding.check == "index"
        assert "`annotator doctor --renew-index`" in finding.detail


def test_what_looks_behind_may_write_as_the_look_at_indexes_needs(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int]] = []

    def look(connection: sqlite3.Connection) -> str:
        asked.extend(connection.execute("pragma query_only").fetchall())
        return ""

    monkeypatch.setattr("annotator.store.soundness.page_check._wrong", look)
    PagesBehind(store).wait()
    assert asked == [(0,)]


def test_a_damaged_index_of_words_ends_searching_and_no_writing(path: Path, add: AddArticle) -> None:
    with closing(open_store(path)) as store:
        add(store, "Rain fell.")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        # By hand, as nobody does: its pages, and not the two rows that say which there are.
        assert raw.execute("delete from text_index_data where id > 10").rowcount
    with closing(open_store(path)) as store:
        said = r"an index of words is damaged; `annotator doctor --renew-index`"
        with pytest.raises(IndexDamagedError, match=said) as refused, connection.translated(path):
            list(text_index.articles_with(store, "rain"))
        assert "restore" not in str(refused.value)
        with store.transaction():
            store.connection.execute("insert into meta (key, value) values ('later', '1')")
        assert store.connection.execute("select value from meta where key = 'later'").fetchone() == ("1",)
        assert {finding.check for finding in examine(store)} == {"index"}
        assert text_index.renew(store) == 1
        assert len(text_index.articles_with(store, "rain")) == 1
        assert list(examine(store)) == []
