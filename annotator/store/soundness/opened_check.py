"""Whether an article and one reviewer's work on it are what was written, asked when she has opened it.

What the doctor asks of everything, of this alone: the text by its id, the suggestions and entries by their digests, and
the work that is stored by the entries that make it.
"""

from __future__ import annotations

from annotator.errors import RowDamagedError
from annotator.model.stored_article import StoredArticle
from annotator.model.text import article_id as id_of_text
from annotator.store import aliases, digests, ledger
from annotator.store.connection import Store
from annotator.store.names import article_key, known_key, work_keys
from annotator.store.soundness.damage import UNREADABLE, damaged, is_of_file
from annotator.store.soundness.ledger_check import lines_of_article
from annotator.store.suggestions import suggestion_digest
from annotator.store.united_work import folded
from annotator.store.work_rows import TABLES, stored_rows


def check_opened(store: Store, article: StoredArticle, reviewer: str) -> None:
    """Raise RowDamagedError, which names what is not as it was written; others' entries are not looked at."""
    name = f"article {article.id[:12]}"
    with store.snapshot():
        try:
            wrong = _wrong(store, article, reviewer)
        except UNREADABLE as error:
            if is_of_file(error) or isinstance(error, RowDamagedError):
                raise
            raise damaged(store.path, f"{name}, {reviewer}'s work", error) from error
    if wrong:
        raise RowDamagedError(
            f"{store.path}: {name}: {wrong} not what was written: nothing is decided about it; `annotator doctor` says "
            "what else was damaged, `annotator recover` brings back what can be"
        )


def _wrong(store: Store, article: StoredArticle, reviewer: str) -> str:
    if id_of_text(article.text) != article.id:
        return "its text is"
    ordinal = article_key(store.connection, article.id)
    if not _suggestions_hold(store, ordinal, article.id):
        return "its suggestions are"
    if not _entries_hold(store, ordinal, reviewer):
        return "an entry of the ledger is"
    work = work_keys(store.connection, reviewer, article.id)
    made = folded(ledger.entries_of(store, reviewer, article.id))
    if any(made[table] != set(stored_rows(store, work, table)) for table in TABLES):
        return f"{reviewer}'s work on it is"
    return ""


def _suggestions_hold(store: Store, ordinal: int, article_id: str) -> bool:
    rows = store.connection.execute(
        "select name.text, current, superseded, digest from suggestion join name on name.key = suggester "
        "where article = ?",
        (ordinal,),
    )
    return all(suggestion_digest(article_id, *row[:3]) == row[3] for row in rows)


def _entries_hold(store: Store, ordinal: int, reviewer: str) -> bool:
    names = aliases.ever_connected(store.connection, reviewer) or {reviewer}
    own = {None, *(known_key(store.connection, "reviewer", name) for name in names)}
    for line in lines_of_article(store, ordinal):
        if line.reviewer not in own and line.row[3] != ledger.SHARED:
            continue
        entry, salt, digest, seal = line.sealed(store)
        if digests.seal(entry, digest) != seal:
            return False
        if salt is not None and digests.payload_digest(entry.payload, salt) != digest:
            return False
    return True
