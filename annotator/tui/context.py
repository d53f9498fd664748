"""The context that actions work on: the state, jobs on the session, and what only the terminal can do."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from annotator.tui.dialogs import Dialog
from annotator.tui.keymap import CONFIRM, Keymap
from annotator.tui.state import Confirmation, Question, ReviewState
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

    def read(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that reads on the session; keys wait until `then` has its result."""
        self.jobs.run(job, then, READING)

    def save(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that stores something; keys wait until `then` has its result."""
        self.jobs.run(job, then, SAVING)

    def keep_draft(self, kind: str, subject: str, payload: dict[str, Any] | None) -> None:
        """Keep what is being typed or marked; None forgets it."""
        self.save(lambda session: session.save_draft(kind, subject, payload), lambda _: None)

    def ask(self, placeholder: str, text: str, then: Callable[[str], None]) -> None:
        """Ask for words, with a text to begin with."""
        self.state.question = Question(placeholder, text, then)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask for yes or no."""
        self.state.confirmation = Confirmation(self.state.mode, then)
        self.state.enter(CONFIRM)
        self.state.say(question, "asked")
