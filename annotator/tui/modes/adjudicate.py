"""The mode in which the lead settles what reviewers differ on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotator.tui.actions import settling
from annotator.tui.actions.answering import browse_questions
from annotator.tui.actions.choosing import browse_twofolds
from annotator.tui.actions.opening import open_queue
from annotator.tui.actions.undoing import take_back
from annotator.tui.actions.writing import write_note
from annotator.tui.context import Context
from annotator.tui.mode import Mode

_ACTIONS: dict[str, Callable[[Context], None]] = {
    "case.next": partial(settling.move, step=1),
    "case.previous": partial(settling.move, step=-1),
    "case.open": settling.go_to_open,
    "case.facet": settling.next_facet,
    "case.marks": partial(settling.mark_next, step=1),
    "case.marks.back": partial(settling.mark_next, step=-1),
    "case.names": settling.turn_names,
    "case.own": settling.decide_oneself,
    "case.article": settling.open_next,
    "note": write_note,
    "questions": browse_questions,
    "twofold": browse_twofolds,
    "queue.toggle": open_queue,
    "undo": partial(take_back, what="undo"),
    "redo": partial(take_back, what="redo"),
}
MODE = Mode(_ACTIONS, {"take": settling.take})
