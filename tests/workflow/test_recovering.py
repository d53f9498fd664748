"""Recovering what the pages of a file still hold of texts, though nothing is left of their imports."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.article import Article, Publication
from annotator.store import articles, doctor, open_store, records
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow import judging
from annotator.workflow.ingest import ingest
from annotator.workflow.recovering import recover
from annotator.workflow.session import ReviewSession
from tests.left_log import leave_only_the_log

COUNT = 40


def article(number: int) -> Article:
    text = f"Boat {number} sailed to Ellersby at dawn. It was late, the harbour master said. " * 40
    return Article(text.strip(), f"boat-{number}.txt", Publication(f"Boat {number}", publisher="Tamarack Post"), "en")


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Forty articles, and ana's decisions on the first claim of each; closed, its pages in the order of its tables."""
    path = tmp_path / "work.db"
    with closing(open_store(path)) as store:
        assert all(each.result == "added" for each in ingest(store, map(article, range(COUNT)), processes=1))
        ana = ReviewSession(store, "ana")
        for article_id in articles.shown_ids(store):
            work, _ = ana.open(article_id)
            ana.apply(judging.worth, work.claims[0], "2")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("pragma journal_mode = delete")
        raw.execute("vacuum")
    return path


def recovered(broken: Path) -> tuple[Recovered, list[tuple[str, str, str]]]:
    """What came back, and what was decided: title, words and worth."""
    with closing(open_store(broken.with_name("new.db"))) as store:
        found = recover(broken, store)
        assert list(doctor.examine(store)) == []
        claims = list(records.claim_records(store))
        return found, [(each.article.publications[0].title, each.text, each.judgement.worth or "") for each in claims]


def test_a_text_whose_import_is_gone_is_imported_anew_and_what_was_decided_holds(judged: Path) -> None:
    with closing(sqlite3.connect(judged)) as raw:
        raw.executescript(
            "drop trigger ledger_is_never_changed; drop trigger ledger_keeps_entries; "
            "delete from ledger where article = 3 and action in (select key from name where text = 'import')"
        )
        (left,) = raw.execute("select count(*) from ledger where article = 3").fetchone()
    assert left == 2
    found, decided = recovered(judged)
    assert found.texts == COUNT
    assert sum("its text was imported anew, and nothing proves its title" in line for line in found.lost) == 1
    assert sorted(decided) == sorted((f"Boat {n}", f"Boat {n} sailed to Ellersby at dawn.", "2") for n in range(COUNT))


@pytest.mark.parametrize("hundredths", [85, 70, 60])
def test_of_a_file_that_is_cut_off_the_texts_come_back_that_it_still_has(judged: Path, hundredths: int) -> None:
    whole = judged.read_bytes()
    judged.write_bytes(whole[: len(whole) * hundredths // 100])
    there = sum(article(number).text.encode()[:600] in judged.read_bytes() for number in range(COUNT))
    assert there > 5
    found, _ = recovered(judged)
    assert there - 2 <= found.texts <= there
    pages = len(whole) // 4096
    assert found.lost[0] == f"the file's end: it has {pages * hundredths // 100} of its {pages} pages"
    assert sum("its text is not here" in line for line in found.lost) == COUNT - found.texts


def test_what_is_cut_off_behind_its_first_pages_is_told_thing_by_thing(judged: Path) -> None:
    whole = judged.read_bytes()
    judged.write_bytes(whole[: len(whole) // 5])
    found, _ = recovered(judged)
    assert found.texts == 0
    assert sum(line.startswith("article ") for line in found.lost) > 5


@pytest.mark.parametrize("emptied", [True, False])
def test_a_log_whose_database_is_gone_is_read_by_itself(tmp_path: Path, *, emptied: bool) -> None:
    store = open_store(tmp_path / "work.db")
    store.connection.execute("pragma wal_autocheckpoint = 0")
    assert all(each.result == "added" for each in ingest(store, map(article, range(3)), processes=1))
    log = leave_only_the_log(store, emptied=emptied)
    kept = log.read_bytes()
    found, _ = recovered(store.path)
    assert found.texts == 3
    assert log.read_bytes() == kept
