"""Work that was decided on several machines, or under several names: of one register another may depend.

Folding such a work leaves out what is of an attribution that another machine removed, and nests in none what cannot be
nested any more. A decision that brings the attribution back brings that back too, though it does not assign it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT
from annotator.model.ledger import Change, Entry, derived_id, effective, registers
from annotator.model.review import ArticleReview
from annotator.model.uniting import sound
from annotator.store import aliases, ledger, projection
from annotator.store.connection import Store
from annotator.store.names import article_key, work_keys
from annotator.store.work_rows import TABLES, Row, rows_of


def folded(found: Iterable[Entry]) -> dict[str, set[Row]]:
    """The rows that one reviewer's entries on an article, in their order, leave in each table of her work.

    Raises what is UNREADABLE where an entry does not hold what this program writes.
    """
    state = registers(effective(list(found)))
    return rows_of(sound({key: value for key, value in state.items() if key[0] != "source"}))


def write_taken_back(store: Store, reviewer: str, article_id: str, decision: Entry, *, undone: bool) -> None:
    """Write what a decision that was just undone or redone leaves of a reviewer's work on an article.

    As long as she works in one database and under one name, that is what the decision assigns.
    """
    if _is_of_attributions(decision.changes) and _is_united(store, reviewer, article_id):
        _write_anew(store, reviewer, article_id)
    else:
        projection.refresh(store, reviewer, article_id, decision, undone=undone)


def write_decided(store: Store, review: ArticleReview, entry: Entry) -> None:
    """Write what a decision assigns that was planned on a review and just stored, and what comes back with that.

    What was said of an attribution before, and what else could be nested, can only change where one comes or moves.
    """
    reviewer, article_id = review.reviewer, review.article.id
    changes = entry.changes
    projection.apply_registers(store, reviewer, article_id, [(each.register, each.value) for each in changes])
    after = {change.key[0]: change.value for change in changes if change.table == "attribution"}
    placed = {id_: Attribution.from_payload(id_, value) for id_, value in after.items() if value is not None}
    if not placed:
        return
    if _may_change_others(store, review, entry, placed, after):
        _write_anew(store, reviewer, article_id)


def _may_change_others(
    store: Store,
    review: ArticleReview,
    entry: Entry,
    placed: Mapping[str, Attribution],
    after: Collection[str],
) -> bool:
    """Whether attributions that come or move in united work may change more than themselves."""
    before = {made.id: made for made in review.attributions}
    come = placed.keys() - before.keys()
    moved = any(_place(made) != _place(before[id_]) for id_, made in placed.items() if id_ in before)
    if not (come or moved) or not _is_united(store, review.reviewer, review.article.id):
        return False
    left = [*(made for id_, made in before.items() if id_ not in after), *placed.values()]
    return (moved and _could_be_nested(left)) or (bool(come) and _is_known(store, entry, come))


def _place(attribution: Attribution) -> tuple[object, ...]:
    return attribution.content, attribution.parent


def _could_be_nested(made: Collection[Attribution]) -> bool:
    return any(one.parent is None and one is not other and one.lies_in(other) for one in made for other in made)


def _is_known(store: Store, entry: Entry, ids: Collection[str]) -> bool:
    """Whether the reviewer's earlier decisions may say something of these attributions, under any of her names."""
    names = aliases.ever_connected(store.connection, entry.reviewer or "")
    known = {*ids, *(derived_id(suggestion, name) for suggestion in entry.suggestions for name in names)}
    return ledger.is_named_before(store, entry, known)


def _is_of_attributions(changes: Iterable[Change]) -> bool:
    """Whether what these changes assign may depend on an attribution: what evidence was on before may be gone."""
    return any(
        change.table in ("attribution", "attribution_source", "evidence")
        or (change.table == "verdict" and change.key[1] != CONTENT)
        for change in changes
    )


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
    projection.write_rows(store, work, made)
