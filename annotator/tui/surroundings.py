"""What surrounds the actions: jobs on the session, drafts that are kept, and the terminal. Types alone."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from annotator.model.draft_key import DraftKey

if TYPE_CHECKING:
    from annotator.tui.dialogs import Dialog
    from annotator.workflow.session import ReviewSession

T = TypeVar("T")


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
