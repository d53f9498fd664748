from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DiskFullError, NoRoomError
from annotator.store import Store
from annotator.workflow import attributing, judging
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession

ALL = Choice()


@pytest.fixture
def judged(store: Store, ramp: str) -> Store:
    """Ana has taken the nested attributions of a claim, judged it and found evidence; bo has skipped one."""
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    claim = review.claims[1]
    ana.apply(attributing.accept, claim)
    ana.apply(judging.verdict, claim, "supported")
    ana.apply(judging.evidence, claim, {"question": "Do they hold?", "answer": "They do."})
    bo = ReviewSession(store, "bo")
    review, _ = bo.open(ramp)
    bo.apply(judging.skip, review.claims[2])
    return store


def sqlite_file(store: Store, path: Path, choice: Choice = ALL, tally: Tally | None = None) -> Path:
    ((name, chunks),) = exported(store, FORMATS["sqlite"], choice, tally or Tally())
    assert name == ""
    path.write_bytes(b"".join(chunks))
    return path


def test_a_full_temporary_folder_is_told_as_that(judged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> int:
        raise DiskFullError("export.db: the disk is full")

    monkeypatch.setattr("annotator.workflow.exporting.sqlite_format.write_sqlite_export", full)
    ((_, chunks),) = exported(judged, FORMATS["sqlite"], ALL, Tally())
    with pytest.raises(NoRoomError, match="no room for temporary files"):
        list(chunks)


def test_the_work_of_a_store_is_in_its_tables(judged: Store, tmp_path: Path) -> None:
    tally = Tally()
    with closing(sqlite3.connect(sqlite_file(judged, tmp_path / "export.db", tally=tally))) as connection:
        rows = connection.execute("select reviewer, state, verdict, evidence_count from claims order by 1").fetchall()
        assert rows == [("ana", "done", "supported", 1), ("bo", "skipped", None, 0)]
        chains = connection.execute("select chain from attribution order by length(chain)").fetchall()
        assert chains == [("Example Wire > The yard",), ("Example Wire > The yard > Reuters > Ines Duarte",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        facets = {facet for (facet,) in connection.execute("select facet from value")}
        assert facets == {"worth", "voice", "verdict"}
    assert (tally.rows, tally.losses.line) == (2, "")


def test_the_same_database_gives_the_same_bytes(judged: Store, tmp_path: Path) -> None:
    assert (
        sqlite_file(judged, tmp_path / "one.db").read_bytes() == sqlite_file(judged, tmp_path / "two.db").read_bytes()
    )


def test_less_can_be_asked_for(judged: Store, tmp_path: Path) -> None:
    choice = Choice(reviewers=["ana"], anonymised=True, with_text=False)
    with closing(sqlite3.connect(sqlite_file(judged, tmp_path / "export.db", choice))) as connection:
        assert connection.execute("select name from reviewer").fetchall() == [("r1",)]
        assert connection.execute("select text from claim").fetchall() == [(None,)]
        assert connection.execute("select count(*) from sqlite_master where name like '%fts%'").fetchone() == (0,)


def test_the_store_itself_is_not_touched(judged: Store, path: Path, tmp_path: Path) -> None:
    before = judged.connection.execute("select count(*) from ledger").fetchone()
    sqlite_file(judged, tmp_path / "export.db")
    assert judged.connection.execute("select count(*) from ledger").fetchone() == before


@pytest.mark.extra("datasette")
async def test_datasette_serves_it_and_finds_its_search(judged: Store, tmp_path: Path) -> None:
    from datasette.app import Datasette

    # It has Python print what functions inside SQLite raise, in all of this process from then on.
    sqlite3.enable_callback_tracebacks(False)
    datasette = Datasette([str(sqlite_file(judged, tmp_path / "export.db"))])
    rows = (await datasette.client.get("/export/claims.json?_shape=array&_sort=reviewer")).json()
    assert [(row["reviewer"], row["verdict"]) for row in rows] == [("ana", "supported"), ("bo", None)]
    found = (await datasette.client.get("/export/claim.json?_shape=array&_search=cables")).json()
    assert [row["text"] for row in found] == ["The yard said Ines Duarte told Reuters that two cables held."]
    page = await datasette.client.get("/export/attribution_span")
    assert page.status_code == 200
