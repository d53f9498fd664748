"""The context that actions work on: the state, jobs on the session, and what only the terminal can do."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from annotator.errors import AnnotatorError
from annotator.model.draft_key import DraftKey
from annotator.model.late import dataclass
from annotator.tui.keymap import CONFIRM, QUEUE, Keymap
from annotator.tui.state import Confirmation, Question, ReviewState

if TYPE_CHECKING:
    from annotator.tui.dialogs import Dialog
    from annotator.workflow.session import ReviewSession

T = TypeVar("T")

SAVING, READING = "saving…", "reading…"


class Jobs(Protocol):
    """Runs jobs on the review session, one after another."""

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""

    def run(self, job: Callable[[ReviewSession], T], then: Callable[[T], None], what: str) -> None:
        """Run the job, and `then` with its result; `what` is said where it takes long."""

    def behind(self, job: Callable[[ReviewSession, Callable[[], bool]], T], then: Callable[[T], None]) -> None:
        """Look something up in the background, and `then` with its result: no key waits.

        The job is told how to ask whether it is still wanted.
        """


class Drafts(Protocol):
    """Keeps what is typed or marked, in the background."""

    def keep(self, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
        """Keep this; None forgets it."""

    def hand_over(self) -> None:
        """See that all of it is kept before the jobs that are asked for after this."""

    def finished(self, key: DraftKey) -> None:
        """What became of this draft is stored: it is forgotten."""


class NotEdited(AnnotatorError):
    """The text is as it was; the message says why.

    `written` is what an editor had written that did not end by itself, where that is another text.
    """

    def __init__(self, message: str, written: str | None = None) -> None:
        super().__init__(message)
        self.written = written


class Terminal(Protocol):
    """What only the terminal can do, and how much of article and queue it shows."""

    def open(self, dialog: Dialog[T], then: Callable[[T | None], None]) -> None:
        """Open a dialog; `then` has its answer, None where it was left."""

    def edit(self, text: str) -> str:
        """The text after $EDITOR had it; raises NotEdited."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""

    def turn_theme(self) -> None:
        """From dark to light, or back."""

    def open_palette(self) -> None:
        """Every action by its name."""

    def leave(self) -> None:
        """End the program."""

    def turn_panel(self) -> bool:
        """Show the claim panel whole, its next page, or as it was; whether it is unfolded now."""

    def claim_away(self, present: int, screens: int) -> int:
        """The index of the claim that lies so many screens below (or above) a claim."""

    def queue_window(self, order: array[int], chosen: int) -> tuple[int, int]:
        """The queue's positions in view (first, and one behind the last) once a chosen one is."""

    @property
    def queue_page(self) -> int:
        """How many rows of the queue are in view."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an action gets."""

    state: ReviewState
    keymap: Keymap
    jobs: Jobs
    terminal: Terminal
    drafts: Drafts

    def read(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that reads on the session; keys wait until `then` has its result."""
        self.jobs.run(job, then, READING)

    def save(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that stores something; keys wait until `then` has its result."""
        self.jobs.run(job, then, SAVING)

    def draft_key(self, kind: str, subject: str = "") -> DraftKey:
        """What a draft that is about no claim belongs to: to where one waits, or else to where she is now."""
        waiting = [key for key in self.state.drafts if (key.kind, key.subject) == (kind, subject)]
        if waiting:
            return waiting[-1]
        row = self.state.queue.row
        chosen = row.article_id if row is not None else ""
        return DraftKey(chosen if self.state.mode == QUEUE else self.state.open_id or chosen, kind, subject)

    def keep_draft(self, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
        """Keep what is being typed or marked; None forgets it."""
        known = self.state.drafts
        if payload is not None and key.article_id:
            self.state.drafts = {**known, key: payload}
        elif key in known:
            self._forget_draft(key)
        else:
            return
        self.drafts.keep(key, payload)

    def _forget_draft(self, key: DraftKey) -> None:
        self.state.drafts = {other: payload for other, payload in self.state.drafts.items() if other != key}

    def finish(self, key: DraftKey, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that stores what has become of a draft: the draft is there until that is stored, and no longer."""

        def finishing(session: ReviewSession) -> T:
            try:
                with session.finishing(key):
                    return job(session)
            except AnnotatorError as error:
                error.args = (f"{error}  ·  what you entered waits",)
                raise

        def done(result: T) -> None:
            self.finished(key)
            then(result)

        self.drafts.hand_over()
        self.save(finishing, done)

    def finished(self, key: DraftKey) -> None:
        """What became of this draft is stored, and the draft forgotten."""
        self._forget_draft(key)
        self.drafts.finished(key)

    def ask(self, placeholder: str, text: str, then: Callable[[str], None], key: DraftKey) -> None:
        """Ask for words, with a text to begin with, or what was typed before without an answer."""
        waiting = self.state.drafts.get(key)
        self.state.question = Question(placeholder, str(waiting["text"]) if waiting else text, then, key)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask for yes or no."""
        self.state.confirmation = Confirmation(self.state.mode, then)
        self.state.enter(CONFIRM)
        self.state.say(question, "asked")
