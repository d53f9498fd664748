"""The mode of the queue: choosing an article, sorting, filtering and finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from annotator.model.queue import QueueFilter, QueueSort
from annotator.tui.actions.answering import browse_questions
from annotator.tui.actions.choosing import browse_all_twofolds
from annotator.tui.actions.opening import choose_row, load_queue, open_article
from annotator.tui.actions.sourcing import browse_sources
from annotator.tui.actions.undoing import take_back
from annotator.tui.actions.watching import watch_project
from annotator.tui.context import Context
from annotator.tui.keymap import REVIEW
from annotator.tui.mode import Mode


def move(context: Context, step: int) -> None:
    """Some articles further, or (negative) back."""
    choose_row(context, context.state.queue, context.state.queue.chosen + step)


def turn_page(context: Context, step: int) -> None:
    """A screen further, or back."""
    move(context, step * context.terminal.queue_page)


def first(context: Context) -> None:
    """The first article."""
    choose_row(context, context.state.queue, 0)


def last(context: Context) -> None:
    """The last article."""
    choose_row(context, context.state.queue, len(context.state.queue.order) - 1)


def open_row(context: Context) -> None:
    """Review the chosen article."""
    row = context.state.queue.row
    if row is None:
        context.state.say("there is no article to review")
    else:
        open_article(context, row.article_id)


def point_at(context: Context, position: int) -> None:
    """Choose the row at a position, and open it where it is chosen already."""
    if position == context.state.queue.chosen:
        open_row(context)
    else:
        choose_row(context, context.state.queue, position)


def back(context: Context) -> None:
    """Back to the article."""
    if context.state.open_id is None:
        open_row(context)
    else:
        context.state.enter(REVIEW)


def sort(context: Context) -> None:
    """Sort by the next column."""
    queue, kinds = context.state.queue, list(QueueSort)
    following = kinds[(kinds.index(queue.sort) + 1) % len(kinds)]
    load_queue(context, replace(queue, sort=following, chosen=0))


def show_others(context: Context) -> None:
    """Show the next kind of articles."""
    queue = context.state.queue
    kinds = [kind for kind in QueueFilter if kind is not QueueFilter.DIFFERING or context.state.lead]
    following = kinds[(kinds.index(queue.filter) + 1) % len(kinds)]
    load_queue(context, replace(queue, filter=following, chosen=0))


def find(context: Context) -> None:
    """Find in titles and publishers."""
    key = context.draft_key("find-articles")

    def found(words: str) -> None:
        context.keep_draft(key, None)
        load_queue(context, replace(context.state.queue, words=words.strip(), chosen=0))

    context.ask("show articles with these words in title or publisher", context.state.queue.words, found, key)


def show_all(context: Context) -> None:
    """Show all articles again, with the chosen one still chosen."""
    queue = context.state.queue
    if not queue.narrowed:
        context.state.say("all articles are shown")
        return
    keep = queue.row.article_id if queue.row is not None else None
    load_queue(context, replace(queue, filter=QueueFilter.ALL, words="", chosen=0), keep)


_ACTIONS: dict[str, Callable[[Context], None]] = {
    "row.next": partial(move, step=1),
    "row.previous": partial(move, step=-1),
    "row.first": first,
    "row.last": last,
    "row.page_down": partial(turn_page, step=1),
    "row.page_up": partial(turn_page, step=-1),
    "row.open": open_row,
    "queue.toggle": back,
    "queue.sort": sort,
    "queue.filter": show_others,
    "queue.find": find,
    "queue.all": show_all,
    "sources": browse_sources,
    "questions": browse_questions,
    "dashboard": watch_project,
    "twofold": browse_all_twofolds,
    "undo": partial(take_back, what="undo"),
    "redo": partial(take_back, what="redo"),
}
MODE = Mode(_ACTIONS)
