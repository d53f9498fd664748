"""The vectors of claims that were judged earlier, of the model that those of fact-checks are of; a cache.

Whose are read is always said: nobody's are ever found by another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from annotator.model.late import dataclass
from annotator.store.connection import Store, translated
from annotator.store.fact_checks.check_vectors import Vector
from annotator.store.names import article_key, known_key


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that a reviewer gave a verdict on, by ids, and a digest (16 bytes) of its vectors' texts."""

    article_id: str
    reviewer: str
    claim_id: str
    made_of: bytes


def known(store: Store, reviewers: Sequence[str]) -> Mapping[Judged, int]:
    """The claims of these reviewers that have vectors, with the numbers of these."""
    with translated(store.path):
        return {
            Judged(*row[1:]): int(row[0])
            for reviewer in dict.fromkeys(reviewers)
            for row in store.connection.execute(
                "select judged_vector.key, article.id, ?, claim, made_of from judged_vector "
                "join article on article.ordinal = judged_vector.article where reviewer = ?",
                (reviewer, known_key(store.connection, "reviewer", reviewer)),
            )
        }


def keep(store: Store, identity: str, vectors: Sequence[tuple[Judged, bytes, bytes]]) -> None:
    """Keep some vectors, of a claim's words and its title, but not of what was purged meanwhile or by another model."""
    with store.transaction():
        connection = store.connection
        connection.executemany(
            "insert or replace into judged_vector (article, reviewer, claim, made_of, words, title) "
            "select ?1, ?2, ?3, ?4, ?5, ?6 where exists "
            "(select 1 from article where ordinal = ?1 and purged_at is null) and exists "
            "(select 1 from fact_check_model where identity = ?7)",
            [
                (
                    *(article_key(connection, each.article_id), known_key(connection, "reviewer", each.reviewer)),
                    *(each.claim_id, each.made_of, words, title, identity),
                )
                for each, words, title in vectors
            ],
        )


def forget(store: Store, numbers: Collection[int]) -> None:
    """Forget some of them: of what is judged no more, or was judged in other words."""
    with store.transaction():
        store.connection.executemany("delete from judged_vector where key = ?", [(number,) for number in numbers])


def blocks(store: Store, reviewers: Sequence[str], but: str, size: int) -> Iterator[list[Vector]]:
    """The vectors of these reviewers' claims in all articles but one, so many at a time."""
    with translated(store.path):
        connection = store.connection
        for reviewer in dict.fromkeys(reviewers):
            rows = connection.execute(
                "select key, words, title from judged_vector where reviewer = ? and article is not ? "
                "order by article, key",
                (known_key(connection, "reviewer", reviewer), article_key(connection, but)),
            )
            while block := rows.fetchmany(size):
                yield block


def vectors_at(store: Store, numbers: Iterable[int]) -> Mapping[int, tuple[bytes, bytes]]:
    """The vectors with these numbers."""
    with translated(store.path):
        rows = store.connection.execute(
            "select key, words, title from judged_vector where key in (select value from json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return {row[0]: (row[1], row[2]) for row in rows}
