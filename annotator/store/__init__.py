"""The only SQLite code: opening, migrations, articles, ledger, projection and queries."""

from annotator.store.connection import Store
from annotator.store.opening import open_store

__all__ = ["Store", "open_store"]
