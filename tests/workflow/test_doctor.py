"""The doctor finds what was written into the tables by hand: every check has a row here that breaks that thing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.errors import DatabaseBusyError
from annotator.model.article import Article, Block, BlockKind, Publication, Segmentation, Sentence
from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.model.span import Span
from annotator.store import Store, articles, doctor, open_store, rebuilding, text_index
from annotator.store.fact_checks import checks
from annotator.store.soundness.problem import Problem
from annotator.workflow import attributing, judging, segmenting
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.fact_checks.checks import renew_index
from annotator.workflow.importing.preparing import split_article
from annotator.workflow.session import ReviewSession
from tests.workflow.tampering import tamper

Dumped = Callable[[sqlite3.Connection], list[str]]

NAMED_BO = "kind = 'reviewer' and text = 'bo'"
BO = f"reviewer = (select key from name where {NAMED_BO})"
VERDICT, ACCEPT, IMPORTED = (
    f"action = (select key from name where kind = 'action' and text = '{action}')"
    for action in ("verdict", "accept", "import")
)
IMPORT = f"select key from ledger where {IMPORTED} limit 1"
SENTENCES = "json_remove(payload, '$.s"


@pytest.fixture
def worked(store: Store, ana: ReviewSession, bo: ReviewSession) -> Store:
    """Ana has decided something in every table, and undone something; Bo has made one flag."""
    claims = ana.review.claims
    ana.apply(attributing.accept, claims[1])
    ana.apply(judging.verdict, claims[1], "refuted")
    ana.apply(judging.evidence, claims[1], {"answer": "yes"})
    ana.apply(segmenting.join, claims[4])
    ana.apply(attributing.refuse, claims[3], ana.review.suggested_attributions(claims[3])[0][0])
    ana.apply(judging.flag, claims[0])
    ana.undo()
    ana.save_draft(DraftKey(ana.review.article.id, "note", ""), {"text": "half a"})
    bo.apply(judging.flag, claims[0])
    bo.leave(claims[2])
    return store


def tampered(store: Store, *statements: str) -> list[Problem]:
    """What the doctor finds after these statements, with everything off that would have refused them."""
    tamper(store, *statements)
    return list(doctor.examine(store))


def test_a_healthy_database_has_no_findings(worked: Store) -> None:
    assert list(doctor.examine(worked)) == []


@pytest.mark.parametrize(
    ("statement", "check", "says"),
    [
        ("update judgement set flag = 7", "integrity", "CHECK constraint failed in judgement"),
        ("update judgement set reviewer = 700", "foreign keys", "judgement row .* missing row of name"),
        ("update place set article = 700", "foreign keys", "missing row of article"),
        ("update name set text = 'Bo' where text = 'bo'", "ledger", "'Bo' is not in lower case"),
        ("update name set text = 'bob' where text = 'bo'", "ledger", "it is not the one that was written"),
        (f"update ledger set undoes = ({IMPORT}) where kind = 1", "ledger", "this undo names no earlier decision"),
        ("update ledger set kind = 2 where kind = 1", "ledger", "this redo names no earlier undo"),
        ("update ledger set lamport = 1 where kind = 1", "ledger", "names no earlier decision"),
        ("update ledger set lamport = 40 where kind = 1", "ledger", "it is not the one that was written"),
        ("update ledger set undoes = null where kind = 1", "ledger", "cannot be read"),
        ("update ledger set at = at + 1 where kind = 1", "ledger", "it is not the one that was written"),
        (f"update ledger set claim = zeroblob(16) where {VERDICT}", "ledger", "it is not the one that was written"),
        (f"update ledger set suggestions = null where {ACCEPT}", "ledger", "it is not the one that was written"),
        (f"update ledger set payload = '{{\"changes\": 5}}' where {ACCEPT}", "projection", "cannot be rebuilt"),
        (f"update ledger set payload = '[[\"a\",\"a\",[]]]' where {ACCEPT}", "projection", "cannot be rebuilt"),
        (f"update ledger set payload = '{{' where {ACCEPT}", "ledger", "cannot be read"),
        (f"update ledger set payload = replace(payload, 'refuted', 'rebutted') where {VERDICT}", "ledger",
         "its payload is not the one that was written"),
        ("update ledger set salt = zeroblob(16)", "ledger", "its payload is not the one that was written"),
        ("update ledger set digest = zeroblob(16)", "ledger", "it is not the one that was written"),
        (f"update ledger set payload = '', salt = null, erased = 1 where {VERDICT}", "ledger", "was not purged"),
        (f"update ledger set payload = '', salt = null, erased = 1 where {VERDICT}", "projection",
         "verdict: stored, but"),
        (f"update ledger set reviewer = (select reviewer from ledger where {BO} limit 1) where {VERDICT}", "projection",
         "verdict: the ledger says so"),
        (f"delete from ledger where {VERDICT}", "projection", "verdict: stored, but"),
        ("update article_text set text = replace(text, 'two', 'ten')", "article", "SHA-256 is another"),
        ("delete from article_text", "article", "its text is not here"),
        ("update article set length = length + 1", "article", "code points"),
        ("update article set beginning = 'Ramp'", "article", "'Ramp' is stored as its beginning"),
        ("update article set sentences = 1", "article", "1 sentences counted"),
        ("update article set worth = 0.5 where ordinal = 1", "worth", "does not follow from what is suggested"),
        ("update article set hidden = 1", "projection", "article: stored, but"),
        ("update article set language = 'xx'", "projection", "article: stored, but"),
        (f"update ledger set payload = {SENTENCES}[#-1]') where {IMPORTED}", "sentences", "is in no sentence"),
        (f"update ledger set payload = {SENTENCES}[0]') where {IMPORTED}", "sentences", "sentence"),
        (f"update ledger set payload = json_remove(payload, '$.b') where {IMPORTED}", "article", "cannot be read"),
        (f"update ledger set article = null where {IMPORTED}", "ledger", "it is not the one that was written"),
        ("delete from article", "ledger", "it is not the one that was written"),
        (f"delete from ledger where {IMPORTED}", "article", "has lost its sentences"),
        ("update publication set title = 'Another'", "projection", "publication: stored, but"),
        ("delete from publication", "projection", "publication: the ledger says so"),
        ("update suggestion set current = zeroblob(9)", "suggestion", "is not what was written"),
        ("update suggestion set superseded = current", "suggestion", "is not what was written"),
        ("update place set claim = zeroblob(16)", "place", "it is not the one that was written"),
        ("update draft set payload = '{\"text\":\"hers\"}'", "draft", "it is not the one that was written"),
        ("update judgement set worth = '1' where worth = '2'", "projection", "judgement: stored, but"),
        ("update judgement set claim = zeroblob(16) where worth = '2'", "projection", "judgement: stored, but"),
        (f"delete from judgement where {BO}", "projection", "judgement: the ledger says so"),
        ("update verdict set value = 'supported'", "projection", "verdict: stored, but"),
        ("update attribution set negated = 1", "projection", "attribution: stored, but"),
        ("update attribution set parent = 'gone' where parent is not null", "nesting", "does not exist"),
        ("update attribution set parent = id", "nesting", "nested in itself"),
        ("update attribution set parent = (select id from attribution b where b.id <> attribution.id)", "nesting",
         "must lie inside|in itself"),
        ("update attribution set spans = json_set(spans, '$[0][0]', 1)", "projection", "attribution: stored, but"),
        ("update attribution set spans = json_set(spans, '$[2]', json('[]'))", "nesting", "needs content"),
        ("update attribution set spans = '['", "nesting", "Expecting"),
        ("update evidence set answer = 'no'", "projection", "evidence: stored, but"),
        ("delete from refusal", "projection", "refusal: the ledger says so"),
        ("update refusal set suggestion = zeroblob(16)", "projection", "refusal: stored, but"),
        ("update boundary set kind = 'cut'", "projection", "boundary: stored, but"),
        (f"insert into boundary select 2, key, 5, 'cut' from name where {NAMED_BO}", "projection",
         "boundary: stored, but the ledger does not say so: .2, [0-9]+, 5, 'cut'"),
        (f"insert into attribution_source select 1, key, 'a', 'b' from name where {NAMED_BO}", "projection",
         "attribution_source: stored, but"),
        ("update progress set both_done = 0 where both_done > 0", "projection", "progress: stored, but"),
        ("delete from progress", "projection", "progress: the ledger says so"),
    ],
)  # fmt: skip
def test_the_doctor_finds_what_was_changed_by_hand(worked: Store, statement: str, check: str, says: str) -> None:
    found = tampered(worked, statement)
    assert any(finding.check == check and re.search(says, finding.detail) for finding in found), found


def test_what_cannot_be_read_keeps_the_doctor_from_nothing_else(worked: Store) -> None:
    found = tampered(
        worked,
        f"update ledger set payload = '{{' where {ACCEPT} or ({IMPORTED} and article = 2)",
        f"update ledger set payload = replace(payload, 'refuted', 'rebutted') where {VERDICT}",
        f"delete from judgement where {BO}",
    )
    said = [f"{finding.check}: {finding.detail}" for finding in found]
    assert sum("cannot be read" in line for line in said if line.startswith("ledger: an entry")) == 2, said
    assert any("its payload is not the one that was written" in line for line in said)
    assert any(line.startswith("projection: judgement: the ledger says so") for line in said)


def test_the_doctor_changes_nothing(worked: Store, dumped: Dumped) -> None:
    before = dumped(worked.connection)
    tampered(worked, "update verdict set value = 'supported'")
    kept, now = ([row for row in rows if not row.startswith("verdict")] for rows in (before, dumped(worked.connection)))
    assert now == kept
    assert worked.connection.execute("select value from verdict").fetchall() == [("supported",)]


def test_a_page_that_cannot_be_read_is_named(path: Path, worked: Store) -> None:
    page = worked.connection.execute("select rootpage from sqlite_master where name = 'evidence'").fetchone()[0]
    worked.connection.execute("pragma wal_checkpoint(truncate)")
    worked.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    path.write_bytes(bytes(whole))
    store = open_store(path)
    found = list(doctor.examine(store))
    store.close()
    assert found[-1].check == "integrity"
    assert "malformed" in found[-1].detail


INDEX = "the index of the texts is not what they make.*--renew-index"
A_PAGE = "select id from text_index_data where id > 10 limit 1"
DELETED = "insert into text_index (text_index, rowid, text) values ('delete', 2, 'it stopped.')"
GAINED = "insert into text_index (rowid, text) values (2, 'snow fell.')"


@pytest.mark.parametrize(
    "statement",
    [
        DELETED,
        GAINED,
        "insert into text_index (rowid, text) values (700, 'rain fell.')",
        "insert into text_index (text_index) values ('delete-all')",
        f"delete from text_index_data where id = ({A_PAGE})",
        "update text_index_data set block = cast(replace(hex(block), hex('uil'), hex('uik')) as blob) where id > 10",
        "update text_index_data set block = zeroblob(length(block)) where id > 10",
        "update text_index_data set block = zeroblob(length(block)) where id = 10",
        "update text_index_data set block = substr(block, 1, length(block) - 9) where id > 10",
        "delete from text_index_idx",
        "update text_index_idx set pgno = pgno + 2",
        "delete from text_index_config where k = 'version'",
        "update text_index_config set v = 5 where k = 'version'",
    ],
)
def test_the_doctor_finds_an_index_that_is_not_what_the_texts_make(worked: Store, statement: str) -> None:
    found = tampered(worked, statement)
    assert [finding.check for finding in found] == ["index"]
    assert re.search(INDEX, found[0].detail)
    text_index.renew(worked)
    assert list(doctor.examine(worked)) == []
    assert len(list(text_index.texts_with(worked, "Quillfeather"))) == 1


def test_ctrl_c_while_texts_are_folded_is_no_finding(worked: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.store.soundness.index_check.indexed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(doctor.examine(worked))


def test_a_page_of_the_index_that_stands_twice_ends_no_doctor(path: Path, store: Store) -> None:
    words = " ".join(f"{number * 7919:x}{number:o}" for number in range(9_000))
    article = Article(words, "a.txt", Publication())
    articles.add_article(store, article, split_article(article), [], None)
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
        (root,) = raw.execute("select rootpage from sqlite_master where name = 'text_index_data'").fetchone()
    held = bytearray(path.read_bytes())
    inner = held[(root - 1) * size : root * size]
    assert inner[0] == 5
    one, two = (int.from_bytes(inner[at : at + 4]) - 1 for at in (int.from_bytes(inner[n : n + 2]) for n in (12, 14)))
    held[two * size : (two + 1) * size] = held[one * size : (one + 1) * size]
    path.write_bytes(held)
    with closing(open_store(path, even_damaged=True)) as damaged:
        found = list(doctor.examine(damaged))
    assert {finding.check for finding in found} == {"integrity", "index"}


CHECKS = "the index of the fact-checks is not what they make.*--renew-index"


@pytest.mark.parametrize(
    "statement",
    [
        "insert into fact_check_words (fact_check_words, rowid, claim, title) values ('delete', 1, 'rain fell', '')",
        "insert into fact_check_words (rowid, claim, title) values (2, 'hail', '')",
        "insert into fact_check_words (rowid, claim, title) values (700, 'hail', '')",
        "insert into fact_check_words (fact_check_words) values ('delete-all')",
        "update fact_check_words_data set block = cast(replace(hex(block), hex('rain'), hex('raim')) as blob) "
        "where id > 10",
        "update fact_check_words_docsize set sz = x'0709' where id = 2",
        "delete from fact_check_words_docsize where id = 1",
        "delete from fact_check_words_idx",
        "update fact_check_words_config set v = 0 where k = 'version'",
        "update fact_check_word set checks = checks + 1 where word = 'rain'",
        "delete from fact_check_word where word = 'rain'",
        "update fact_check_size set words = words + 1",
    ],
)
def test_the_doctor_finds_an_index_that_is_not_what_the_fact_checks_make(store: Store, statement: str) -> None:
    rows = [Check("one", "Rain fell."), Check("two", "Snow fell in 1990's towns.", "Did it? Café says it.")]
    checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    assert list(doctor.examine(store, words_of=words_of)) == []
    tamper(store, statement)
    found = list(doctor.examine(store, words_of=words_of))
    assert [finding.check for finding in found] == ["index"]
    assert re.search(CHECKS, found[0].detail)
    assert renew_index(store) == 2
    assert list(doctor.examine(store, words_of=words_of)) == []
    assert len(checks.index(store).candidates(["fell"])) == 2


CHECK = "not what was imported; `annotator checks remove`"


@pytest.mark.parametrize(
    "statement",
    [
        "update fact_check set claim = 'Hail fell.' where ordinal = 1",
        "update fact_check set verdict = 'True' where ordinal = 2",
        "update fact_check set withdrawn = 0 where ordinal = 2",
        "update fact_check set collection = 'others.jsonl' where ordinal = 1",
        "update fact_check set digest = zeroblob(8) where ordinal = 1",
        "update fact_check set key = zeroblob(16) where ordinal = 1",
        "update fact_check set replaced_by = 2 where ordinal = 1",
        "update fact_check set replaced_by = 4 where ordinal = 2",
        "update fact_check set replaced_by = 1 where ordinal = 3",
    ],
)
def test_the_doctor_finds_a_fact_check_that_is_not_what_was_imported(store: Store, statement: str) -> None:
    for day in "123":
        rows = [Check("two", "Snow fell.", date=f"2026-01-0{day}")]
        rows += [Check("one", "Rain fell.", url="https://a.example/1", withdrawn=True)] if day == "1" else []
        checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    assert list(doctor.examine(store, words_of=words_of)) == []
    store.connection.execute("drop index fact_check_present")
    store.connection.execute(statement)
    found = list(doctor.examine(store))
    assert {finding.check for finding in found} == {"fact-check"}
    assert CHECK in found[0].detail
    checks.remove(store, "others.jsonl" if "others" in statement else "checks.jsonl", words_of)
    assert list(doctor.examine(store, words_of=words_of)) == []


def test_a_page_of_the_index_that_nothing_leads_to_is_seen(worked: Store) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = " ".join(a + b + c for a in letters for b in letters for c in letters)
    article = Article(words, "words.txt")
    whole = Span(0, len(words))
    parts = Segmentation((Block(whole, BlockKind.BODY),), (Sentence(whole, BlockKind.BODY),), "test")
    articles.add_article(worked, article, parts, [], None)
    assert list(doctor.examine(worked)) == []
    listed = worked.connection.execute("select segid, term, pgno from text_index_idx").fetchall()
    assert len(listed) > 5
    for row in listed:
        worked.connection.execute("delete from text_index_idx where segid = ? and term = ?", row[:2])
        assert [finding.check for finding in doctor.examine(worked)] == ["index"], row
        worked.connection.execute("insert into text_index_idx values (?, ?, ?)", row)
    assert list(doctor.examine(worked)) == []


def test_any_byte_of_the_index_that_changes_a_run_is_seen(worked: Store) -> None:
    row, block = worked.connection.execute("select id, block from text_index_data where id > 10 limit 1").fetchone()
    for at in range(4, len(block), 37):
        changed = bytes([*block[:at], block[at] ^ 1, *block[at + 1 :]])
        worked.connection.execute("update text_index_data set block = ? where id = ?", (changed, row))
        assert [finding.check for finding in doctor.examine(worked)] == ["index"], at


def test_what_others_write_while_the_doctor_looks_is_no_finding(worked: Store, path: Path) -> None:
    steps: list[int] = []

    def meanwhile(done: int, _of: int) -> None:
        steps.append(done)
        if done > 1:
            return
        with closing(open_store(path)) as other:
            session = ReviewSession(other, "eva")
            article = Article("Hail fell. It hurt.", "hail.txt")
            articles.add_article(other, article, split_article(article), [], None)
            for article_id in articles.shown_ids(other):
                session.open(article_id)
                claim = session.review.claims[0]
                session.apply(judging.verdict, claim, "refuted")
                session.leave(claim)
            articles.purge_article(other, articles.shown_ids(other)[1], None)

    def purged_later(done: int, of: int) -> None:
        # The old text stays in the log while it is read; what was written is written all the same.
        with suppress(DatabaseBusyError):
            meanwhile(done, of)

    assert list(doctor.examine(worked, purged_later)) == []
    assert steps == [1, 2]
    assert worked.connection.execute("select count(*) from verdict").fetchone() == (3,)
    assert not worked.connection.in_transaction
    assert list(doctor.examine(worked)) == []


def test_a_quick_look_is_of_one_moment_too(worked: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def count(store: Store) -> Iterator[Problem]:
        seen.extend(store.connection.execute("select count(*) from ledger").fetchone())
        if len(seen) == 1:
            with closing(open_store(path)) as other:
                articles.hide_article(other, articles.shown_ids(other)[0], None)
        yield from ()

    monkeypatch.setattr(doctor, "_BY_SQL", (count, count))
    assert list(doctor.examine_quickly(worked)) == []
    assert seen[0] == seen[1]
    assert worked.connection.execute("select count(*) from ledger").fetchone()[0] > seen[0]


def test_where_others_write_between_every_two_looks_the_doctor_says_so(
    worked: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_TRIES", 3)
    with closing(open_store(path)) as other:

        def write(statement: str) -> None:
            if statement == "pragma data_version":
                other.connection.execute("insert or replace into meta values ('noted', hex(randomblob(8)))")

        worked.connection.set_trace_callback(write)
        with pytest.raises(DatabaseBusyError, match="others write all the time"):
            list(doctor.examine(worked))
        worked.connection.set_trace_callback(None)
    assert not worked.connection.in_transaction
    assert list(doctor.examine(worked)) == []
