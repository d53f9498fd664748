"""Whether the database's pages, and the article that is open, are what was written: asked once, while nobody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import RowDamagedError
from annotator.model.stored_article import StoredArticle
from annotator.store import Store

if TYPE_CHECKING:
    from annotator.store.soundness.page_check import PagesBehind


class Verifying:
    """What is known of the open article."""

    def __init__(self, store: Store, reviewer: str) -> None:
        self._store, self._reviewer = store, reviewer
        self._asked: StoredArticle | None = None
        self._found: RowDamagedError | None = None
        self._pages: PagesBehind | None = None

    def look_at_pages(self) -> None:
        """Have the whole file looked at, once and behind: what is found is raised by the store."""
        if self._pages is None:
            # Deferred, as below.
            from annotator.store.soundness.page_check import PagesBehind

            self._pages = PagesBehind(self._store)

    def stop(self) -> None:
        """The database is to be closed."""
        if self._pages is not None:
            self._pages.stop()

    def look(self, article: StoredArticle) -> None:
        """Compare it with what was written, unless that was done; raises RowDamagedError where it is not."""
        if article is not self._asked:
            # Deferred: the first claim is shown without it.
            from annotator.store.soundness.opened_check import check_opened

            self._asked, self._found = article, None
            try:
                check_opened(self._store, article, self._reviewer)
            except RowDamagedError as error:
                self._found = error
        self.refuse(article)

    def refuse(self, article: StoredArticle) -> None:
        """Raise RowDamagedError where a look has found that the article is not what was written."""
        if self._found is not None and article is self._asked:
            raise self._found
