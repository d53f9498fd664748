from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from annotator.errors import StoreError
from annotator.model.ledger import Change
from annotator.store import Store, ledger, review

AddArticle = Callable[..., str]

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
        "update ledger set reviewer = 'bo'",
        "update ledger set payload = '{}'",
        "update ledger set erased = 1",
        "update ledger set erased = 1, payload = '{}', at = '2020'",
        "insert or replace into ledger select * from ledger limit 1",
        "insert or replace into ledger select * from ledger order by lamport desc limit 1",
        "insert or replace into ledger (rowid, id, database_id, lamport, kind, action, at, payload, payload_version, "
        "suggestions, others_visible) select rowid, 'x' || substr(id, 2), database_id, 99, 'event', 'open', at, '{}', "
        "1, '[]', 0 from ledger limit 1",
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
        "id": "'new' || substr(id, 4)", "database_id": "database_id", "lamport": "9", "kind": "kind",
        "action": "action",
        "at": "at", "reviewer": "reviewer", "session": "session", "article_id": "article_id", "claim_id": "claim_id",
        "payload": "payload", "payload_version": "1", "scheme_version": "null", "suggestions": "'[]'",
        "others_visible": "0", "undoes": "null", "erased": "0",
    }  # fmt: skip
    return f"insert into ledger select {', '.join((columns | changed).values())} from ledger where kind = 'decision'"


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
        "update article set text = null",
        "update article set purged_at = 'now'",
        "update block set start = -1",
        "update block set end = start",
        "update block set kind = 'footnote'",
        "update sentence set end = start",
        "update sentence set start = -1",
        "update sentence set block = 7",
        "update claim set end = start",
        "update claim set id = 'short'",
        "insert into claim select 'x' || substr(id, 2), article_id, start, end from claim",
        "update suggestion set confidence = 1.5",
        "update suggestion set kind = 'guess'",
        "update suggestion set payload = '{'",
        "update suggestion set current = 2",
        "insert into publication select null, article_id, title, url, archived_url, publisher, author, published_at "
        "from publication",
        "update judgement set flag = 2",
        "update judgement set skipped = 2",
        "update judgement set confidence = 'sure'",
        "update judgement set claim_id = 'none'",
        "update judgement set article_id = 'none'",
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
        "update attribution_span set role = 'listener'",
        "update attribution_span set end = start",
        "update attribution_span set start = -1",
        "update attribution_span set position = 1 where role = 'cue'",
        "insert into attribution_span values ('said', 'content', 1, 0, 23)",
        "insert into attribution_span values ('gone', 'content', 0, 0, 2)",
        "update boundary set kind = 'fold'",
        "update boundary set position = 0",
        "update progress set done = claims + 1",
        "update progress set claims = -1",
        "update progress set pass = 'third'",
        "insert into place values ('ana', 'none', null, 'now')",
        "insert into draft select 'ana', id, 'note', '', '{', 'now' from article",
        new_entry(lamport="0"),
        new_entry(id="id"),
        new_entry(id="'short'"),
        new_entry(reviewer="null"),
        new_entry(reviewer="''"),
        new_entry(kind="'rumour'"),
        new_entry(kind="'undo'"),
        new_entry(undoes="id"),
        new_entry(kind="'undo'", undoes="'gone'"),
        new_entry(action="''"),
        new_entry(payload="'{'"),
        new_entry(erased="1"),
        new_entry(claim_id="'gone'"),
        new_entry(article_id="'gone'"),
        new_entry(suggestions="'['"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_an_invariant_is_refused(worked: Store, statement: str) -> None:
    before = list(worked.connection.iterdump())
    with pytest.raises(sqlite3.IntegrityError):  # noqa: PT012 - a deferred foreign key is checked at the commit
        worked.connection.execute("begin")
        worked.connection.execute(statement)
        worked.connection.execute("commit")
    worked.connection.execute("rollback")
    assert list(worked.connection.iterdump()) == before


def test_an_attribution_of_another_reviewer_is_no_parent(worked: Store) -> None:
    worked.connection.execute("begin")
    worked.connection.execute(
        "insert into attribution select 'hers', 'bo', article_id, type, form, anonymity, negated, id from attribution"
    )
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        worked.connection.execute("commit")
    worked.connection.execute("rollback")


@pytest.mark.parametrize(("table", "id_"), [("attribution", "said"), ("evidence", "found")])
def test_one_reviewer_cannot_change_what_has_another_s_id(worked: Store, table: str, id_: str) -> None:
    article_id = worked.connection.execute("select id from article").fetchone()[0]
    entry = next(ledger.entries(worked, "kind = 'decision'"))
    change = next(change for change in entry.changes if change.table == table)
    bo = review.load_review(worked, review.load_article(worked, article_id), "bo")
    before = list(worked.connection.iterdump())
    with pytest.raises(StoreError):
        review.decide(worked, bo, "s", "test", bo.claims[0], [change])
    assert list(worked.connection.iterdump()) == before
    review.decide(worked, bo, "s", "test", bo.claims[0], [Change(change.table, (id_,), None)])
    ana = review.load_review(worked, bo.article, "ana")
    assert (len(ana.attributions), len(ana.evidence)) == (1, 1)
