"""The project's settings and who is to review what: shared entries of the ledger, and their tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotator.model.exercise import SETTING, Exercise
from annotator.model.ledger import Change, Entry, changes_payload, registers
from annotator.model.project import Project, Visibility, project_of
from annotator.model.reviewer import ADJUDICATED
from annotator.model.span import Span
from annotator.store import aliases, ledger
from annotator.store.connection import Store, translated
from annotator.store.names import NONE, key_of, known_key, work_keys

SET, ASSIGN, UNASSIGN = "set", "assign", "assign-undo"
"""The ledger's actions: a setting, a handing out, and taking one back."""
ACTIONS = (SET, ASSIGN, UNASSIGN)
HANDING_OUT = (ASSIGN, UNASSIGN)


def load_project(store: Store) -> Project:
    """The project's settings as they are now."""
    with translated(store.path):
        rows = store.connection.execute("select name, value from setting where name not glob '*:*'").fetchall()
        handed_out = store.connection.execute("select 1 from assignment limit 1").fetchone() is not None
        renamed = aliases.now_called(store.connection)
    return project_of({name: json.loads(value) for name, value in rows}, handed_out=handed_out, renamed=renamed)


def exercises(store: Store, article_id: str = "*") -> dict[str, Exercise]:
    """Which articles (all, or one) are exercises, and of which kind, by their ids."""
    with translated(store.path):
        rows = store.connection.execute("select name, value from setting where name glob ?", (SETTING + article_id,))
        return {name.removeprefix(SETTING): Exercise(json.loads(value)) for name, value in rows}


def practice_articles(store: Store) -> frozenset[str]:
    """The ids of the articles that are practice: what is decided on them is measured against their key alone."""
    return frozenset(id_ for id_, kind in exercises(store).items() if kind is Exercise.PRACTICE)


def is_practice(store: Store, article_id: str) -> bool:
    """Whether the article is practice."""
    return exercises(store, article_id).get(article_id) is Exercise.PRACTICE


def set_exercise(store: Store, article_id: str, kind: Exercise | None, reviewer: str | None) -> None:
    """Make an article an exercise, or (None) an ordinary one: one shared entry."""
    set_value(store, SETTING + article_id, kind.value if kind is not None else None, reviewer)


def others_visible(store: Store, reviewer: str) -> bool:
    """Whether a decision that the reviewer takes now is taken in sight of others' work."""
    row = store.connection.execute("select value from setting where name = 'visibility'").fetchone()
    return reviewer == ADJUDICATED or (row is not None and json.loads(row[0]) == Visibility.OPEN)


def set_value(store: Store, name: str, value: Any, reviewer: str | None) -> None:
    """Store a setting (None: as if it had never been set): one shared entry."""
    with store.transaction():
        payload = changes_payload([Change("setting", (name,), value)])
        project(store, ledger.append(store, "shared", SET, payload, reviewer=reviewer))


def project(store: Store, entry: Entry) -> None:
    """Write what a shared entry says of settings and assignments into their tables."""
    for change in entry.changes:
        if change.table == "setting":
            _write_setting(store, change)
        elif change.table == "assignment":
            _write_assignment(store, change)


def _write_setting(store: Store, change: Change) -> None:
    store.connection.execute("delete from setting where name = ?", change.key)
    if change.value is not None:
        store.connection.execute(
            "insert into setting (name, value) values (?, ?)", (*change.key, json.dumps(change.value))
        )


def name_reviewers(store: Store) -> None:
    """Write from the ledger who is called what now, in the caller's transaction: all else is read in these terms."""
    for entry in ledger.shared_entries(store, aliases.RENAME):
        project(store, entry)


def handed_out(store: Store) -> dict[tuple[str, ...], Any]:
    """What the ledger says is handed out: the value of each register of an assignment, by the names of then."""
    found = [entry for action in HANDING_OUT for entry in ledger.shared_entries(store, action)]
    return registers(sorted(found, key=lambda entry: entry.order))


def unite_assignments(store: Store) -> None:
    """Give everybody what is handed out to any of her names, in the caller's transaction."""
    if not aliases.all_connected(store.connection):
        return
    store.connection.execute("delete from assignment")
    names = aliases.now_called(store.connection)
    united: dict[tuple[str, str], Any] = {}
    for (_, name, article_id), value in handed_out(store).items():
        if value is not None:
            work = names.get(name, name), article_id
            united[work] = _both(united.get(work, []), value)
    for work, value in united.items():
        _write_assignment(store, Change("assignment", work, value))


def _both(one: Any, other: Any) -> Any:
    """All of an article, or the spans of the claims that either says, in text order."""
    if one is True or other is True:
        return True
    return [list(pair) for pair in sorted({tuple(pair) for pair in [*one, *other]})]


def _write_assignment(store: Store, change: Change) -> None:
    reviewer, article_id = change.key
    article = _held(store, article_id)
    if article == NONE:
        # Purged since: nobody can review it.
        return
    who = key_of(store.connection, "reviewer", reviewer)
    store.connection.execute("delete from assignment where reviewer = ? and article = ?", (who, article))
    if change.value is not None:
        spans = None if change.value is True else json.dumps(change.value, separators=(",", ":"))
        store.connection.execute(
            "insert into assignment (reviewer, article, spans) values (?, ?, ?)", (who, article, spans)
        )


def _held(store: Store, article_id: str) -> int:
    """The ordinal of an article whose text is here, else NONE."""
    row = store.connection.execute(
        "select ordinal from article where id = ? and purged_at is null", (article_id,)
    ).fetchone()
    return int(row[0]) if row else NONE


def assigned_claims(store: Store, reviewer: str, article_id: str) -> tuple[Span, ...] | None:
    """The spans of the claims of an article that are the reviewer's to review; None for all of it, or none of it."""
    article, who = work_keys(store.connection, reviewer, article_id)
    row = store.connection.execute(
        "select spans from assignment where reviewer = ? and article = ?", (who, article)
    ).fetchone()
    return tuple(Span(start, end) for start, end in json.loads(row[0])) if row and row[0] else None


def has_assignments(store: Store, reviewer: str) -> bool:
    """Whether anything is handed out to the reviewer."""
    with translated(store.path):
        query = "select 1 from assignment where reviewer = ? limit 1"
        who = known_key(store.connection, "reviewer", reviewer)
        return store.connection.execute(query, (who,)).fetchone() is not None


def assignments(store: Store) -> Iterator[tuple[str, str, tuple[Span, ...] | None]]:
    """Article id, reviewer, and the claims' spans (None: all), for all that is handed out, in the articles' order."""
    with translated(store.path):
        for article_id, reviewer, spans in store.connection.execute(
            "select article.id, name.text, spans from assignment join article on ordinal = article "
            "join name on name.key = reviewer where purged_at is null order by ordinal, name.text"
        ):
            yield article_id, reviewer, tuple(Span(*pair) for pair in json.loads(spans)) if spans else None


def shown_sizes(store: Store) -> list[tuple[str, int]]:
    """The id of every article that is shown and how many sentences it has, in the order they were added."""
    with translated(store.path):
        return store.connection.execute(
            "select id, sentences from article where hidden = 0 and purged_at is null order by ordinal"
        ).fetchall()


def begun(store: Store) -> dict[tuple[str, str], int]:
    """The claims left of every article that a reviewer has begun, by (article id, reviewer), in both passes."""
    with translated(store.path):
        return {
            (article_id, reviewer): left
            for article_id, reviewer, left in store.connection.execute(
                "select article.id, name.text, claims - both_done - both_skipped from progress "
                "join article on ordinal = article join name on name.key = reviewer"
            )
        }


def forget(store: Store, article: int) -> None:
    """Let nobody have a purged article (by its ordinal) to review, in the caller's transaction."""
    store.connection.execute("delete from assignment where article = ?", (article,))
