"""Numbers of names: what is remembered of them holds, also where something is rolled back."""

from __future__ import annotations

from annotator.store import Store
from annotator.store.aliases import aliases
from annotator.store.names import NONE, forget, key_of, known_key, remembering


def test_a_number_that_was_rolled_back_is_not_remembered(store: Store) -> None:
    connection = store.connection
    with store.transaction(), remembering(connection):
        connection.execute("savepoint trial")
        made = key_of(connection, "action", "walk")
        assert known_key(connection, "action", "walk") == made
        connection.execute("rollback to trial")
        forget(connection)
        assert known_key(connection, "action", "walk") == NONE


def test_what_is_remembered_is_read_again_behind_it(store: Store) -> None:
    connection = store.connection
    with store.transaction():
        with remembering(connection):
            assert aliases(connection) == {}
            aliases(connection)["ana"] = "anna"
            assert aliases(connection) == {}
        connection.execute("insert into setting (name, value) values ('alias:ana', '\"anna\"')")
        assert aliases(connection) == {"ana": "anna"}
