from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import OtherDatabaseError, StoreError
from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, Form
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.scheme import Scheme, Value, default_scheme
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id
from annotator.store import open_store
from annotator.store.sqlite_export import rows, writing
from annotator.store.sqlite_export.late_keys import can_be_late
from annotator.store.sqlite_export.rows import TableRows, table_rows
from annotator.store.sqlite_export.writing import write_sqlite_export

GOLDEN = Path(__file__).parent / "golden" / "sqlite_export.sql"
RAMP = "Ramp shut 🚧\n\nReuters said the caf\u00e9\towner, “angry”,\nthought it was\u2028safe."
_DEFENSIVE = 1010
"""SQLite's number for what is called SQLITE_DBCONFIG_DEFENSIVE."""
RAIN = "قال إن المطر توقف."


def scheme() -> Scheme:
    """One that stays as it is."""
    worth = Value("2", "2", "check-worthy", "The public would want to know.", ("a", "b"))
    verdict = Value("supported", "s", "supported", "It holds.", ("a", "b"))
    return replace(default_scheme(), worth=(worth,), voice=(), verdict=(verdict,))


def write(records: Iterable[ClaimRecord], path: Path, scheme: Scheme, *, with_text: bool = True) -> int:
    """The records' rows to a file; how much was left out."""
    return write_sqlite_export(table_rows(records, with_text=with_text), path, scheme, with_text=with_text)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(text: str, *publications: Publication) -> ArticleRecord:
    return ArticleRecord(article_id(text), text, publications, "", "", "-")


def judged(article: ArticleRecord, words: str, reviewer: str, **facets: object) -> ClaimRecord:
    span = span_of(article.text, words)
    record = ClaimRecord(
        article=article,
        reviewer=reviewer,
        claim_id=claim_id(article.id, span),
        ordinal=1,
        span=span,
        kind=BlockKind.BODY,
        state=State.DONE,
        judgement=Judgement(),
        attributions=(),
        chains=(),
        verdicts=(),
        evidence=(),
        first_decided_at="2026-03-12T10:00:00.000000+00:00",
        last_decided_at="2026-03-12T10:00:00.000000+00:00",
        scheme="annotator-default@1",
    )
    return replace(record, **facets)  # type: ignore[arg-type]


@pytest.fixture
def records() -> list[ClaimRecord]:
    """Two reviewers of one claim, and one more article without a title."""
    ramp = article(RAMP, Publication("Ramp shut 🚧", "https://example.org/ramp", publisher="Example Wire"))
    words = RAMP[RAMP.index("Reuters") :]
    claim = claim_id(ramp.id, span_of(RAMP, words))
    said = Attribution(
        "outer",
        (span_of(RAMP, "Reuters"),),
        span_of(RAMP, "said"),
        (span_of(RAMP, words[words.index("the caf") : -1]),),
    )
    thought = Attribution(
        "inner",
        (span_of(RAMP, "the caf\u00e9\towner"), span_of(RAMP, "“angry”")),
        span_of(RAMP, "thought"),
        (span_of(RAMP, "it was\u2028safe"),),
        form=Form.MIXED,
        anonymity=Anonymity.DESCRIBED,
        negated=True,
        parent="outer",
    )
    rain = article(RAIN)
    return [
        judged(
            ramp,
            words,
            "ana",
            judgement=Judgement(worth="2", restatement="The ramp was safe.", flag=True, note="a\x00b"),
            attributions=(thought, said),
            chains=(("outer",), ()),
            verdicts=(Verdict(CONTENT, "supported", justification="Seen."), Verdict("inner", "supported")),
            evidence=(Evidence("e1", claim, question="Was it safe?", answer="yes", retrieved_at="2026-03-12"),),
            sources={"outer": SourceEntity("s1", "Reuters", SourceKind.PUBLISHER)},
        ),
        judged(ramp, words, "bo", judgement=Judgement(worth="2", voice="author")),
        judged(rain, RAIN, "ana", attributions=(Attribution("x", (), Span(0, 3), (Span(4, 17),)),), chains=((),)),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "exported.db"


@pytest.fixture
def exported(records: list[ClaimRecord], path: Path) -> Iterator[sqlite3.Connection]:
    write(records, path, scheme())
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def names(connection: sqlite3.Connection, kind: str) -> list[str]:
    rows = connection.execute("select name from sqlite_master where type = ? and name not like '%fts%'", (kind,))
    return [row[0] for row in rows]


def dumped(connection: sqlite3.Connection) -> str:
    """The schema and the rows of all tables but those of the search, which are another in every SQLite."""
    connection.row_factory = None
    rows = connection.execute("select sql from sqlite_master where sql is not null and name not like '%fts%'")
    lines = [f"{sql};" for (sql,) in rows]
    for table in names(connection, "table"):
        columns = ", ".join(
            f"quote({row[1]!r})".replace("'", '"') for row in connection.execute(f"pragma table_info({table})")
        )
        found = connection.execute(f"select {columns} from {table}")
        lines += [f"insert into {table} values ({', '.join(row)});" for row in found]
    return "".join(f"{line}\n" for line in lines)


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


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the table of the schema cannot be written: keys come with the tables."""
    monkeypatch.setattr(writing, "can_be_late", lambda _: False)


def test_an_sqlite_that_guards_its_schema_makes_the_same_tables(
    records: list[ClaimRecord], path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    write(records, path, scheme())
    request.getfixturevalue("at_once")
    write(records, tmp_path / "another.db", scheme())
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(tmp_path / "another.db")) as another:
        assert dumped(one) == dumped(another)
        for connection in (one, another):
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        schemas = [
            set(connection.execute("select type, name, tbl_name, sql from sqlite_master"))
            for connection in (one, another)
        ]
        assert schemas[0] == schemas[1]


def test_a_file_that_is_packed_anew_and_one_that_is_loaded_from_a_dump_have_the_same_tables(
    records: list[ClaimRecord], path: Path, tmp_path: Path
) -> None:
    # Python's own dump of a full text index cannot be loaded in one go.
    write(records, path, scheme(), with_text=False)
    with (
        closing(sqlite3.connect(path)) as one,
        closing(sqlite3.connect(tmp_path / "packed.db")) as packed,
        closing(sqlite3.connect(tmp_path / "loaded.db")) as loaded,
    ):
        one.execute("vacuum into ?", (str(tmp_path / "packed.db"),))
        loaded.executescript("\n".join(one.iterdump()))
        for connection in (packed, loaded):
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert sorted(dumped(connection).splitlines()) == sorted(dumped(one).splitlines())


def test_an_sqlite_that_refuses_to_have_its_schema_written_is_noticed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert can_be_late(connection)
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_UPDATE else sqlite3.SQLITE_OK
        )
        assert not can_be_late(connection)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 cannot tell SQLite to guard its schema")
def test_an_sqlite_that_is_told_to_guard_its_schema_makes_the_export(
    records: list[ClaimRecord], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect: Any = sqlite3.connect

    def guarded(*arguments: Any, **options: Any) -> Any:
        connection = connect(*arguments, **options)
        connection.setconfig(_DEFENSIVE)
        return connection

    monkeypatch.setattr(sqlite3, "connect", guarded)
    write(records, path, scheme())
    with closing(connect(path)) as connection:
        assert dumped(connection) == GOLDEN.read_bytes().decode("utf-8")


def test_indexes_are_made_once_all_rows_are_there(path: Path) -> None:
    text = "Rain fell. " * 600
    rainy = article(text)
    places = [Span(start, start + 10) for start in range(0, len(text), 11)]
    claims = [
        replace(judged(rainy, "Rain fell.", "ana"), span=span, claim_id=claim_id(rainy.id, span)) for span in places
    ]
    write(claims, path, scheme())
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "select min(rootpage) from sqlite_master where type = 'index' and tbl_name in ('claim', 'judgement')"
        )
        # The rows of these tables alone fill more pages.
        assert found.fetchone()[0] > 40


@pytest.mark.parametrize("table", ["claim", "judgement", "attribution", "evidence"])
def test_a_key_that_two_rows_have_is_refused(records: list[ClaimRecord], path: Path, table: str) -> None:
    twice = [*table_rows(records), *[(name, of_table[:1]) for name, of_table in table_rows(records) if name == table]]
    with pytest.raises(StoreError, match=f"UNIQUE constraint failed: {table}"):
        write_sqlite_export(twice, path, scheme())


@pytest.mark.parametrize("keys", ["late", "at_once"])
def test_a_key_with_a_null_in_it_is_refused(
    records: list[ClaimRecord], path: Path, request: pytest.FixtureRequest, keys: str
) -> None:
    if keys == "at_once":
        request.getfixturevalue(keys)
    without: list[TableRows] = [*table_rows(records), ("claim", [(None, article(RAIN).id, 0, 1, "body", None)])]
    with pytest.raises(StoreError, match=r"NOT NULL constraint failed: claim\.id"):
        write_sqlite_export(without, path, scheme())


def test_ctrl_c_while_words_are_indexed_is_told_as_that(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "searchable", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(records, tmp_path / "export.db", scheme())
