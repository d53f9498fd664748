"""The only SQLite code: opening, migrations, articles, ledger, projection and queries."""
