"""Work that was decided on several machines, or under several names: of one register another may depend.

Folding such a work leaves out what is of an attribution that another machine removed, and nests in none what cannot be
nested any more. A decision that brings the attribution back brings that back too, though it does not assign it.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.judgement import CONTENT
from annotator.model.ledger import Entry, effective, registers
from annotator.model.uniting import sound
from annotator.store import aliases, ledger
from annotator.store.connection import Store
from annotator.store.names import article_key, work_keys
from annotator.store.projection import write_rows
from annotator.store.work_rows import TABLES, Row, rows_of


def folded(found: Iterable[Entry]) -> dict[str, set[Row]]:
    """The rows that one reviewer's entries on an article, in their order, leave in each table of her work.

    Raises what is UNREADABLE where an entry does not hold what this program writes.
    """
    state = registers(effective(list(found)))
    return rows_of(sound({key: value for key, value in state.items() if key[0] != "source"}))


def settle(store: Store, reviewer: str, article_id: str, decision: Entry, *, taken_back: bool) -> None:
    """Write all of a reviewer's work on an article anew where what the decision assigns may not be all that changes.

    The decision was just made, or undone or redone, and what it assigns is written. As long as she works in one
    database and under one name nothing else depends on it.
    """
    tables = _OF_ATTRIBUTIONS if taken_back else ("attribution",)
    named = {change.key[0] for change in decision.changes if change.table in tables}
    named |= {change.key[1] for change in decision.changes if taken_back and change.table == "verdict"} - {CONTENT}
    if not named or not _is_united(store, reviewer, article_id):
        return
    # What is decided was planned on what stands: only what was said of these attributions before can change with it.
    if taken_back or any(
        other.id != decision.id for other in ledger.decisions_since(store, reviewer, article_id, named, 0)
    ):
        _write_anew(store, reviewer, article_id)


_OF_ATTRIBUTIONS = ("attribution", "attribution_source", "evidence")
"""The tables, beside that of verdicts, in which what stands may depend on an attribution."""


def _is_united(store: Store, reviewer: str, article_id: str) -> bool:
    """Whether the reviewer's entries on an article come from several databases, or may be of several names."""
    connection = store.connection
    if aliases.ever_connected(connection, reviewer):
        return True
    # All that is asked where nothing was ever merged.
    if not connection.execute("select 1 from name where kind = 'database' limit 1 offset 1").fetchone():
        return False
    own = aliases.own_keys(connection, reviewer)
    first, last = connection.execute(
        "select min(database), max(database) from ledger indexed by ledger_by_article where article = ? "
        f"and reviewer {aliases.one_of(own)} and kind in ({ledger.DECISION}, {ledger.UNDO}, {ledger.REDO})",
        (article_key(connection, article_id), *own),
    ).fetchone()
    return bool(first != last)


def _write_anew(store: Store, reviewer: str, article_id: str) -> None:
    work = work_keys(store.connection, reviewer, article_id)
    made = folded(ledger.entries_of(store, reviewer, article_id))
    for table in TABLES:
        store.connection.execute(f"delete from {table} where article = ? and reviewer = ?", work)
    write_rows(store, work, made)
