"""Earlier schemas of the database and the way from each to the next; an old one is never edited."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the SQL stands: `schema_0001.sql` and so on, and `schema.sql`, of which a new database is made."""
