"""The migrations, in order; an old one is never edited. Importing this module imports sqlite-utils."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from annotator.store.migration.own_schema import statements
from annotator.store.migration.updating import TEXT, pace_of

migrations = Migrations("annotator")


@migrations()
def m0001_first_schema(db: Database) -> None:
    """Articles, suggestions, the ledger and the projection."""
    for statement in statements(Path(__file__).with_name("schema_0001.sql").read_text(encoding="utf-8")):
        db.execute(statement)


@migrations()
def m0002_same_and_near_texts(db: Database) -> None:
    """Which articles of before have a text that is trimmed today, and where near copies are looked up.

    The fingerprints of the articles that are there already are made when they are first needed.
    """
    from annotator.model.text import article_id, same_text_id

    for statement in statements(Path(__file__).with_name("schema_0002.sql").read_text(encoding="utf-8")):
        db.execute(statement)
    reading = db.conn.cursor()
    texts = reading.execute("select id, text from article where text is not null")
    for id_, text in pace_of(db).over(texts, TEXT):
        if (same := same_text_id(text)) != article_id(text):
            db.execute("insert into same_text (text_id, article_id) values (?, ?)", [same, id_])
    db.execute(
        "insert into meta (key, value) select 'near_from', max(ordinal) from article having max(ordinal) is not null"
    )


@migrations()
def m0003_compact(db: Database) -> None:
    """What many rows share once, what follows from something else not at all, and an index of the texts."""
    from annotator.store.migration.to_0003 import migrate

    script = Path(__file__).with_name("schema_0003.sql").read_text(encoding="utf-8")
    migrate(db.conn, statements(script), pace_of(db))


@migrations()
def m0004_settings_assignments_and_questions(db: Database) -> None:
    """The project's own settings, who is to review what, and questions to the lead."""
    for statement in statements(Path(__file__).with_name("schema_0004.sql").read_text(encoding="utf-8")):
        db.execute(statement)


@migrations()
def m0005_fact_checks(db: Database) -> None:
    """Published fact-checks, and what was found by them."""
    for statement in statements(Path(__file__).with_name("schema_0005.sql").read_text(encoding="utf-8")):
        db.execute(statement)


@migrations()
def m0006_worth_and_vectors(db: Database) -> None:
    """How far articles are worth checking, for the order of the queue; and the vectors of fact-checks.

    The numbers are written when all migrations are through (`worths_anew.after_migrating`): they follow from what is
    stored, and what works them out reads the tables of its own version.
    """
    for statement in statements(Path(__file__).with_name("schema_0006.sql").read_text(encoding="utf-8")):
        db.execute(statement)


WITH_WORTHS = 6
"""The first schema with the numbers of `worths_anew`."""


@migrations()
def m0007_vectors_and_order(db: Database) -> None:
    """The vectors of what reviewers judged, and indexes for the order of the queue by worth."""
    for statement in statements(Path(__file__).with_name("schema_0007.sql").read_text(encoding="utf-8")):
        db.execute(statement)


@migrations()
def m0008_short_texts(_db: Database) -> None:
    """The ledger's entries may have short texts (`payloads`) from here on: versions that cannot read them refuse it."""


@migrations()
def m0009_fact_checks(db: Database) -> None:
    """Fact-checks have digests; those that were replaced are found by an index, and their words by none."""
    from annotator.store.migration import to_0009

    for statement in statements(Path(__file__).with_name("schema_0009.sql").read_text(encoding="utf-8")):
        db.execute(statement)
    to_0009.digest_fact_checks(db.conn, pace_of(db))
    to_0009.forget_words_of_replaced(db.conn)


def make_new(db: Database) -> None:
    """Make at once, in a database with nothing in it, what all migrations make one after another."""
    for statement in statements(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")):
        db.execute(statement)
    migrations.ensure_migrations_table(db)
    record = "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)"
    for migration in migrations.pending(db):
        db.execute(record, [migrations.name, migration.name, str(datetime.now(UTC))])
