"""Opening articles, and the queue that they are chosen from."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.model.draft_key import DraftKey
from annotator.model.known_states import changed
from annotator.model.queue import QueueFilter, QueueRow
from annotator.model.review import NOT_JUDGED, ArticleReview
from annotator.model.source import Registry
from annotator.tui.actions.waiting import waits_here
from annotator.tui.context import Context
from annotator.tui.keymap import ADJUDICATE, QUEUE, REVIEW, shown
from annotator.tui.state import Adjudication, QueueState
from annotator.workflow import reading
from annotator.workflow.fact_checks.seen import Kept, found_before, kept_before
from annotator.workflow.session import ReviewSession

if TYPE_CHECKING:
    from annotator.model.check import Found
    from annotator.model.rule_record import RuleRecord

LAST = "last"
"""The word for the article that the reviewer worked on last."""

SCREENFUL = 64
"""Rows that are read at once at the least."""

NOTHING_TO_SETTLE = "nothing is left to settle in this article  ·  ] next article  ·  q queue"

Place = tuple[str | None, int | None]
"""Where in an article: a claim's id, or an offset in code points."""

_Opened = tuple[tuple[ArticleReview, int], Registry, Sequence[ArticleReview], Kept | None]
"""What an article is opened with: her work and where in it, the sources, colleagues' work, and what was seen before."""


def begin(context: Context, place: str) -> None:
    """Open what was asked for: an article by its id, the last one, or (empty) the queue.

    Behind the id and a "@" there may be the offset, in code points, of a claim to open it at.
    """

    def found(drafts: Mapping[DraftKey, Mapping[str, Any]]) -> None:
        context.state.drafts = drafts

    context.read(lambda session: session.drafts(), found)
    if place not in ("", LAST):
        article_id, _, offset = place.partition("@")
        open_article(context, article_id, (None, int(offset)) if offset else None)
        return

    def then(found: tuple[str | None, bool]) -> None:
        last, has_assignments = found
        if has_assignments:
            context.state.queue = replace(context.state.queue, filter=QueueFilter.MINE)
        if place == LAST and last is not None:
            open_article(context, last)
        else:
            load_queue(context, context.state.queue, keep=last)
            look_for_waiting(context)

    def read(session: ReviewSession) -> tuple[str | None, bool]:
        last = session.article_to_review() if place == LAST else session.last_article()
        return last, session.has_assignments

    context.read(read, then)


def open_article(
    context: Context, article_id: str, place: Place | None = None, said: str = "", style: str = "said"
) -> None:
    """Open an article at a place or where the reviewer left off, and say something."""
    state = context.state
    leave_claim(context)

    def then(found: _Opened) -> None:
        (state.opened, index), state.registry, state.colleagues, kept = found
        aimed = state.index_of(*place) if place is not None else None
        if aimed is None and state.check_first:
            aimed = state.next_to_check(-1)
        state.present = aimed if aimed is not None else index
        state.start_anew()
        state.enter(REVIEW)
        state.say(said or waits_here(context), style)
        if state.lead:
            hear_others(context)
        if kept is not None:
            _show_kept(context, kept)
        else:
            look_again(context)

    record = state.record

    def read(session: ReviewSession) -> _Opened:
        opened = session.open(article_id, record)
        # With the article, or it would be painted once more for what is said of it.
        return opened, session.registry, reading.colleagues(session), _kept_before(session)

    context.read(read, then)


def hear_others(context: Context) -> None:
    """Read what everybody decided of the article that was opened, and go to the first difference."""
    state = context.state

    def then(others: Sequence[ArticleReview]) -> None:
        before = state.adjudication or Adjudication()
        state.adjudication = replace(before, others=tuple(others), facet=None, marked=0)
        state.enter(ADJUDICATE)
        index = state.next_case(-1)
        if index is not None:
            state.go_to(index)
        else:
            state.say(state.message.text or NOTHING_TO_SETTLE)

    context.read(reading.others, then)


def leave_claim(context: Context) -> None:
    """Remember the present claim as the place to come back to."""
    if context.state.opened is not None:
        claim = context.state.claim
        context.save(lambda session: session.leave(claim), lambda _: None)


def refresh_sources(context: Context) -> None:
    """Read what has changed among the project's sources."""

    def then(registry: Registry) -> None:
        context.state.registry = registry

    context.read(lambda session: session.registry, then)


def _kept_before(session: ReviewSession) -> Kept | None:
    """What was seen before; None where that cannot be read: once the article is shown it is asked again, and said."""
    try:
        return kept_before(session)
    except AnnotatorError:
        return None


def look_again(context: Context) -> None:
    """Show what was seen before of the open article's claims; what has not been looked up yet is, in the background.

    What is shown stays until there is something else.
    """
    context.read(kept_before, partial(_show_kept, context))


def _show_kept(context: Context, kept: Kept) -> None:
    state, article_id = context.state, context.state.open_id

    def looked_up(found: Found | None) -> None:
        if found is not None and state.open_id == article_id and found != state.seen:
            state.seen = found

    # What is the same stays the very same, by which it is known that nothing has to be painted.
    if (kept.seen, kept.outdated) != (state.seen, state.outdated):
        state.seen, state.outdated = kept.seen, kept.outdated
    if kept.to_look_up and article_id is not None:

        def look_up(session: ReviewSession, over: Callable[[], bool]) -> Found | None:
            return found_before(session, article_id, lambda: over() or state.open_id != article_id, kept.to_look_up)

        context.jobs.behind(look_up, looked_up)


def look_again_in_other_words(context: Context, before: ArticleReview) -> None:
    """Look again where a claim reads otherwise than `before`, or the claims are others: what was seen was for these."""
    after = context.state.review
    if before.boundaries != after.boundaries or any(
        before.judgements.get(id_, NOT_JUDGED).restatement != after.judgements.get(id_, NOT_JUDGED).restatement
        for id_ in changed(before.judgements, after.judgements)
    ):
        look_again(context)


def learn(context: Context) -> None:
    """Count in the background how often each rule was right for her: the articles that are opened then learn of it."""
    state = context.state
    if not state.learns:
        return

    def count(session: ReviewSession, over: Callable[[], bool]) -> RuleRecord | None:
        # Deferred: a start does not need it.
        from annotator.workflow.learning import own_rule_record

        return own_rule_record(session, over)

    def counted(record: RuleRecord | None) -> None:
        state.record = record

    context.jobs.behind(count, counted)


# The queue


def open_queue(context: Context) -> None:
    """Leave the article for the queue, in which it stays chosen."""
    leave_claim(context)
    context.state.enter(QUEUE)
    load_queue(context, context.state.queue, keep=context.state.open_id)
    look_for_waiting(context)


def look_for_waiting(context: Context) -> None:
    """Read which questions and answers wait for her; and in the background what she decided in two ways."""
    state = context.state

    def counted(twofolds: int) -> None:
        state.twofolds = twofolds
        keys = context.keymap.by_id("twofold").key_list
        if twofolds and keys and state.mode == QUEUE and not state.message.text:
            what = "1 thing was" if twofolds == 1 else f"{twofolds} things were"
            state.say(f"{what} decided in two ways, on two machines: {shown(keys[0])} lists them")

    def then(found: tuple[int, bool]) -> None:
        state.asked, merged = found
        if merged:
            context.jobs.behind(lambda session, _: reading.twofolds(session), counted)

    context.read(reading.waiting, then)


def load_queue(context: Context, queue: QueueState, keep: str | None = None) -> None:
    """Read the queue anew; the article with the id `keep` stays chosen where it is still shown."""

    def then(found: tuple[array[int], int | None]) -> None:
        order, ordinal = found
        chosen = order.index(ordinal) if ordinal is not None and ordinal in order else queue.chosen
        choose_row(context, replace(queue, order=order, rows={}), chosen)

    sample = context.state.sample
    context.read(
        lambda session: reading.queue_order(session, queue.sort, queue.filter, queue.words, keep, sample), then
    )


def choose_row(context: Context, queue: QueueState, position: int) -> None:
    """Choose a row, and read the rows that are in view and not known yet.

    Where another order has come by the time they are read, the one that they were read for is given up for that.
    """
    before = context.state.queue.order
    chosen = max(0, min(position, len(queue.order) - 1))
    first, last = context.terminal.queue_window(queue.order, chosen)
    # A screenful at least: when the queue is opened it does not know its size yet.
    wanted = queue.order[first : max(last, first + SCREENFUL)]
    missing = [ordinal for ordinal in wanted if ordinal not in queue.rows]

    def then(rows: list[QueueRow]) -> None:
        if queue.order is before and context.state.queue.order is not before:
            choose_row(context, context.state.queue, context.state.queue.chosen)
            return
        known = {**queue.rows, **{row.ordinal: row for row in rows}}
        context.state.queue = replace(queue, chosen=chosen, rows=known, loaded=True)

    if missing:
        context.read(lambda session: reading.queue_rows(session, missing), then)
    else:
        then([])
