"""The doctor: SQLite's own checks, every invariant and digest, and the projection rebuilt from the ledger.

A quick look has what SQL alone can see, and follows no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Literal, TypeAlias

from annotator.errors import DatabaseDamagedError, IndexDamagedError
from annotator.model.check import Check
from annotator.store import index_check, loose_ends, own_digests
from annotator.store.check_index import Words
from annotator.store.connection import Store, translated
from annotator.store.following import Following
from annotator.store.problem import Problem
from annotator.store.rebuilding import one_moment, shared_copy
from annotator.store.sqlite_check import damage_and_indexes

Reached: TypeAlias = Callable[[int, int], None]
"""Told how many of how many articles have been examined."""


def _nobody(_done: int, _of: int) -> None:
    return None


WordsOf: TypeAlias = Callable[[Check], Words]
"""How fact-checks are read: their words, as the index has them."""

_BY_SQL = (
    loose_ends.foreign_keys, loose_ends.of_the_ledger, loose_ends.of_articles, loose_ends.of_attributions,
)  # fmt: skip
_OF_OWN_DIGESTS = (own_digests.of_places_and_drafts, own_digests.of_suggestions, own_digests.of_fact_checks)


def examine(store: Store, reached: Reached = _nobody, words_of: WordsOf | None = None) -> Iterator[Problem]:
    """Everything that is wrong with the database; nothing for a healthy one.

    It is that of one moment, whatever others write meanwhile. Without `words_of` the index of the fact-checks is not
    compared with what they make.
    """
    return _readable(store, _examine(store, reached, words_of))


SERIOUS = frozenset(("integrity", "ledger", "article"))
"""The checks after whose findings nothing is written any more: the others find what follows from something else."""

UNSEEN_QUICKLY = (
    "texts, sentences, suggestions, fact-checks, indexes, the ledger's digests and seals, and whether what is stored "
    "follows from it"
)
"""What `examine_quickly` does not look at, in words."""


def examine_quickly(store: Store) -> Iterator[Problem]:
    """What is wrong as far as SQL alone can see it, and with places and drafts; UNSEEN_QUICKLY is left out."""
    looks = (*_BY_SQL, own_digests.of_places_and_drafts)
    return _readable(store, _at_once(store, chain(_pages(store, "quick_check"), *(look(store) for look in looks))))


def _at_once(store: Store, problems: Iterator[Problem]) -> Iterator[Problem]:
    with store.snapshot():
        yield from problems


def _readable(store: Store, problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems, and at last that the file cannot be read any further, where that is so."""
    try:
        with translated(store.path):
            yield from problems
    except IndexDamagedError as error:
        yield Problem("index", str(error))
    except DatabaseDamagedError as error:
        yield Problem("integrity", str(error))


def _pages(store: Store, check: Literal["integrity_check", "quick_check"]) -> Iterator[Problem]:
    for line, is_of_an_index in damage_and_indexes(store.connection, check):
        if is_of_an_index:
            yield Problem("index", f"{line}: `annotator doctor --renew-index` makes it anew")
        else:
            yield Problem("integrity", line)


def _examine(store: Store, reached: Reached, words_of: WordsOf | None) -> Iterator[Problem]:
    with one_moment(store) as beside:
        yield from _pages(store, "integrity_check")
        for look in (*_BY_SQL, *_OF_OWN_DIGESTS):
            yield from look(store)
        copy = shared_copy(store, beside)
        followed = Following(store, copy)
        yield from followed.entries_of_no_article()
        ordinals = store.connection.execute("select ordinal from article order by ordinal").fetchall()
        for done, (ordinal,) in enumerate(ordinals, 1):
            yield from followed.article(ordinal)
            reached(done, len(ordinals))
        yield from followed.rest()
        yield from index_check.of_texts(copy)
        if words_of is not None:
            yield from index_check.of_checks(copy, words_of)
