"""A stored article: its text, and its blocks and sentences, which stand in the ledger's entry of its import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.errors import DatabaseDamagedError
from annotator.model.article import Block, BlockKind, Segmentation, Sentence
from annotator.model.span import Span
from annotator.store import ledger
from annotator.store.connection import Store
from annotator.store.names import article_key, known_key, no_article
from annotator.store.payloads import lengthened
from annotator.store.soundness.damage import readable_article


def stored_text(store: Store, article_id: str) -> tuple[int, str, str, str, str]:
    """An article's number, text, language, rights and origin; raises NotFoundError where its text is not here."""
    row: tuple[int, str, str, str, str] | None = store.connection.execute(
        "select ordinal, text, language, rights, origin from article "
        "join article_text on article_text.article = article.ordinal where id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        raise no_article(store.path, article_id)
    return row


@readable_article
def parts_of(store: Store, article_id: str) -> Segmentation:
    """The blocks and sentences of an article with the version of the splitter that made them.

    Where several databases that had imported it were united, they are those of the first import. Raises
    DatabaseDamagedError where they are not here or cannot be read.
    """
    return segmentation_of(import_of(store, article_id, article_key(store.connection, article_id)))


def import_of(store: Store, article_id: str, article: int) -> Mapping[str, Any]:
    """The payload of the same import, of the article with this number; raises DatabaseDamagedError, and UNREADABLE."""
    return lengthened(stored_import(store, article_id, article))


def stored_import(store: Store, article_id: str, article: int) -> str:
    """The same as it is stored; raises DatabaseDamagedError."""
    connection = store.connection
    row: tuple[str] | None = connection.execute(
        "select payload from ledger indexed by ledger_shared join name origin on origin.key = ledger.database "
        f"where article = ? and ledger.kind = {ledger.SHARED} and action = ? and erased = 0 "
        "order by lamport, origin.text, id limit 1",
        (article, known_key(connection, "action", "import")),
    ).fetchone()
    if row is None:
        raise DatabaseDamagedError(
            f"{store.path}: article {article_id[:12]} has lost its sentences; restore a copy of the database"
        )
    return row[0]


def segmentation_of(payload: Mapping[str, Any]) -> Segmentation:
    """The blocks and sentences that the payload of an import has; raises what is UNREADABLE for any other."""
    blocks = tuple(Block(Span(start, end), BlockKind(kind)) for start, end, kind in payload["blocks"])
    return Segmentation(blocks, _sentences(payload["sentences"], blocks), payload["splitter"])


def _sentences(spans: list[list[int]], blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    sentences = []
    block = 0
    for start, end in spans:
        while blocks[block].span.end <= start:
            block += 1
        sentences.append(Sentence(Span(start, end), blocks[block].kind))
    return tuple(sentences)
