"""Writing into the tables by hand what everything in the database would have refused."""

from __future__ import annotations

from annotator.store import Store


def tamper(store: Store, *statements: str) -> None:
    """Run the statements, each of which changes something, with triggers, foreign keys and checks off."""
    for pragma in ("foreign_keys = off", "ignore_check_constraints = on"):
        store.connection.execute(f"pragma {pragma}")
    for (name,) in store.connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        store.connection.execute(f"drop trigger {name}")
    for statement in statements:
        assert store.connection.execute(statement).rowcount > 0, statement
    store.connection.execute("pragma ignore_check_constraints = off")
