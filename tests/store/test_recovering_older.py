"""Databases of earlier schemas are recovered into one of the present schema, from those that are kept."""

from __future__ import annotations

import json
import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from annotator.cli.recover import recover as command
from annotator.store import bookmarks, doctor, drafts, ledger, open_store, records, suggestions
from annotator.store.migration import migrations
from annotator.store.recovering import recover
from annotator.store.recovery.recovered_rows import Recovered

KEPT = Path(__file__).with_name("kept")
LATER = [migration.name for migration in migrations.migrations.pending(Database(memory=True))][2:]
"""The migrations that come behind the kept schema."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(lzma.decompress((KEPT / "schema-2.db.xz").read_bytes()))
    return path


@pytest.fixture
def kept() -> dict[str, str]:
    """What the version of the second schema showed, by names."""
    return dict(json.loads(lzma.decompress((KEPT / "schema-2.shown.xz").read_bytes())))


def changed(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(script)


def recovered(path: Path) -> tuple[Recovered, list[str], list[str]]:
    """What came back, all entries, and what is decided of the claims."""
    with closing(open_store(path.with_name("new.db"))) as store:
        found = recover(path, store)
        assert list(doctor.examine(store)) == []
        entries = [
            {name: value for name, value in asdict(entry).items() if name != "signed"}
            for entry in ledger.entries(store)
        ]
        decided = list(map(repr, records.claim_records(store)))
    return found, [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries], decided


def updated(path: Path) -> list[str]:
    """What is decided of the claims where the same database is brought up to date."""
    copy = path.with_name("updated.db")
    copy.write_bytes(path.read_bytes())
    with closing(open_store(copy)) as store:
        return list(map(repr, records.claim_records(store)))


def begun(path: Path) -> list[str]:
    """All drafts, and where everybody was last."""
    with closing(open_store(path)) as store:
        rows = [each for who in ("ana", "bo") for each in drafts.drafts(store, who).items()]
        return [*map(repr, rows), *(repr(bookmarks.last_place(store, who)) for who in ("ana", "bo"))]


@pytest.mark.parametrize("schema", [1, 2])
def test_one_without_digests_comes_back_whole_and_it_is_said(old: Path, kept: dict[str, str], schema: int) -> None:
    expected = updated(old)
    if schema == 1:
        changed(old, "drop table same_text; drop table near_band; pragma user_version = 1")
    before = old.read_bytes()
    found, entries, decided = recovered(old)
    assert (found.lost, found.texts > 0) == ([], True)
    assert "no digests" in found.unproved
    assert "\n".join(entries) == kept["ledger: all"]
    assert decided == expected
    assert len(expected) > 20
    assert old.read_bytes() == before
    assert begun(old.with_name("new.db")) == begun(old.with_name("updated.db"))
    assert len(begun(old.with_name("new.db"))) > 3


@pytest.mark.parametrize("last", range(1, len(LATER) + 1))
def test_one_of_every_schema_since_comes_back_whole(old: Path, kept: dict[str, str], last: int) -> None:
    expected = updated(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        stop = LATER[last] if last < len(LATER) else None
        migrations.migrations.apply(Database(raw), stop_before=stop)
        raw.execute(f"pragma user_version = {2 + last}")
    found, entries, decided = recovered(old)
    assert (found.lost, found.unproved) == ([], "")
    assert "\n".join(entries) == kept["ledger: all"]
    assert decided == expected


@pytest.mark.parametrize(
    "payload",
    [
        "{",
        '{"changes": [["judgement", ["c1", "colour"], "2"]]}',
        '{"changes": [["attribution", ["a1"], {"type": "statement"}]]}',
        '{"changes": [["attribution", ["a1"], {"source": [], "cue": [0, 4], "content": [], "type": "statement", '
        '"form": "indirect", "anonymity": "named", "negated": false, "parent": null, "relay": null}]]}',
        '{"changes": [["evidence", ["e1"], {"claim_id": "c1"}]]}',
        '{"changes": [["source", ["s1"], {"name": ""}]]}',
        '{"changes": 7}',
        "7",
    ],
)
def test_an_entry_that_is_none_is_told_and_the_others_come_back(old: Path, kept: dict[str, str], payload: str) -> None:
    with closing(sqlite3.connect(old)) as raw:
        (row, id_) = raw.execute(
            "select rowid, id from ledger where kind = 'decision' and rowid not in "
            "(select undone.rowid from ledger join ledger undone on undone.id = ledger.undoes) order by rowid desc"
        ).fetchone()
        raw.execute("drop trigger ledger_is_never_changed")
        raw.execute("pragma ignore_check_constraints = on")
        raw.execute("update ledger set payload = ? where rowid = ?", (payload, row))
        raw.commit()
    found, entries, _ = recovered(old)
    (line,) = found.lost
    assert line.startswith(f"ledger entry {row}: ")
    assert entries == [entry for entry in kept["ledger: all"].splitlines() if f'"id": "{id_}"' not in entry]


def test_a_note_of_an_opening_that_is_none_is_told_and_the_others_come_back(old: Path, kept: dict[str, str]) -> None:
    with closing(sqlite3.connect(old)) as raw:
        (row,) = raw.execute("select max(rowid) from ledger where kind = 'event'").fetchone()
        raw.execute("drop trigger ledger_is_never_changed")
        raw.execute("pragma ignore_check_constraints = on")
        raw.execute("update ledger set payload = '7' where rowid = ?", (row,))
        raw.commit()
    found, entries, _ = recovered(old)
    assert found.lost == [f"ledger entry {row}: its payload is no object"]
    assert len(entries) == len(kept["ledger: all"].splitlines()) - 1


def test_what_was_suggested_earlier_comes_back_as_that(old: Path) -> None:
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("update suggestion set current = 0 where ordinal % 2")
        raw.commit()
        expected = raw.execute("select current, count(*) from suggestion group by current").fetchall()
    recovered(old)
    with closing(open_store(old.with_name("new.db"))) as store:
        ids = [row[0] for row in store.connection.execute("select id from article order by ordinal")]
        proposed = [each.current for id_ in ids for each in suggestions.proposals(store, id_)]
    assert [(0, proposed.count(False)), (1, proposed.count(True))] == expected


def read_one_by_one(path: Path, last: int) -> Iterator[str]:
    """The ids of the entries that can be read."""
    with closing(sqlite3.connect(path)) as raw:
        for number in range(1, last + 1):
            with suppress(sqlite3.DatabaseError):
                yield from raw.execute("select id from ledger where rowid = ?", (number,)).fetchone() or ()


def test_a_page_that_is_gone_takes_its_rows_along(old: Path) -> None:
    with closing(sqlite3.connect(old)) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
        pages = raw.execute("pragma page_count").fetchone()[0]
        roots = dict(raw.execute("select name, rootpage from sqlite_master where rootpage > 0").fetchall())
        (whole,) = raw.execute("select count(*) from ledger").fetchone()
    held = old.read_bytes()
    # A leaf of a table with many entries: its first byte is 13, and an id of a database stands in it.
    with closing(sqlite3.connect(old)) as raw:
        (database,) = raw.execute("select database_id from ledger limit 1").fetchone()
    leaves = [
        page
        for page in range(2, pages + 1)
        if page not in roots.values()
        and held[(page - 1) * size] == 13
        and held[(page - 1) * size : page * size].count(database.encode()) > 1
    ]
    for leaf in (leaves[len(leaves) // 2], leaves[-1]):
        held = held[: (leaf - 1) * size] + bytes(size) + held[leaf * size :]
    old.write_bytes(held)
    readable = set(read_one_by_one(old, whole))
    found, entries, _ = recovered(old)
    assert 0 < len(entries) < whole
    assert {json.loads(entry)["id"] for entry in entries} == readable
    assert any(line.startswith("ledger: its end cannot be read: what came behind row ") for line in found.lost)
    assert all("cannot be read" in line or "no ledger entry" in line or "import" in line for line in found.lost)


def test_suggestions_that_are_none_are_told(old: Path) -> None:
    changed(old, "pragma ignore_check_constraints = on; update suggestion set payload = '[' where kind = 'worth'")
    found, _, _ = recovered(old)
    assert found.lost
    assert all("what was suggested; `annotator suggest` asks again" in line for line in found.lost)


def test_the_command_says_that_nothing_was_proved(old: Path) -> None:
    result = CliRunner().invoke(command, [str(old), "-o", str(old.with_name("new.db"))])
    assert result.exit_code == 0, result.output
    assert (
        f"{old}: entries had no digests in its schema: what could be read of them was taken as it is" in result.output
    )
