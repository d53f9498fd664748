from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import OtherDatabaseError
from annotator.model.record import ClaimRecord
from annotator.store import open_store
from annotator.store.sqlite_export import rows, writing
from annotator.store.sqlite_export.rows import table_rows
from tests.store.exported import GOLDEN, RAMP, dumped, names, scheme, write


@pytest.fixture
def exported(records: list[ClaimRecord], path: Path) -> Iterator[sqlite3.Connection]:
    write(records, path, scheme())
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_the_tables_are_the_golden_ones(exported: sqlite3.Connection) -> None:
    assert dumped(exported) == GOLDEN.read_bytes().decode("utf-8")


def test_the_same_records_make_the_same_bytes(records: list[ClaimRecord], path: Path, tmp_path: Path) -> None:
    write(records, path, scheme())
    turned = [replace(record, attributions=record.attributions[::-1], chains=record.chains[::-1]) for record in records]
    write(turned, tmp_path / "other.db", scheme())
    assert (tmp_path / "other.db").read_bytes() == path.read_bytes()


def test_every_key_holds(exported: sqlite3.Connection) -> None:
    assert [row[0] for row in exported.execute("pragma integrity_check")] == ["ok"]
    assert exported.execute("pragma foreign_key_check").fetchall() == []


def test_it_says_what_every_table_and_column_means(exported: sqlite3.Connection) -> None:
    told = {(row[0], row[1]) for row in exported.execute("select table_name, column_name from documentation")}
    for table in names(exported, "table"):
        assert (table, "") in told
        for row in exported.execute(f"pragma table_info({table})"):
            assert (table, row["name"]) in told
    assert {(view, "") for view in names(exported, "view")} <= told
    assert exported.execute("select count(*) from documentation where meaning = ''").fetchone()[0] == 0


def test_spans_slice_the_text(exported: sqlite3.Connection) -> None:
    rows = exported.execute(
        "select article.text as whole, marked.start, marked.end, marked.text from article "
        "join attribution on article_id = article.id join attribution_span as marked on attribution_id = attribution.id"
    ).fetchall()
    assert len(rows) == 9
    for row in rows:
        assert row["whole"][row["start"] : row["end"]] == row["text"]


def test_a_claim_of_two_reviewers_is_one_claim_and_two_rows_of_the_view(exported: sqlite3.Connection) -> None:
    assert exported.execute("select count(*) from claim").fetchone()[0] == 2
    rows = exported.execute("select reviewer, voice, source, verdict, evidence_count from claims").fetchall()
    assert [tuple(row) for row in rows] == [
        ("ana", "attributed", "Reuters", "supported", 1),
        ("bo", "author", None, None, 0),
        ("ana", "attributed", None, None, 0),
    ]


def test_a_row_of_the_view_has_the_outer_and_the_inner_source_and_an_address_of_the_evidence(
    records: list[ClaimRecord], path: Path
) -> None:
    (first,) = records[0].evidence
    found = (first, replace(first, id="e2", archived_url="https://archive.example/1"), replace(first, id="e3", url="u"))
    write([replace(records[0], evidence=found), *records[1:]], path, scheme())
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select source, inner_source, inner_chain, evidence_count, evidence_url from claims"
        ).fetchall()
    inner = "the caf\u00e9\towner … “angry”"
    assert rows == [
        ("Reuters", inner, f"Example Wire > Reuters > {inner}", 3, "https://archive.example/1"),
        (None, None, None, 0, None),
        (None, None, "?", 0, None),
    ]


def test_attributions_are_flat_in_their_view(exported: sqlite3.Connection) -> None:
    outer, inner, _ = exported.execute("select * from attributions")
    assert (outer["source_name"], outer["cue"], outer["chain"]) == ("Reuters", "said", "Example Wire > Reuters")
    assert inner["source"] == "the caf\u00e9\towner … “angry”"
    assert (inner["parent_id"], inner["form"], inner["negated"]) == ("outer", "mixed", 1)
    ((name, value, count),) = exported.execute("select name, value, claims from verdicts_by_source")
    assert (name, value, count) == ("Reuters", "supported", 1)


@pytest.mark.parametrize("view", ["claims", "attributions", "verdicts_by_source"])
def test_no_view_goes_through_all_of_a_reviewer_for_each_row(exported: sqlite3.Connection, view: str) -> None:
    steps = [row["detail"] for row in exported.execute(f"explain query plan select * from {view}")]
    found = [step for step in steps if "_reviewer (" in step or "verdict_attribution_id" in step]
    assert found == []


@pytest.mark.parametrize(
    ("table", "words"), [("claim", "cafe"), ("claim", "المطر"), ("article", "ramp"), ("evidence", "safe")]
)
def test_search_finds_words_without_their_accents(exported: sqlite3.Connection, table: str, words: str) -> None:
    found = exported.execute(
        f"select count(*) from {table} where rowid in (select rowid from {table}_fts where {table}_fts match ?)",
        (words,),
    )
    assert found.fetchone()[0] == 1


def test_datasette_finds_the_search_by_its_brackets(exported: sqlite3.Connection) -> None:
    rows = exported.execute("select name from sqlite_master where sql like '%VIRTUAL TABLE%USING FTS%content=[claim]%'")
    assert [row["name"] for row in rows] == ["claim_fts"]


def test_without_text_no_words_of_the_article_are_left(records: list[ClaimRecord], path: Path) -> None:
    write(records, path, scheme(), with_text=False)
    data = path.read_bytes()
    for words in ("thought", "owner", "angry", "Reuters", "المطر"):
        assert words.encode() not in data
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute('select start, "end", text from claim').fetchone() == (13, len(RAMP), None)
        assert connection.execute("select count(*) from attribution_span where text is null").fetchone() == (9,)


def test_what_is_about_an_attribution_that_is_not_there_is_left_out_and_told(
    records: list[ClaimRecord], path: Path
) -> None:
    alone = replace(records[0], attributions=(), chains=(), sources={})
    assert write([alone], path, scheme()) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from verdict").fetchone() == (1,)
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_it_is_not_a_database_to_work_in(exported: sqlite3.Connection, path: Path) -> None:
    with pytest.raises(OtherDatabaseError):
        open_store(path)


def test_nothing_to_export_is_the_empty_tables(path: Path) -> None:
    assert write([], path, scheme()) == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from claims").fetchone() == (0,)


def test_a_scheme_without_values_has_an_empty_table(path: Path) -> None:
    write([], path, replace(scheme(), worth=(), verdict=()))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from value").fetchone() == (0,)


def test_of_a_long_article_few_records_are_held(
    records: list[ClaimRecord], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(records, path, scheme())
    monkeypatch.setattr(rows, "_MOST_HELD", 1)
    held = [len(of_table) for table, of_table in table_rows(records) if table == "judgement"]
    assert held == [1] * len(records)
    write(records, tmp_path / "another.db", scheme())
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(tmp_path / "another.db")) as another:
        assert dumped(one) == dumped(another)


def test_ctrl_c_while_words_are_indexed_is_told_as_that(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "searchable", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(records, tmp_path / "export.db", scheme())
