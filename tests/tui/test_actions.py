"""Every action of every mode, performed with neither Textual nor a terminal: a session, and a worker that waits not."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from annotator.errors import AnnotatorError
from annotator.model.article import Article
from annotator.model.draft_key import DraftKey
from annotator.model.scheme import default_scheme
from annotator.store import open_store
from annotator.tui.actions.opening import begin, hear_others
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Dialog, FillEvidence, WriteText
from annotator.tui.keymap import (
    ADJUDICATE,
    CONFIRM,
    LABELS,
    QUEUE,
    REVIEW,
    SPANS,
    SPLIT,
    Action,
    Keymap,
    actions,
    reason_mode,
)
from annotator.tui.modes import MODES, perform
from annotator.tui.presenter import screen_view
from annotator.tui.state import ReviewState
from annotator.workflow.session import ReviewSession

T = TypeVar("T")
Opened = TypeVar("Opened")
KEYMAP = Keymap(actions(default_scheme()))
EVERY = [pytest.param(mode, action, id=f"{mode}-{action.id}") for action in KEYMAP.actions for mode in action.modes]

# From the third claim of the bridge, for which an attribution is suggested.
WAYS = {
    REVIEW: [],
    SPANS: ["spans"],
    LABELS: ["spans", "labels"],
    SPLIT: ["split"],
    QUEUE: ["queue.toggle"],
    ADJUDICATE: [],
    CONFIRM: ["accept.one", "voice"],
    reason_mode("mixed"): ["verdict.mixed"],
}


class AtOnce:
    """Runs jobs as soon as they are asked for."""

    busy = False

    def __init__(self, session: ReviewSession, state: ReviewState) -> None:
        self._session, self._state = session, state

    def run(self, job: Callable[[ReviewSession], T], then: Callable[[T], None], what: str) -> None:
        assert what
        try:
            then(job(self._session))
        except AnnotatorError as error:
            self._state.say(str(error), "wrong")

    def behind(self, job: Callable[[ReviewSession, Callable[[], bool]], T], then: Callable[[T], None]) -> None:
        then(job(self._session, lambda: False))

    def keep(self, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
        self._session.save_draft(key, payload)

    def hand_over(self) -> None:
        pass

    def finished(self, key: DraftKey) -> None:
        assert key not in self._session.drafts()


@dataclass
class Paper:
    """A terminal that only notes what it is asked for."""

    asked: list[object] = field(default_factory=list)
    answers: list[Callable[[Any], None]] = field(default_factory=list)
    queue_page: int = 10

    def open(self, dialog: Dialog[T], then: Callable[[T | None], None]) -> None:
        self.asked.append(dialog)
        self.answers.append(then)

    def edit(self, text: str) -> str:
        self.asked.append("edit")
        return f"{text} edited"

    def copy(self, text: str) -> None:
        self.asked.append(("copy", text))

    def turn_theme(self) -> None:
        self.asked.append("theme")

    def open_palette(self) -> None:
        self.asked.append("palette")

    def leave(self) -> None:
        self.asked.append("leave")

    def turn_panel(self) -> bool:
        self.asked.append("panel")
        return True

    def claim_away(self, present: int, screens: int) -> int:
        return present + screens

    def queue_window(self, order: array[int], chosen: int) -> tuple[int, int]:
        return chosen, min(len(order), chosen + self.queue_page)


@dataclass
class Table:
    """The review on a table: the context, and what was noted."""

    context: Context
    paper: Paper

    @property
    def state(self) -> ReviewState:
        return self.context.state

    def do(self, *ids: str) -> None:
        for id_ in ids:
            perform(self.context, KEYMAP.by_id(id_))

    def open(self, kind: type[Opened]) -> Opened:
        """The dialog that was opened last."""
        dialog = self.paper.asked[-1]
        assert isinstance(dialog, kind)
        return dialog

    def answer(self, answer: object) -> None:
        """Answer it."""
        self.paper.answers.pop()(answer)


@pytest.fixture(scope="module")
def kept() -> list[bytes]:
    """The database, once it has been made."""
    return []


@pytest.fixture
def table(library: Callable[..., Path], ids: dict[str, str], kept: list[bytes], tmp_path: Path) -> Iterator[Table]:
    path = tmp_path / "annotations.db"
    if kept:
        path.write_bytes(kept[0])
    else:
        kept.append(library().read_bytes())
    with closing(open_store(path)) as store:
        state = ReviewState(store.scheme, "ana", "both", advance=True, database="annotations.db")
        paper = Paper()
        jobs = AtOnce(ReviewSession(store, "ana"), state)
        made = Table(Context(state, KEYMAP, jobs, paper, jobs), paper)
        begin(made.context, ids["bridge"])
        made.state.go_to(2)
        yield made


@pytest.mark.parametrize(("mode", "action"), EVERY)
def test_every_action_of_every_mode_does_or_says_something(mode: str, action: Action, table: Table) -> None:
    if mode == CONFIRM:
        table.state.advance = False
    if mode == ADJUDICATE:
        hear_others(table.context)
    table.do(*WAYS[mode])
    assert table.state.mode == mode
    table.state.say("")
    before, asked = table.state.shown(), len(table.paper.asked)
    perform(table.context, action)
    changed = any(now is not then for now, then in zip(table.state.shown(), before, strict=True))
    assert changed or table.state.message.text or len(table.paper.asked) > asked
    # What came of it can be shown.
    view = screen_view(table.state, KEYMAP)
    assert (view.claim is None) == (table.state.mode == QUEUE)
    assert table.state.mode.partition(" ")[0] in MODES


def test_no_mode_has_a_function_without_an_action() -> None:
    of_mode: dict[str, set[str]] = {}
    for action in KEYMAP.actions:
        for mode in action.modes:
            of_mode.setdefault(mode.partition(" ")[0], set()).add(action.id)
    assert set(of_mode) == set(MODES)
    for name, made in MODES.items():
        assert set(made.actions) <= of_mode[name]
        assert set(made.families) <= {id_.partition(".")[0] for id_ in of_mode[name]}


def test_an_action_that_no_mode_has_is_noticed(table: Table) -> None:
    with pytest.raises(KeyError):
        perform(table.context, Action("made.up", "Z", "a made-up action", "Other", (REVIEW,)))


def test_what_an_undo_finds_here_is_what_was_shown_when_it_was_asked_for(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.do("worth.1")
    table.state.go_to(2)
    at_once = AtOnce.run

    def after_others_were_heard(jobs: AtOnce, *given: Any) -> None:
        table.state.present = 0
        at_once(jobs, *given)

    monkeypatch.setattr(AtOnce, "run", after_others_were_heard)
    table.do("undo")
    assert table.state.message.text.startswith("undone: worth checking")


def test_a_claim_is_accepted_judged_and_left_for_the_next(table: Table) -> None:
    table.do("accept", "verdict.supported")
    review = table.state.review
    assert review.verdicts_of(review.claims[2])[0].value == "supported"
    assert table.state.present == 3
    table.do("undo")
    assert (table.state.present, table.state.message.style) == (2, "asked")
    table.do("undo")
    assert not table.state.review.verdicts_of(table.state.claim)


def test_a_note_is_written_and_a_source_renamed_through_dialogs_and_questions(table: Table) -> None:
    table.do("note")
    assert table.open(WriteText).text == ""
    table.answer("seen on the spot")
    assert table.state.review.judgement(table.state.claim).note == "seen on the spot"
    table.do("evidence")
    assert table.open(FillEvidence).waiting == {}
    table.answer({"answer": "yes"})
    assert [piece.answer for piece in table.state.review.evidence] == ["yes"]
    table.do("accept", "sources")
    table.answer(("R", table.open(Browse).choices[0].value))
    assert table.state.question is not None
    table.state.question.then("Ines M. Duarte")
    assert "Ines M. Duarte (person)" in table.open(Browse).choices[0].shown


def test_marks_are_set_taken_back_and_kept(table: Table) -> None:
    table.do("spans", "word.next", "mark.source")
    marked = table.state.editing.editor.draft.source
    assert marked
    table.do("marks.undo")
    assert table.state.editing.editor.draft.source != marked
    table.do("draft.keep")
    assert table.state.mode == REVIEW
    assert len(table.state.review.attributions) == 1


def test_a_reviewer_without_articles_sees_an_empty_queue(library: Callable[..., Path]) -> None:
    with closing(open_store(library(Article("One claim here.\n", "one.txt")))) as store:
        state = ReviewState(store.scheme, "ana", "both", advance=True, database="annotations.db")
        jobs = AtOnce(ReviewSession(store, "ana"), state)
        table = Table(Context(state, KEYMAP, jobs, Paper(), jobs), Paper())
        begin(table.context, "")
        table.do("queue.filter", "queue.filter", "queue.filter")
        view = screen_view(state, KEYMAP)
        assert view.queue is not None
        assert view.queue.caption.startswith("0 articles")
        assert "No article is like that" in view.queue.empty
        table.do("row.open")
        assert state.message.text == "there is no article to review"
