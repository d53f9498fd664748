"""An article that is opened: it, and her work on it, are what was written."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import RowDamagedError
from annotator.model.ledger import Change
from annotator.store import Store, open_store, review, undoing
from annotator.store.rebuilding import work_pairs
from annotator.store.renaming import rename
from annotator.store.soundness.opened_check import check_opened

AddArticle = Callable[..., str]


def decide(store: Store, article_id: str, reviewer: str, **facets: object) -> None:
    work = review.load_review(store, review.load_article(store, article_id), reviewer)
    changes = [Change("judgement", (work.claims[0].id, facet), value) for facet, value in facets.items()]
    review.decide(store, work, "s", "test", work.claims[0], changes)


def check(store: Store, article_id: str, reviewer: str = "ana") -> None:
    check_opened(store, review.load_article(store, article_id), reviewer)


@pytest.fixture
def article_id(store: Store, add: AddArticle) -> str:
    made = add(store, "Rain fell. It fell on 9 houses.", "lea")
    decide(store, made, "ana", worth="2", note="seen")
    decide(store, made, "ana", worth="1")
    decide(store, made, "bo", worth="0", note="no")
    return made


def test_what_was_written_is_whole_whatever_was_decided_and_taken_back(store: Store, article_id: str) -> None:
    last = undoing.next_undo(store, "ana")
    assert last is not None
    review.take_back(store, review.load_article(store, article_id), "ana", "s", last)
    for who in ("ana", "bo", "eva"):
        check(store, article_id, who)


def test_all_work_of_a_kept_database_is_whole_also_of_who_is_called_otherwise_now(path: Path) -> None:
    path.write_bytes(lzma.decompress(Path(__file__).with_name("kept").joinpath("schema-2.db.xz").read_bytes()))
    with closing(open_store(path)) as store:
        pairs = work_pairs(store)
        assert {reviewer for reviewer, _ in pairs} >= {"ana", "bo"}
        for reviewer, article_id in pairs:
            check(store, article_id, reviewer)
        rename(store, "bo", "ana", None)
        for reviewer, article_id in work_pairs(store):
            check(store, article_id, reviewer)
        assert "bo" not in {reviewer for reviewer, _ in work_pairs(store)}


DAMAGES = {
    "update article_text set text = text || '.'": "its text is",
    "update suggestion set digest = zeroblob(8)": "its suggestions are",
    "update ledger set lamport = lamport + 100 where kind = 0": "an entry of the ledger is",
    "update ledger set payload = replace(payload, 'seen', 'sEEn')": "an entry of the ledger is",
    "update judgement set worth = '2' where note = 'seen'": "ana's work on it is",
    "delete from judgement where note = 'seen'": "ana's work on it is",
}


@pytest.mark.parametrize("statement", DAMAGES)
def test_what_is_not_is_said_and_what_to_do(store: Store, article_id: str, statement: str) -> None:
    for (name,) in store.connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        store.connection.execute(f"drop trigger {name}")
    store.connection.execute(statement)
    with pytest.raises(RowDamagedError) as found:
        check(store, article_id)
    said = str(found.value)
    assert said.startswith(f"{store.path}: article {article_id[:12]}: {DAMAGES[statement]} not what was written")
    assert "`annotator doctor`" in said
    assert "`annotator recover`" in said
    assert "\n" not in said


def test_what_cannot_be_read_at_all_is_said_too(store: Store, article_id: str) -> None:
    store.connection.execute("drop trigger ledger_is_never_changed")
    store.connection.execute("pragma ignore_check_constraints = on")
    store.connection.execute("update ledger set payload = '{' where kind = 0")
    with pytest.raises(RowDamagedError, match="cannot be read"):
        check(store, article_id)


def test_others_damage_is_not_hers_to_hear_of(store: Store, article_id: str) -> None:
    store.connection.execute("update judgement set worth = '2' where note = 'no'")
    check(store, article_id)
    with pytest.raises(RowDamagedError, match="bo's work"):
        check(store, article_id, "bo")
