"""The doctor: SQLite's own checks, every invariant and digest, and the projection rebuilt from the ledger.

A quick look has what SQL alone can see, and follows no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import chain
from typing import Literal, Protocol, TypeAlias

from annotator.errors import DatabaseDamagedError, IndexDamagedError, StoreError
from annotator.store import own_digests
from annotator.store.connection import Store, translated
from annotator.store.migration import own_schema
from annotator.store.rebuilding import one_moment, shared_copy
from annotator.store.soundness import index_check, ledger_check, loose_ends
from annotator.store.soundness.damage import UNREADABLE, is_of_schema
from annotator.store.soundness.following import Examined, Following
from annotator.store.soundness.index_check import WordsOf
from annotator.store.soundness.problem import Problem
from annotator.store.soundness.sqlite_check import damage_and_indexes

Reached: TypeAlias = Callable[[int, int], None]
"""Told how many of how many articles have been examined."""


def nobody(_done: int, _of: int) -> None:
    """Where nobody wants to be told."""


class Second(Protocol):
    """Another process that sees the same moment, and does a part of the work."""

    def begin(self, store: Store) -> None:
        """See the store as it is now."""

    def of_indexes(self, words_of: WordsOf | None) -> Callable[[], Sequence[Problem] | None]:
        """Look at the indexes of words, before anything else; what is wrong, or None where it could not look."""

    def of_articles(self, ordinals: Sequence[int], here: Callable[[int], Examined]) -> Iterator[Examined]:
        """Articles, examined there or `here`, in their order; may end before the last, and raises nothing."""


_BY_SQL = (
    own_schema.of_tables, loose_ends.foreign_keys, loose_ends.of_the_ledger, loose_ends.of_articles,
    loose_ends.of_attributions,
)  # fmt: skip
_OF_OWN_DIGESTS = (
    own_digests.of_places_and_drafts, own_digests.of_suggestions, own_digests.of_fact_checks, own_digests.of_seen,
)  # fmt: skip


def examine(
    store: Store, reached: Reached = nobody, words_of: WordsOf | None = None, second: Second | None = None
) -> Generator[Problem]:
    """Everything that is wrong with the database; nothing for a healthy one.

    It is that of one moment, whatever others write meanwhile. Without `words_of` the index of the fact-checks is not
    compared with what they make. What is found, and in which order, does not depend on a `second` process.
    """
    return _readable(store, _examine(store, reached, words_of, second))


def size(store: Store) -> int:
    """How many sentences and entries there are to examine; 0 where that cannot be read."""
    try:
        (sentences,) = store.connection.execute("select coalesce(sum(sentences), 0) from article").fetchone()
        return int(sentences) + ledger_check.entry_count(store)
    except UNREADABLE:
        return 0


SERIOUS = frozenset(("integrity", "schema", "ledger", "article"))
"""The checks after whose findings nothing is written any more: the others find what follows from something else."""

UNSEEN_QUICKLY = (
    "texts, sentences, suggestions, fact-checks, indexes, the ledger's digests and seals, and whether what is stored "
    "follows from it"
)
"""What `examine_quickly` does not look at, in words."""


def examine_quickly(store: Store) -> Generator[Problem]:
    """What is wrong as far as SQL alone can see it, and with places and drafts; UNSEEN_QUICKLY is left out."""
    looks = (*_BY_SQL, own_digests.of_places_and_drafts)
    return _readable(store, _at_once(store, chain(_pages(store, "quick_check"), *(look(store) for look in looks))))


def _at_once(store: Store, problems: Iterator[Problem]) -> Iterator[Problem]:
    with store.snapshot():
        yield from problems


def _readable(store: Store, problems: Iterator[Problem]) -> Generator[Problem]:
    """The problems, and at last that the file cannot be read any further, where that is so."""
    try:
        with translated(store.path):
            yield from problems
    except IndexDamagedError as error:
        yield Problem("index", str(error))
    except DatabaseDamagedError as error:
        yield Problem("integrity", str(error))
    except StoreError as error:
        if not is_of_schema(error):
            raise
        yield Problem("schema", f"what is asked of it cannot be answered: {error.__cause__}")


def _pages(store: Store, check: Literal["integrity_check", "quick_check"]) -> Iterator[Problem]:
    for line, is_of_an_index in damage_and_indexes(store.connection, check):
        if is_of_an_index:
            yield Problem("index", f"{line}: `annotator doctor --renew-index` makes it anew")
        else:
            yield Problem("integrity", line)


def _examine(store: Store, reached: Reached, words_of: WordsOf | None, second: Second | None) -> Iterator[Problem]:
    with one_moment(store, (lambda: second.begin(store)) if second else lambda: None) as beside:
        wrong_indexes = second.of_indexes(words_of) if second else lambda: None
        yield from _pages(store, "integrity_check")
        for look in (*_BY_SQL, *_OF_OWN_DIGESTS):
            yield from look(store)
        copy = shared_copy(store, beside)
        followed = Following(store, copy)
        yield from followed.entries_of_no_article()
        ordinals = [row[0] for row in store.connection.execute("select ordinal from article order by ordinal")]
        for done, problems in enumerate(_articles(followed, ordinals, second), 1):
            yield from problems
            reached(done, len(ordinals))
        yield from followed.rest()
        wrong = wrong_indexes()
        yield from index_check.of_indexes(copy, words_of) if wrong is None else wrong


def _articles(followed: Following, ordinals: Sequence[int], second: Second | None) -> Iterator[Iterator[Problem]]:
    """What is wrong with each article, in their order; each has to be read before the next."""
    done = 0
    for examined in second.of_articles(ordinals, followed.examined) if second else ():
        yield followed.taken(examined)
        done += 1
    for ordinal in ordinals[done:]:
        yield followed.article(ordinal)
