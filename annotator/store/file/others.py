"""What other connections do meanwhile: the same reviewer in another terminal, another reviewer, an import."""

from __future__ import annotations

from annotator.store.connection import Store, translated


def changes(store: Store) -> int:
    """A number that is another one once another connection has committed anything, and never by what this one does.

    Microseconds: nothing is read but a counter (https://www.sqlite.org/pragma.html#pragma_data_version).
    """
    with translated(store.path):
        return int(store.connection.execute("pragma data_version").fetchone()[0])
