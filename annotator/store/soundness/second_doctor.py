"""What a second process does of the doctor's work: it sees the moment that the first one sees, and changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from annotator.errors import StoreError
from annotator.model.scheme import Scheme
from annotator.store.connection import Store
from annotator.store.file.read_only import beside
from annotator.store.rebuilding import one_moment, shared_copy
from annotator.store.soundness import index_check
from annotator.store.soundness.following import Examined, Following
from annotator.store.soundness.index_check import WordsOf
from annotator.store.soundness.problem import Problem

MOST_NEW = 20_000
"""So many new objects are made before Python looks for garbage: hardly any is, and looking takes time."""


def begin(path: Path, scheme: Scheme) -> None:
    """See the database as it is now, until the next call, and read it by this scheme; raises a StoreError."""
    end()
    with ExitStack() as held:
        held.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(MOST_NEW)
        store = replace(beside(path), scheme=scheme)
        held.callback(store.connection.close)
        copy = held.enter_context(one_moment(store))
        _present.append(_Moment(store, copy, held.pop_all()))


def end() -> None:
    """See it no longer."""
    while _present:
        _present.pop().end()


def of_indexes(words_of: WordsOf | None) -> list[Problem]:
    """What is wrong with the indexes of words; raises what is UNREADABLE."""
    return list(index_check.of_indexes(_moment().copy, words_of))


def of_articles(ordinals: Sequence[int]) -> list[Examined]:
    """What is wrong with articles by their ordinals, in their order; raises what is UNREADABLE."""
    following = _moment().following()
    return [following.examined(ordinal).without_spans() for ordinal in ordinals]


class _Moment:
    """What this process sees: a store, and the database beside it that `one_moment` gave."""

    def __init__(self, store: Store, copy: Store, held: ExitStack) -> None:
        self.store, self.copy, self._held = store, copy, held
        self._following: Following | None = None

    def end(self) -> None:
        """See it no longer."""
        self._held.close()

    def following(self) -> Following:
        """The ledger, followed as far as it is about no article."""
        if self._following is None:
            self._following = Following(self.store, shared_copy(self.store, self.copy))
            # The first process says what is wrong with these entries.
            list(self._following.entries_of_no_article())
        return self._following


_present: list[_Moment] = []
"""The moment that was begun."""


def _moment() -> _Moment:
    """The same; raises StoreError in a process that was started anew since."""
    if not _present:
        raise StoreError("a second process was started anew while the database was examined")
    return _present[-1]
