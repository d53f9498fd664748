"""The queue mode: choosing an article, sorting, filtering and finding."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from annotator.model.queue import QueueFilter, QueueRow, QueueSort
from annotator.tui.keymap import QUEUE
from annotator.workflow import reading

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

SCREENFUL = 64
"""Rows that are read at once at the least."""

NO_ARTICLES = "No articles here yet. Quit with ctrl+q and run:  annotator import FILE, FOLDER or ADDRESS"
NOTHING_SHOWN = "No article is like that. f shows other kinds of articles, / finds by title or publisher."


class Queueing:
    """What the keys of the queue do."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.order: array[int] = array("q")
        self.chosen = 0
        self._rows: dict[int, QueueRow] = {}
        self._sort = QueueSort.ADDED
        self._filter = QueueFilter.ALL
        self._words = ""

    def load(self, keep: str | None = None) -> None:
        """Read the queue anew; the article with the id `keep` stays chosen where it is still shown."""
        desk = self.desk
        sort, filter_, words = self._sort, self._filter, self._words

        def then(found: tuple[array[int], int | None]) -> None:
            self.order, ordinal = found
            self._rows = {}
            if ordinal is not None and ordinal in self.order:
                self.chosen = self.order.index(ordinal)
            self._move_to(self.chosen)

        desk.ask_clerk(lambda session: reading.queue_order(session, sort, filter_, words, keep), then)

    def _move_to(self, position: int) -> None:
        """Choose a row, and fetch the rows that are in view and not known yet."""
        self.chosen = max(0, min(position, len(self.order) - 1))
        first, last = self.desk.queue_view.aim(self.order, self.chosen)
        # A screenful at least: when the queue is opened it does not know its size yet.
        wanted = self.order[first : max(last, first + SCREENFUL)]
        missing = [ordinal for ordinal in wanted if ordinal not in self._rows]
        if not missing:
            self._show()
            return

        def then(rows: list[QueueRow]) -> None:
            self._rows.update({row.ordinal: row for row in rows})
            self._show()

        self.desk.ask_clerk(lambda session: reading.queue_rows(session, missing), then)

    def _show(self) -> None:
        count = "1 article" if len(self.order) == 1 else f"{len(self.order)} articles"
        about = [count, f"sorted by {self._sort.value}", f"showing {self._filter.value}"]
        about += [f"with {self._words!r}"] if self._words else []
        plain = self._filter is QueueFilter.ALL and not self._words
        self.desk.queue_view.show(self._rows, " · ".join(about), NO_ARTICLES if plain else NOTHING_SHOWN)
        self.desk.paint()

    def resized(self) -> None:
        """More rows may be in view."""
        if self.desk.mode == QUEUE:
            self._move_to(self.chosen)

    @property
    def row(self) -> QueueRow | None:
        """The chosen row, once it is known."""
        return self._rows.get(self.order[self.chosen]) if len(self.order) else None

    def do_row_next(self) -> None:
        """The next article."""
        self._move_to(self.chosen + 1)

    def do_row_previous(self) -> None:
        """The article before."""
        self._move_to(self.chosen - 1)

    def do_row_first(self) -> None:
        """The first article."""
        self._move_to(0)

    def do_row_last(self) -> None:
        """The last article."""
        self._move_to(len(self.order) - 1)

    def do_row_page_down(self) -> None:
        """A screen down."""
        self._move_to(self.chosen + self.desk.queue_view.page)

    def do_row_page_up(self) -> None:
        """A screen up."""
        self._move_to(self.chosen - self.desk.queue_view.page)

    def do_row_open(self) -> None:
        """Review the chosen article."""
        if self.row is None:
            self.desk.say("there is no article to review")
        else:
            self.desk.open_article(self.row.article_id)

    def click(self, position: int) -> None:
        """Choose a row; a second click on it opens it."""
        if position == self.chosen:
            self.do_row_open()
        else:
            self._move_to(position)

    def do_queue_toggle(self) -> None:
        """Back to the article."""
        if self.desk.open_id is None:
            self.do_row_open()
        else:
            self.desk.show_review()

    def do_queue_sort(self) -> None:
        """Sort by the next column."""
        kinds = list(QueueSort)
        self._sort = kinds[(kinds.index(self._sort) + 1) % len(kinds)]
        self.chosen = 0
        self.load()

    def do_queue_filter(self) -> None:
        """Show the next kind of articles."""
        kinds = list(QueueFilter)
        self._filter = kinds[(kinds.index(self._filter) + 1) % len(kinds)]
        self.chosen = 0
        self.load()

    def do_queue_find(self) -> None:
        """Find in titles and publishers."""

        def found(words: str) -> None:
            self._words = words.strip()
            self.chosen = 0
            self.load()

        self.desk.asking.words("show articles with these words in title or publisher", self._words, found)

    def do_sources(self) -> None:
        """The project's sources."""
        self.desk.sourcing.browse()

    def do_undo(self) -> None:
        """Go to what would be undone."""
        self.desk.reviewing.do_undo()

    def do_redo(self) -> None:
        """Go to what would be redone."""
        self.desk.reviewing.do_redo()
