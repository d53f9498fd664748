"""Articles that are prepared in other processes: the database is the same, and an interrupted import goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DiskFullError, ImportFailure
from annotator.importers import ImportOptions, PassedOver
from annotator.model.article import Article
from annotator.model.hashing import sha256
from annotator.processes import WorkProcesses
from annotator.store import Store, articles, doctor, ledger, open_store
from annotator.store.article_rows import ArticleRows
from annotator.store.review import load_article
from annotator.workflow import ingest
from annotator.workflow.importing import ahead, preparing
from benchmarks.apparatus.articles import made_article

MANY = [made_article(number, 2) for number in range(30)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FEW", 3)


def stored(path: Path) -> list[Any]:
    """Everything that is in a database but for ids and times, which no two imports share."""
    with closing(open_store(path)) as store:
        entries = [(entry.action, entry.article_id, entry.payload) for entry in ledger.entries(store)]
        ids = list(dict.fromkeys(id_ for _, id_, _ in entries if id_ is not None))
        texts = [load_article(store, id_) for id_ in ids]
    return [
        entries,
        [replace(article, worths=(), attributions=()) for article in texts],
        [[each for _, each in (*article.worths, *article.attributions)] for article in texts],
    ]


def items() -> list[Any]:
    """Articles, among them one that comes twice and again from elsewhere, and what is none."""
    others = [ImportFailure("a.txt", "empty"), MANY[4], PassedOver("b.xyz", "not known")]
    return [*MANY[:20], *others, MANY[25], *MANY[20:], MANY[25]]


def imported(path: Path, processes: int) -> list[ingest.Outcome]:
    with closing(open_store(path)) as store:
        return list(ingest.ingest(store, items(), processes=processes))


def test_an_import_on_two_processes_stores_and_says_what_one_on_one_does(tmp_path: Path, few: None) -> None:
    one = imported(tmp_path / "one.db", 1)
    assert imported(tmp_path / "two.db", 2) == one
    assert [outcome.result for outcome in one].count("added") == len(MANY)
    assert stored(tmp_path / "two.db") == stored(tmp_path / "one.db")


def test_a_second_run_prepares_nothing(tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(tmp_path / "one.db", 1)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(preparing, "prepared", never)
    monkeypatch.setattr(ahead, "WorkProcesses", never)
    again = imported(tmp_path / "one.db", 2)
    assert {outcome.result for outcome in again} == {"there", "failed", "passed"}


def test_what_was_stored_before_an_import_was_interrupted_stays_and_the_next_goes_on(tmp_path: Path, few: None) -> None:
    def interrupted() -> Iterator[Article]:
        yield from MANY[:24]
        raise KeyboardInterrupt

    with closing(open_store(tmp_path / "one.db")) as store:
        with pytest.raises(KeyboardInterrupt):
            list(ingest.ingest(store, interrupted(), processes=2))
        left = list(ingest.ingest(store, MANY, processes=2))
    assert {outcome.result for outcome in left} == {"there", "added"}
    assert left[0].result == "there"


def test_few_articles_start_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ahead, "WorkProcesses", None)
    with closing(open_store(tmp_path / "one.db")) as store:
        outcomes = list(ingest.ingest(store, MANY, processes=2))
    assert len(outcomes) == len(MANY)


@pytest.mark.parametrize("many", [6, 20])
def test_other_processes_start_while_the_first_articles_are_prepared_here_and_end_with_the_import(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(ahead, "FEW", 8)
    read = 0
    started: list[int] = []
    ended: list[int] = []

    class Watched(WorkProcesses):
        def __init__(self, count: int) -> None:
            started.append(read)
            super().__init__(count)

        def end(self) -> None:
            ended.append(read)
            super().end()

    def counted() -> Iterator[Article]:
        nonlocal read
        for article in MANY[:many]:
            read += 1
            yield article

    monkeypatch.setattr(ahead, "WorkProcesses", Watched)
    outcomes = list(ingest.ingest(None, counted(), processes=2))
    assert [outcome.result for outcome in outcomes] == ["added"] * many
    assert (started, ended) == ([5], [many])


def test_a_dry_run_is_prepared_elsewhere_too(few: None) -> None:
    assert list(ingest.ingest(None, MANY, processes=2)) == list(ingest.ingest(None, MANY, processes=1))


def test_what_is_read_ahead_is_bounded(tmp_path: Path, few: None) -> None:
    read = 0

    def counted() -> Iterator[Article]:
        nonlocal read
        for number in range(150):
            read += 1
            yield made_article(number, 1)

    with closing(open_store(tmp_path / "one.db")) as store:
        for told, _ in enumerate(ingest.ingest(store, counted(), processes=2), 1):
            assert read - told <= 8 * 3 * 2 + 1


def test_without_another_process_they_are_prepared_here(
    tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.processes._SERVE", "raise SystemExit(1)")
    outcomes = imported(tmp_path / "one.db", 2)
    assert [outcome.result for outcome in outcomes].count("added") == len(MANY)


@pytest.mark.parametrize(
    ("cores", "given", "expected"), [(1, None, 0), (2, None, 2), (64, None, 4), (64, 1, 0), (1, 3, 3)]
)
def test_a_process_for_each_core_and_no_more_than_the_writer_keeps_up_with(
    monkeypatch: pytest.MonkeyPatch, cores: int, given: int | None, expected: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(cores), raising=False)
    assert ahead.count_of(given) == expected


def together(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many articles each transaction gets that is asked for from now on."""
    asked: list[int] = []
    add = articles.add_articles

    def added(store: Store, rows: list[ArticleRows], reviewer: str | None) -> Any:
        asked.append(len(rows))
        return add(store, rows, reviewer)

    monkeypatch.setattr(articles, "add_articles", added)
    return asked


@pytest.mark.parametrize("processes", [1, 2])
def test_of_many_articles_several_share_a_transaction(
    tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    asked = together(monkeypatch)
    with closing(open_store(tmp_path / "one.db")) as store:
        outcomes = list(ingest.ingest(store, MANY, processes=processes))
    assert [outcome.result for outcome in outcomes] == ["added"] * len(MANY)
    assert asked[:3] == [1, 1, 1]
    assert max(asked) > 1
    assert sum(asked) == len(MANY)


def test_what_shares_a_transaction_is_stored_and_told_of_as_if_each_had_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = replace(MANY[8], text=MANY[8].text + "\n\nNobody was hurt.")
    bare = replace(MANY[9], text=MANY[9].text + "\n")
    given = [*items()[:14], near, bare, *items()[14:]]
    with closing(open_store(tmp_path / "one.db")) as store:
        one_by_one = list(ingest.ingest(store, given, processes=1))
    monkeypatch.setattr(ahead, "FEW", 3)
    with closing(open_store(tmp_path / "two.db")) as store:
        assert list(ingest.ingest(store, given, processes=1)) == one_by_one
    assert stored(tmp_path / "two.db") == stored(tmp_path / "one.db")
    assert [outcome.near for outcome in one_by_one].count(True) > 0


def test_one_that_cannot_be_stored_costs_none_of_those_that_share_its_transaction(
    tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = articles.write_article

    def write(store: Store, rows: ArticleRows) -> int:
        ordinal = written(store, rows)
        if rows.text == MANY[12].text:
            raise OverflowError
        return ordinal

    monkeypatch.setattr(articles, "write_article", write)
    with closing(open_store(tmp_path / "one.db")) as store:
        outcomes = list(ingest.ingest(store, MANY, processes=1))
        assert list(doctor.examine(store)) == []
    assert [at for at, outcome in enumerate(outcomes) if outcome.result != "added"] == [12]
    assert "OverflowError" in outcomes[12].detail


def test_a_disk_that_is_full_ends_an_import_of_many(tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise DiskFullError("full")

    with closing(open_store(tmp_path / "one.db")) as store:
        made = ingest.ingest(store, MANY, processes=1)
        assert next(made).result == "added"
        monkeypatch.setattr(articles, "write_article", full)
        with pytest.raises(DiskFullError):
            list(made)


def test_only_what_is_worth_checking_is_stored_of_many(tmp_path: Path, few: None) -> None:
    dull = [Article(f"What a day {number}!", f"{number}.txt") for number in range(9)]
    given = [each for pair in zip(MANY, dull, strict=False) for each in pair]
    with closing(open_store(tmp_path / "one.db")) as store:
        outcomes = list(ingest.ingest(store, given, processes=1, only_worth=True))
    assert [outcome.result for outcome in outcomes] == ["added", "passed"] * len(dull)


def test_the_id_of_a_text_is_made_once_for_all_that_an_import_asks(
    tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    for number in range(20):
        (tmp_path / "texts" / f"{number:02}.txt").write_text(made_article(number, 1).text, encoding="utf-8")
    made: list[str] = []

    def counted(text: bytes) -> Any:
        made.append(text.decode())
        return sha256(text)

    monkeypatch.setattr("annotator.model.text.sha256", counted)
    with closing(open_store(tmp_path / "one.db")) as store:
        outcomes = list(ingest.import_sources(store, [str(tmp_path / "texts")], ImportOptions()))
    assert [outcome.result for outcome in outcomes] == ["added"] * 20
    assert max(map(made.count, made)) == 1


def test_the_index_of_texts_is_written_behind_all_entries_of_a_transaction(tmp_path: Path, few: None) -> None:
    asked: list[str] = []
    with closing(open_store(tmp_path / "one.db")) as store:
        store.connection.set_trace_callback(asked.append)
        assert {outcome.result for outcome in ingest.ingest(store, MANY, processes=1)} == {"added"}
        store.connection.set_trace_callback(None)
    kinds = [each.split("(")[0].strip() for each in asked if each.startswith(("insert into", "commit"))]
    indexed = [following for kind, following in pairwise(kinds) if kind == "insert into text_index"]
    # Each entry of the ledger would bring to disk by itself what the index was given before it.
    assert set(indexed) == {"insert into text_index", "commit"}
    assert len(indexed) == kinds.count("insert into article")
