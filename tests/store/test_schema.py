from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from annotator.errors import StoreError
from annotator.model.ledger import Change
from annotator.store import Store, ledger, review

AddArticle = Callable[..., str]
Dumped = Callable[[sqlite3.Connection], list[str]]

TEXT = "Rain fell. It stopped."


@pytest.fixture
def worked(store: Store, add: AddArticle) -> Store:
    """A store with one article, and one judgement and one attribution of ana's."""
    work = review.load_review(store, review.load_article(store, add(store, TEXT)), "ana")
    attribution = {
        "source": [[0, 4]], "cue": [5, 9], "content": [[11, 21]], "type": "statement", "form": "indirect",
        "anonymity": "named", "negated": False, "parent": None, "relay": None,
    }  # fmt: skip
    changes = [
        Change("judgement", (work.claims[0].id, "worth"), "2"),
        Change("verdict", (work.claims[0].id, "content", "value"), "supported"),
        Change("attribution", ("said",), attribution),
        Change("evidence", ("found",), {"claim_id": work.claims[0].id, "answer": "yes"}),
        Change("boundary", ("11",), "join"),
    ]
    review.decide(store, work, "s", "test", work.claims[0], changes)
    return store


@pytest.mark.parametrize(
    "statement",
    [
        "delete from ledger",
        "update ledger set reviewer = null",
        "update ledger set payload = ''",
        "update ledger set erased = 1, payload = ''",
        "update ledger set erased = 1, payload = '', salt = null, at = 2020",
        "update ledger set erased = 1, payload = '', salt = null, digest = zeroblob(16)",
        "update ledger set erased = 1, payload = '', salt = null, seal = zeroblob(8)",
        "insert or replace into ledger select * from ledger limit 1",
        "insert or replace into ledger select * from ledger order by lamport desc limit 1",
        "insert or replace into ledger (key, id, database, lamport, kind, action, at, payload, payload_version, "
        "others_visible, salt, digest, seal) select key, zeroblob(16), database, 99, 4, action, at, '', 1, 0, salt, "
        "digest, seal from ledger limit 1",
        "delete from name",
        "update name set text = 'somebody' where text = 'ana'",
    ],
)
def test_the_ledger_refuses_every_change(worked: Store, statement: str) -> None:
    before = list(ledger.entries(worked))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        worked.connection.execute(statement)
    assert list(ledger.entries(worked)) == before


def new_entry(**changed: str) -> str:
    """SQL that adds a copy of the decision to the ledger, with these columns changed."""
    columns = {
        "key": "null", "id": "zeroblob(16)", "database": "database", "lamport": "9", "kind": "kind",
        "action": "action", "at": "at", "reviewer": "reviewer", "session": "session", "article": "article",
        "claim": "claim", "payload": "payload", "payload_version": "1", "scheme": "null", "suggestions": "null",
        "others_visible": "0", "undoes": "null", "erased": "0", "salt": "salt", "digest": "digest", "seal": "seal",
    }  # fmt: skip
    return f"insert into ledger select {', '.join((columns | changed).values())} from ledger where kind = 0"


def test_an_entry_that_breaks_nothing_is_taken(worked: Store) -> None:
    worked.connection.execute(new_entry())


@pytest.mark.parametrize(
    "statement",
    [
        # Strict types
        "update article set length = 'long'",
        "insert into meta values ('k', null)",
        # The invariants that SQL can hold
        "update article set id = 'short'",
        "update article set length = 0",
        "update article set sentences = 0",
        "update article set hidden = 2",
        "update article_text set article = 7",
        "update article_text set text = null",
        "insert into name (kind, text) values ('reviewer', '')",
        "insert into name (kind, text) values ('reviewer', 'ana')",
        "insert into name (kind, text) values ('rumour', 'ana')",
        "update suggestion set digest = zeroblob(3)",
        "update suggestion set suggester = 700",
        "insert into suggestion select null, article, suggester, null, null, digest from suggestion",
        "update publication set article = 7",
        "update judgement set flag = 2",
        "update judgement set skipped = 2",
        "update judgement set confidence = 'sure'",
        "update judgement set reviewer = 700",
        "update judgement set article = 7",
        "update judgement set article = 'none'",
        "update verdict set confidence = 'sure'",
        "insert into verdict select * from verdict",
        "update evidence set answer = ''",
        "update evidence set stance = 'maybe'",
        "update evidence set answer_type = 'maybe'",
        "update attribution set type = 'rumour'",
        "update attribution set form = 'sung'",
        "update attribution set anonymity = 'masked'",
        "update attribution set negated = 2",
        "update attribution set parent = id",
        "update attribution set parent = 'gone'",
        "update attribution set spans = '['",
        "insert into attribution select article, reviewer, 'more', type, form, anonymity, negated, null, "
        "'[[0,4],[5,9],[11,23]]' from attribution",
        "update boundary set kind = 'fold'",
        "update boundary set position = 0",
        "update progress set both_done = claims + 1",
        "update progress set verify_awaiting = -1",
        "update progress set claims = -1",
        "update progress set verdicts = '{'",
        "insert into place values (7, 700, null, 0, zeroblob(8))",
        "insert into draft select article, reviewer, 'note', '', '{', 0, zeroblob(8) from judgement",
        new_entry(lamport="0"),
        new_entry(id="id"),
        new_entry(id="'short'"),
        new_entry(reviewer="null"),
        new_entry(reviewer="700"),
        new_entry(kind="9"),
        new_entry(kind="1"),
        new_entry(undoes="key"),
        new_entry(kind="1", undoes="700"),
        new_entry(action="700"),
        new_entry(payload="'{'"),
        new_entry(erased="1"),
        new_entry(salt="null"),
        new_entry(article="7"),
        new_entry(digest="zeroblob(2)"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_an_invariant_is_refused(worked: Store, statement: str, dumped: Dumped) -> None:
    before = dumped(worked.connection)
    with pytest.raises(sqlite3.IntegrityError):  # noqa: PT012 - a deferred foreign key is checked at the commit
        worked.connection.execute("begin")
        worked.connection.execute(statement)
        worked.connection.execute("commit")
    worked.connection.execute("rollback")
    assert dumped(worked.connection) == before


def test_an_attribution_of_another_reviewer_is_no_parent(worked: Store) -> None:
    worked.connection.execute("begin")
    worked.connection.execute(
        "insert into attribution select article, (select max(key) from name), 'hers', type, form, anonymity, negated, "
        "id, spans from attribution"
    )
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        worked.connection.execute("commit")
    worked.connection.execute("rollback")


@pytest.mark.parametrize(("table", "id_"), [("attribution", "said"), ("evidence", "found")])
def test_one_reviewer_cannot_change_what_has_another_s_id(worked: Store, table: str, id_: str, dumped: Dumped) -> None:
    article_id = worked.connection.execute("select id from article").fetchone()[0]
    entry = next(entry for entry in ledger.entries(worked) if entry.kind == "decision")
    change = next(change for change in entry.changes if change.table == table)
    bo = review.load_review(worked, review.load_article(worked, article_id), "bo")
    before = dumped(worked.connection)
    with pytest.raises(StoreError):
        review.decide(worked, bo, "s", "test", bo.claims[0], [change])
    assert dumped(worked.connection) == before
    review.decide(worked, bo, "s", "test", bo.claims[0], [Change(change.table, (id_,), None)])
    ana = review.load_review(worked, bo.article, "ana")
    assert (len(ana.attributions), len(ana.evidence)) == (1, 1)
