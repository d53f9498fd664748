"""The doctor finds what was written into the tables by hand: every check has a row here that breaks that thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.store import Store, doctor, open_store
from annotator.workflow import attributing, judging, segmenting
from annotator.workflow.session import ReviewSession


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
    bo.apply(judging.flag, claims[0])
    return store


def tampered(store: Store, *statements: str) -> list[doctor.Problem]:
    """What the doctor finds after these statements, with everything off that would have refused them."""
    for pragma in ("foreign_keys = off", "ignore_check_constraints = on"):
        store.connection.execute(f"pragma {pragma}")
    for (name,) in store.connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        store.connection.execute(f"drop trigger {name}")
    for statement in statements:
        assert store.connection.execute(statement).rowcount > 0, statement
    store.connection.execute("pragma ignore_check_constraints = off")
    return list(doctor.examine(store))


def test_a_healthy_database_has_no_findings(worked: Store) -> None:
    assert list(doctor.examine(worked)) == []


@pytest.mark.parametrize(
    ("statement", "check", "says"),
    [
        ("update judgement set flag = 7", "integrity", "CHECK constraint failed in judgement"),
        ("update judgement set claim_id = 'gone'", "foreign keys", "judgement row .* missing row of claim"),
        ("update sentence set block = 70", "foreign keys", "missing row of block"),
        ("update ledger set reviewer = 'Bo' where reviewer = 'bo'", "ledger", "'Bo' is not in lower case"),
        ("update ledger set undoes = (select id from ledger where action = 'import') where kind = 'undo'", "ledger",
         "this undo names no earlier decision"),
        ("update ledger set kind = 'redo' where kind = 'undo'", "ledger", "this redo names no earlier undo"),
        ("update ledger set lamport = 1, database_id = 'a' where kind = 'undo'", "ledger", "names no earlier decision"),
        ("update ledger set undoes = null where kind = 'undo'", "ledger", "cannot be read"),
        ("update ledger set payload = '{\"changes\": 5}' where action = 'accept'", "projection", "cannot be rebuilt"),
        ("update ledger set payload = '{\"changes\": [[\"attribution\", [\"a\"], {}]]}' where action = 'accept'",
         "projection", "cannot be rebuilt"),
        ("update ledger set payload = '{', payload_version = 1 where action = 'accept'", "ledger", "cannot be read"),
        ("update ledger set payload = '{}', erased = 1 where action = 'verdict'", "ledger", "was not purged"),
        ("update ledger set payload = '{}', erased = 1 where action = 'verdict'", "projection", "verdict: stored, but"),
        ("update ledger set reviewer = 'eva' where action = 'verdict'", "projection", "verdict: the ledger says so"),
        ("delete from ledger where action = 'verdict'", "projection", "verdict: stored, but"),
        ("update article set text = replace(text, 'two', 'ten')", "article", "SHA-256 is another"),
        ("update article set length = length + 1", "article", "code points"),
        ("update article set sentences = 1", "article", "1 sentences counted"),
        ("update article set hidden = 1", "projection", "article: stored, but"),
        ("update article set language = 'xx'", "projection", "article: stored, but"),
        ("update sentence set end = end - 2", "sentences", "is in no sentence"),
        ("delete from sentence where ordinal = 1", "sentences", "is in no sentence"),
        ("update sentence set start = start + 1 where ordinal = 1", "projection", "sentence: the ledger says so"),
        ("delete from block where ordinal = 0", "article", "cannot be read|not inside one block"),
        ("update block set kind = 'caption'", "projection", "block: stored, but"),
        ("update publication set title = 'Another'", "projection", "publication: stored, but"),
        ("delete from publication", "projection", "publication: the ledger says so"),
        ("update claim set end = end - 1 where start = 0", "claim", "not the id of"),
        ("insert into claim select 'x' || substr(id, 2), article_id, 1, 2 from claim limit 1", "claim",
         "not the id of"),
        ("delete from claim where start = 0", "foreign keys", "missing row of claim"),
        ("update judgement set worth = '1' where worth = '2'", "projection", "judgement: stored, but"),
        ("delete from judgement where reviewer = 'bo'", "projection", "judgement: the ledger says so"),
        ("update verdict set value = 'supported'", "projection", "verdict: stored, but"),
        ("update attribution set negated = 1", "projection", "attribution: stored, but"),
        ("update attribution set parent = 'gone' where parent is not null", "nesting", "does not exist"),
        ("update attribution set parent = id", "nesting", "nested in itself"),
        ("update attribution set parent = (select id from attribution b where b.id <> attribution.id)", "nesting",
         "must lie inside|in itself"),
        ("update attribution_span set start = start + 1 where role = 'source'", "projection", "attribution_span"),
        ("delete from attribution_span where role = 'content'", "nesting", "needs content"),
        ("update evidence set answer = 'no'", "projection", "evidence: stored, but"),
        ("delete from refusal", "projection", "refusal: the ledger says so"),
        ("update refusal set reviewer = 'bo'", "projection", "refusal: stored, but"),
        ("update boundary set kind = 'cut'", "projection", "boundary: stored, but"),
        ("update progress set done = 0 where reviewer = 'ana'", "projection", "progress: stored, but"),
        ("delete from progress", "projection", "progress: the ledger says so"),
    ],
)  # fmt: skip
def test_the_doctor_finds_what_was_changed_by_hand(worked: Store, statement: str, check: str, says: str) -> None:
    found = tampered(worked, statement)
    assert any(finding.check == check and re.search(says, finding.detail) for finding in found), found


def test_the_doctor_changes_nothing(path: Path, worked: Store) -> None:
    before = list(worked.connection.iterdump())
    tampered(worked, "update verdict set value = 'supported'")
    assert [line for line in worked.connection.iterdump() if line.startswith('INSERT INTO "ledger"')] == [
        line for line in before if line.startswith('INSERT INTO "ledger"')
    ]
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
