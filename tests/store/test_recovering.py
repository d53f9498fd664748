"""Recovering: what is proved comes back, and what is not is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from annotator.cli.recover import recover as command
from annotator.errors import DatabaseDamagedError, NotADatabaseError, NotFoundError
from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change
from annotator.store import Store, articles, bookmarks, doctor, drafts, ledger, open_store, records, review
from annotator.store.fact_checks import checks
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.recovering import recover
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow.fact_checks.check_matching import words_of

AddArticle = Callable[..., str]


@pytest.fixture
def broken(store: Store, path: Path, add: AddArticle) -> Path:
    """Three articles, one of them purged, and ana's decisions on the first two; closed."""
    ids = [add(store, f"Boat {number} sailed. It was late.", title=f"Boat {number}") for number in range(3)]
    for article_id in ids[:2]:
        work = review.load_review(store, review.load_article(store, article_id), "ana")
        for claim in work.claims:
            review.decide(store, work, "s", "test", claim, [Change("judgement", (claim.id, "worth"), "2")])
            work = review.load_review(store, review.load_article(store, article_id), "ana")
    articles.purge_article(store, ids[2], None)
    store.connection.execute("pragma wal_checkpoint(truncate)")
    store.close()
    return path


def damaged(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(statement)


def recovered(path: Path) -> tuple[Recovered, list[tuple[str, str]]]:
    """What came back, and the claims that have a worth: text and value."""
    target = path.with_name("new.db")
    with closing(open_store(target)) as store:
        found = recover(path, store)
        assert list(doctor.examine(store)) == []
        judged = [(each.text, each.judgement.worth or "") for each in records.claim_records(store)]
    return found, judged


EVERYTHING = [(f"{words}", "2") for number in range(2) for words in (f"Boat {number} sailed.", "It was late.")]


def test_an_undamaged_database_comes_back_whole(broken: Path) -> None:
    found, judged = recovered(broken)
    assert (found.texts, found.lost, judged) == (2, [], EVERYTHING)
    with closing(open_store(broken)) as old, closing(open_store(broken.with_name("new.db"))) as new:
        assert [entry.id for entry in ledger.entries(new)] == [entry.id for entry in ledger.entries(old)]
        assert new.database_id == old.database_id


def test_a_database_whose_log_goes_home_while_it_is_recovered_comes_back_too(broken: Path) -> None:
    # As SQLite does by itself from 1,000 pages on: the file has the id of the damaged one then, and its own no more.
    with closing(open_store(broken.with_name("new.db"))) as store:
        store.connection.execute("pragma wal_autocheckpoint = 1")
        assert recover(broken, store).lost == []
        store.check()


def test_damage_to_the_present_state_costs_nothing(broken: Path) -> None:
    damaged(broken, "update judgement set worth = '0'; delete from progress; delete from publication")
    found, judged = recovered(broken)
    assert (found.lost, judged) == ([], EVERYTHING)


def test_an_entry_that_was_changed_is_told_and_left_out(broken: Path) -> None:
    damaged(
        broken,
        "drop trigger ledger_is_never_changed; update ledger set payload = replace(payload, '2', '1') "
        "where key = (select max(key) from ledger where payload <> '' and kind = 0)",
    )
    found, judged = recovered(broken)
    assert judged == EVERYTHING[:-1]
    (line,) = found.lost
    assert line.startswith("ledger entry ")
    assert "not what was written" in line


def test_a_text_that_was_changed_is_told_with_what_was_decided_about_it(broken: Path) -> None:
    damaged(broken, "update article_text set text = text || '!' where article = 1")
    found, judged = recovered(broken)
    assert judged == EVERYTHING[2:]
    assert any("import it again" in line for line in found.lost)
    assert found.texts == 1


def test_pages_that_are_gone_take_only_their_rows_along(broken: Path) -> None:
    with closing(sqlite3.connect(broken)) as raw:
        (page,) = raw.execute("select rootpage from sqlite_master where name = 'verdict'").fetchone()
        (size,) = raw.execute("pragma page_size").fetchone()
    with broken.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    found, judged = recovered(broken)
    assert (found.lost, judged) == ([], EVERYTHING)


def test_the_damaged_file_is_not_changed(broken: Path) -> None:
    before = broken.read_bytes()
    recovered(broken)
    assert broken.read_bytes() == before


def test_what_cannot_be_read_at_all_is_said(tmp_path: Path, store: Store) -> None:
    with pytest.raises(NotFoundError):
        recover(tmp_path / "none.db", store)
    (tmp_path / "text.db").write_text("no database")
    with pytest.raises(NotADatabaseError, match="nothing of it can be read"):
        recover(tmp_path / "text.db", store)


LATER = (
    "insert into _sqlite_migrations (migration_set, name, applied_at) "
    f"values ('annotator', 'm{SCHEMA_VERSION + 1:04}_more', '2026-01-01')"
)


@pytest.mark.parametrize("in_header", [SCHEMA_VERSION + 1, 0])
def test_a_later_schema_is_refused_whatever_becomes_of_its_header(broken: Path, tmp_path: Path, in_header: int) -> None:
    damaged(broken, f"{LATER}; pragma user_version = {in_header}")
    said = f"schema {SCHEMA_VERSION + 1}, and this version of annotator knows {SCHEMA_VERSION}"
    with closing(open_store(tmp_path / "new.db")) as store, pytest.raises(DatabaseDamagedError, match=said):
        recover(broken, store)


@pytest.mark.parametrize("bit", range(32))
def test_a_schema_that_only_the_header_says_costs_nothing(begun: Path, bit: int) -> None:
    expected = begun_in(begun)
    data = bytearray(begun.read_bytes())
    data[60 + bit // 8] ^= 1 << bit % 8
    begun.write_bytes(data)
    found, judged = recovered(begun)
    assert (found.lost, found.fact_checks, judged) == ([], 3, EVERYTHING)
    assert begun_in(begun.with_name("new.db")) == expected


@pytest.mark.parametrize("version", [0, 1, 3, SCHEMA_VERSION + 1])
@pytest.mark.parametrize("lost", ["select 1", "delete from _sqlite_migrations", "drop table _sqlite_migrations"])
def test_it_is_told_by_the_migrations_or_the_tables_there_are(begun: Path, version: int, lost: str) -> None:
    expected = begun_in(begun)
    damaged(begun, f"{lost}; pragma user_version = {version}")
    found, judged = recovered(begun)
    assert (found.lost, found.fact_checks, judged) == ([], 3, EVERYTHING)
    assert begun_in(begun.with_name("new.db")) == expected


@pytest.fixture
def begun(broken: Path) -> Path:
    """The same, with a note that ana has begun, the place she was at, and published fact-checks; closed."""
    with closing(open_store(broken)) as store:
        (article_id, other) = articles.shown_ids(store)
        drafts.save_draft(store, "ana", DraftKey(article_id, "note", "c1"), {"text": "Ask the may"})
        drafts.save_draft(store, "ana", DraftKey(other, "note", "c2"), {"text": "And the may"})
        work = review.load_review(store, review.load_article(store, article_id), "ana")
        bookmarks.leave(store, "ana", article_id, work.claims[1].id)
        for day in "12":
            rows = [Check("one", "Boat 1 sank.", date=f"2026-01-0{day}"), Check("two", "Boat 2 sank.")]
            checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    return broken


def begun_in(path: Path) -> list[Any]:
    """What ana has begun and where she was, and the fact-checks with what took their places."""
    with closing(open_store(path)) as store:
        rows = store.connection.execute("select * from fact_check order by ordinal").fetchall()
        return [drafts.drafts(store, "ana"), bookmarks.last_place(store, "ana"), rows]


def test_what_was_begun_the_place_and_fact_checks_come_back(begun: Path) -> None:
    found, _ = recovered(begun)
    assert (found.lost, found.fact_checks, found.unproved) == ([], 3, "")
    assert begun_in(begun.with_name("new.db")) == begun_in(begun)
    assert len(begun_in(begun)[0]) == 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update draft set payload = '{\"text\": \"x\"}' where subject = 'c1'", "what ana had begun (note) in article"),
        ("update draft set article = 2 where subject = 'c1'", "what ana had begun (note) in article"),
        ("update draft set article = 77 where subject = 'c1'", "draft: one whose reviewer or article"),
        ("update place set at = at + 3 where claim is not null", "where ana was in article"),
        ("update fact_check set verdict = 'True' where ordinal = 2", "fact-check 2: it is not what was imported"),
    ],
)
def test_what_no_entry_determines_is_told_where_it_is_not_what_was_written(
    begun: Path, statement: str, said: str
) -> None:
    damaged(begun, statement)
    found, judged = recovered(begun)
    assert [line for line in found.lost if line.startswith(said)] == found.lost != []
    assert judged == EVERYTHING
    if "draft" in statement:
        assert [each["text"] for each in begun_in(begun.with_name("new.db"))[0].values()] == ["And the may"]


def test_of_a_draft_that_is_no_text_any_more_no_word_is_told_and_the_others_come_back(begun: Path) -> None:
    damaged(
        begun,
        "pragma ignore_check_constraints = on; "
        "update draft set payload = cast(x'7b80' || payload as text) where subject = 'c1'",
    )
    found, _ = recovered(begun)
    (line,) = found.lost
    assert line.startswith("what ana had begun (note) in article ")
    assert line.endswith(": it is not what was written")
    assert [each["text"] for each in begun_in(begun.with_name("new.db"))[0].values()] == ["And the may"]


def test_fact_checks_of_a_schema_without_digests_come_back_and_it_is_said(begun: Path) -> None:
    expected = begun_in(begun)
    damaged(
        begun,
        "drop index fact_check_replaced; alter table fact_check drop column digest; pragma user_version = 8; "
        "delete from _sqlite_migrations where name like 'm0009%'",
    )
    found, _ = recovered(begun)
    assert (found.lost, found.unproved.split(" in ")[0]) == ([], "fact-checks had no digests")
    assert begun_in(begun.with_name("new.db")) == expected


def test_the_command_makes_the_index_of_the_fact_checks_too(begun: Path) -> None:
    target = begun.with_name("new.db")
    result = CliRunner().invoke(command, [str(begun), "-o", str(target)])
    assert "and 3 fact-checks recovered; 0 things could not be recovered" in result.output
    with closing(open_store(target)) as store:
        assert list(doctor.examine(store, words_of=words_of)) == []
        assert len(checks.index(store).candidates(["sank"])) == 2
