"""A session's undos and redos: which entry is next, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.errors import DecisionRefused
from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview
from annotator.store import Store, aliases, ledger, undoing
from annotator.store import review as work
from annotator.store import sources as stored_sources
from annotator.store.connection import translated
from annotator.store.names import remembering


class Undoing:
    """What one session of a reviewer takes back.

    What was refused once because of the sources is passed over for as long as it cannot be taken back.
    """

    def __init__(self, store: Store, reviewer: str, session_id: str) -> None:
        self._store, self._reviewer, self._session_id = store, reviewer, session_id
        self._refused: set[str] = set()
        self._trail = undoing.Trail()

    def next(self, what: undoing.What) -> tuple[Entry, Entry] | None:
        """The decision that an undo would take back, or the undo that a redo would; and the decision it is about.

        That is the same one, or what a redo of the undo brings back. None where there is none.
        """
        with translated(self._store.path), remembering(self._store.connection):
            aliases.check_present(self._store.connection, self._reviewer)
            entry, _ = undoing.due(self._store, self._reviewer, what, self._is_passed, self._trail)
            if entry is None:
                return None
            return entry, entry if what == "undo" else ledger.entry_by_id(self._store, entry.undoes or "")

    def _is_passed(self, entry: Entry) -> bool:
        return entry.id in self._refused and stored_sources.stuck(self._store, entry)

    def take_back(
        self,
        entry: Entry,
        decision: Entry,
        review: ArticleReview,
        before_commit: Callable[[ArticleReview], None],
    ) -> ArticleReview:
        """Take back what is next, in the review's article; the review as it is then, told of before it is stored.

        `decision` is the one that this is about.
        """
        with self._noting(entry):
            _, after = work.take_back(
                self._store,
                review.article,
                self._reviewer,
                self._session_id,
                entry,
                decision=decision,
                before=review,
                before_commit=before_commit,
                trail=self._trail,
            )
        return after

    def take_back_sources(self, entry: Entry) -> None:
        """Take back what is next, where that is about sources and no article."""
        with self._noting(entry):
            stored_sources.take_back(self._store, self._reviewer, self._session_id, entry, self._trail)

    @contextmanager
    def _noting(self, entry: Entry) -> Iterator[None]:
        """Note what is refused because of the sources: the next undo or redo goes on behind it."""
        try:
            yield
        except DecisionRefused:
            if stored_sources.stuck(self._store, entry):
                self._refused.add(entry.id)
            raise
