"""The quick look sees every kind of damage that it promises to see, and the whole doctor what it leaves out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.model.draft_key import DraftKey
from annotator.store import Store, articles, doctor, open_store
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession
from tests.workflow.tampering import tamper

FROM_NAME = "(select key from name where kind = 'action' and text = '{}')"
VERDICT, IMPORTED = (f"action = {FROM_NAME.format(action)}" for action in ("verdict", "import"))
GONE = "'no such attribution'"

PROMISED = [
    ("update judgement set flag = 7", "integrity", "CHECK constraint failed in judgement"),
    ("update judgement set reviewer = 700", "foreign keys", "judgement row .* missing row of name"),
    ("update publication set article = 700", "foreign keys", "missing row of article"),
    ("update attribution set parent = 'gone' where parent is not null", "foreign keys", "missing row of attribution"),
    (f"update ledger set undoes = (select key from ledger where {IMPORTED}) where kind = 1", "ledger",
     "this undo names no earlier decision"),
    ("update ledger set kind = 2 where kind = 1", "ledger", "this redo names no earlier undo"),
    ("update ledger set lamport = 1 where kind = 1", "ledger", "names no earlier decision"),
    (f"update ledger set payload = '', salt = null, erased = 1 where {VERDICT}", "ledger", "was not purged"),
    (f"update ledger set payload = '{{}}', salt = zeroblob(16), erased = 0 where {IMPORTED} and erased = 1", "ledger",
     "its article was purged, its payload is here"),
    ("insert into article_text select ordinal, 'Rain fell.' from article where purged_at is not null", "article",
     "it was purged, and its text is still here"),
    ("delete from article_text", "article", "its text is not here, and it was not purged"),
    (f"delete from ledger where {IMPORTED} and erased = 0", "article", "the entry of its import is gone"),
    (f"update verdict set target = {GONE}", "loose end", "ana, .*: verdict of an attribution that is not there"),
    (f"update evidence set target = {GONE}", "loose end", "evidence of an attribution that is not there"),
    (f"insert into attribution_source select article, reviewer, {GONE}, 'a' from judgement limit 1", "loose end",
     "attribution_source of an attribution that is not there"),
    ("update place set claim = zeroblob(16)", "place", "it is not the one that was written"),
    ("update draft set payload = '{\"text\":\"hers\"}'", "draft", "it is not the one that was written"),
]  # fmt: skip

LEFT_OUT = [
    "update article_text set text = replace(text, 'two', 'ten')",
    f"update ledger set payload = json_remove(payload, '$.s[0]') where {IMPORTED} and erased = 0",
    "update suggestion set current = zeroblob(9)",
    f"update ledger set payload = replace(payload, 'refuted', 'rebutted') where {VERDICT}",
    "update ledger set at = at + 1 where kind = 1",
    "update verdict set value = 'supported'",
    "delete from progress",
    "insert into text_index (rowid, text) values (1, 'snow fell.')",
]


@pytest.fixture
def worked(store: Store, ana: ReviewSession, rain: str) -> Store:
    """Ana has accepted, judged, found evidence, undone something and begun a note; the other article was purged."""
    claims = ana.review.claims
    ana.apply(attributing.accept, claims[1])
    ana.apply(judging.verdict, claims[1], "refuted")
    ana.apply(judging.evidence, claims[1], {"answer": "yes"})
    ana.apply(judging.flag, claims[0])
    ana.undo()
    ana.save_draft(DraftKey(ana.review.article.id, "note", ""), {"text": "half a"})
    articles.purge_article(store, rain, None)
    return store


def test_a_healthy_database_has_no_findings(worked: Store) -> None:
    assert list(doctor.examine_quickly(worked)) == []
    assert list(doctor.examine(worked)) == []


@pytest.mark.parametrize(("statement", "check", "says"), PROMISED)
def test_what_the_quick_look_promises_it_sees_and_so_does_the_whole_doctor(
    worked: Store, statement: str, check: str, says: str
) -> None:
    tamper(worked, statement)
    for look in (doctor.examine_quickly, doctor.examine):
        found = list(look(worked))
        assert any(finding.check == check and re.search(says, finding.detail) for finding in found), found


@pytest.mark.parametrize("statement", LEFT_OUT)
def test_what_the_quick_look_leaves_out_the_whole_doctor_sees(worked: Store, statement: str) -> None:
    tamper(worked, statement)
    assert list(doctor.examine_quickly(worked)) == []
    assert list(doctor.examine(worked)) != []


def test_an_index_that_lacks_a_row_is_left_to_the_whole_doctor(path: Path, worked: Store) -> None:
    (page,) = worked.connection.execute("select rootpage from sqlite_master where name = 'place_by_time'").fetchone()
    worked.connection.execute("pragma wal_checkpoint(truncate)")
    worked.close()
    whole = bytearray(path.read_bytes())
    # A leaf without cells: https://www.sqlite.org/fileformat2.html#b_tree_pages
    whole[4096 * (page - 1) : 4096 * page] = bytes([10, 0, 0, 0, 0, 16, 0, 0]) + bytes(4088)
    path.write_bytes(bytes(whole))
    store = open_store(path)
    assert list(doctor.examine_quickly(store)) == []
    assert any("place_by_time" in finding.detail for finding in doctor.examine(store))
    store.close()


def test_a_page_that_cannot_be_read_is_named(path: Path, worked: Store) -> None:
    (page,) = worked.connection.execute("select rootpage from sqlite_master where name = 'evidence'").fetchone()
    worked.connection.execute("pragma wal_checkpoint(truncate)")
    worked.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    path.write_bytes(bytes(whole))
    store = open_store(path)
    found = list(doctor.examine_quickly(store))
    store.close()
    assert found[0].check == found[-1].check == "integrity"
    assert "malformed" in found[-1].detail
