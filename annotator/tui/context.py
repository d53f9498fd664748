"""The context that actions work on: the state, jobs on the session, and what only the terminal can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from annotator.errors import AnnotatorError
from annotator.model.draft_key import DraftKey
from annotator.model.late import dataclass
from annotator.tui.keymap import CONFIRM, QUEUE, Keymap
from annotator.tui.state import Confirmation, Question, ReviewState

if TYPE_CHECKING:
    # For types alone: to make a protocol takes as long as to make ten dataclasses.
    from annotator.tui.surroundings import Drafts, Jobs, Terminal
    from annotator.workflow.session import ReviewSession

T = TypeVar("T")

SAVING, READING = "saving…", "reading…"


class NotEdited(AnnotatorError):
    """The text is as it was; the message says why.

    `written` is what an editor had written that did not end by itself, where that is another text.
    """

    def __init__(self, message: str, written: str | None = None) -> None:
        super().__init__(message)
        self.written = written


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
