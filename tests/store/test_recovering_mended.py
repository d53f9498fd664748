"""Rows in which one bit is another come back as they were: their digests say when they are right again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DomainError
from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.model.instants import written
from annotator.model.ledger import Change
from annotator.store import Store, bookmarks, doctor, drafts, ledger, open_store, review
from annotator.store.fact_checks import checks
from annotator.store.recovering import recover
from annotator.store.recovery.mending import Mender
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.fact_checks.checks import renew_index

AddArticle = Callable[..., str]


@pytest.fixture
def whole(store: Store, path: Path, add: AddArticle) -> Path:
    """An article with a decision, a draft and a place of ana's, and fact-checks of which two were corrected; closed."""
    article_id = add(store, "Boat 1 sailed. It was late.", title="Boat 1")
    work = review.load_review(store, review.load_article(store, article_id), "ana")
    note = Change("judgement", (work.claims[0].id, "note"), "Ask the harbour master")
    review.decide(store, work, "s", "test", work.claims[0], [note])
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", "c1"), {"text": "Ask the mayor"})
    bookmarks.leave(store, "ana", article_id, work.claims[1].id)
    for day, verdict in enumerate(("False", "Half true", "True"), 1):
        first = Check("one", "Boat 1 sank.", date=f"2026-01-0{day}", verdict=verdict, url="https://checks.example/1")
        rows = [first, Check("two", "Boat 2 sank.", withdrawn=True)]
        checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    store.close()
    return path


def held(path: Path) -> list[Any]:
    """All that is in it and that a digest proves."""
    with closing(open_store(path)) as store:
        owned = "join name on name.key = reviewer order by 1, 2"
        rows = [
            store.connection.execute(f"select {what}").fetchall()
            for what in (
                "* from fact_check order by ordinal",
                f"article, name.text, claim, at, digest from place {owned}",
                f"article, name.text, draft.kind, subject, payload, at, digest from draft {owned}",
            )
        ]
        return [*rows, list(map(repr, ledger.entries(store)))]


def damaged(path: Path, table: str, column: str, row: str, mask: int) -> None:
    """Another bit in the last byte of a value, as it is in the file."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("pragma ignore_check_constraints = on")
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            raw.execute(f"drop trigger {name}")
        (value, kind) = raw.execute(
            f"select cast({column} as blob), typeof({column}) from {table} where {row}"
        ).fetchone()
        if kind == "integer":
            raw.execute(f"update {table} set {column} = {int(value) ^ mask} where {row}")
        else:
            other = value[:-1] + bytes([value[-1] ^ mask])
            made = "?" if kind == "blob" else "cast(? as text)"
            raw.execute(f"update {table} set {column} = {made} where {row}", (other,))
        raw.commit()


def recovered(path: Path) -> Recovered:
    with closing(open_store(path.with_name("new.db"))) as store:
        found = recover(path, store)
        renew_index(store)
        assert list(doctor.examine(store, words_of=words_of)) == []
    return found


DECIDED = "payload like '%harbour%'"


@pytest.mark.parametrize(
    ("table", "column", "row", "mask"),
    [
        ("fact_check", "verdict", "ordinal = 4", 1),
        ("fact_check", "verdict", "ordinal = 1", 128),
        ("fact_check", "claim", "ordinal = 2", 128),
        ("fact_check", "collection", "ordinal = 3", 4),
        ("fact_check", "url", "ordinal = 4", 1),
        ("fact_check", "withdrawn", "ordinal = 2", 1),
        ("fact_check", "withdrawn", "ordinal = 2", 2),
        ("fact_check", "key", "ordinal = 4", 1),
        ("fact_check", "key", "ordinal = 1", 1),
        ("fact_check", "digest", "ordinal = 3", 16),
        ("fact_check", "replaced_by", "ordinal = 1", 1),
        ("fact_check", "replaced_by", "ordinal = 3", 64),
        ("ledger", "payload", DECIDED, 1),
        ("ledger", "payload", DECIDED, 128),
        ("ledger", "lamport", DECIDED, 1),
        ("ledger", "kind", DECIDED, 4),
        ("ledger", "at", DECIDED, 1 << 62),
        ("ledger", "reviewer", DECIDED, 32),
        ("ledger", "article", DECIDED, 1),
        ("ledger", "claim", DECIDED, 1),
        ("ledger", "salt", DECIDED, 1),
        ("ledger", "digest", DECIDED, 1),
        ("ledger", "seal", DECIDED, 1),
        ("draft", "payload", "1", 128),
        ("draft", "kind", "1", 1),
        ("draft", "at", "1", 1 << 60),
        ("draft", "article", "1", 64),
        ("place", "claim", "1", 1),
        ("place", "digest", "1", 1),
        ("place", "reviewer", "1", 64),
    ],
)  # fmt: skip
def test_a_row_with_one_bit_that_is_another_comes_back(
    whole: Path, table: str, column: str, row: str, mask: int
) -> None:
    expected = held(whole)
    damaged(whole, table, column, row, mask)
    assert recovered(whole).lost == []
    assert held(whole.with_name("new.db")) == expected


@pytest.mark.parametrize("payload", ["[1]", "{", "7", "[[]]", '{"b":1,"s":2}'])
def test_of_an_entry_that_makes_no_sense_it_is_said_in_words(whole: Path, payload: str) -> None:
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("pragma ignore_check_constraints = on")
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            raw.execute(f"drop trigger {name}")
        raw.execute(f"update ledger set payload = ? where {DECIDED}", (payload,))
        raw.commit()
    (line,) = recovered(whole).lost
    assert line.endswith(": it is not what was written")


def test_where_a_correction_is_lost_it_is_said_that_what_it_corrected_is_found_again(whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("update fact_check set verdict = 'Surely not' where ordinal = 4")
        raw.commit()
    found = recovered(whole)
    assert found.lost == [
        "fact-check 4: it is not what was imported; import its file again",
        "fact-check 4: it is not here, so fact-check 3, which it corrected, is again what is found; "
        "import its file again",
    ]
    with closing(open_store(whole.with_name("new.db"))) as store:
        # What its file has is then in its place.
        said = Check("one", "Boat 1 sank.", date="2026-01-03", verdict="True", url="https://checks.example/1")
        checks.save(store, [(said, words_of(said))], "checks.jsonl", words_of)
        assert checks.outdated(store, [said.url])[said.url].said == "True"


@pytest.mark.parametrize("lost", [2, 4])
def test_one_that_an_index_knows_and_that_is_not_there_is_told(whole: Path, lost: int) -> None:
    with closing(sqlite3.connect(whole)) as raw:
        # Only the row is gone, as with the page that it was on.
        raw.execute("pragma writable_schema = on")
        raw.execute("update sqlite_master set type = 'none' where name like 'fact_check_%' and type = 'index'")
        raw.commit()
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("pragma writable_schema = on")
        raw.execute(f"delete from fact_check where ordinal = {lost}")
        raw.execute("update sqlite_master set type = 'index' where type = 'none'")
        raw.commit()
    found = recovered(whole)
    assert found.fact_checks == 3
    assert f"fact_check {lost}: it is not where it was" in found.lost
    # Each is told once, but that what was corrected is found again.
    assert len(found.lost) == (2 if lost == 4 else 1)


def test_no_more_rows_are_tried_than_there_are_tries() -> None:
    def proved(row: tuple[Any, ...]) -> str:
        if row != (b"ab",):
            raise ValueError("not what was written")
        return "whole"

    assert Mender().mended((b"aB",), proved) == "whole"
    mender = Mender(left=3)
    with pytest.raises(ValueError, match="not what was written"):
        mender.mended((b"aB",), proved)
    assert mender.left == 0


@pytest.mark.parametrize("at", [1 << 62, -(1 << 62)])
def test_a_number_that_is_no_time_is_refused(at: int) -> None:
    with pytest.raises(DomainError, match="not a time"):
        written(at)
