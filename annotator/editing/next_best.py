"""Next best: what may be meant instead of a draft, stepped through role by role. Pure: no screen and no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from itertools import pairwise

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.errors import DomainError
from annotator.model.attribution import Attribution, Role
from annotator.model.late import dataclass
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of them: which role was changed last, the how manieth of how many ways of it, and what it all comes to."""

    role: Role
    number: int
    count: int
    draft: Draft
    attribution: Attribution


_Way = tuple[SpanEditor, Attribution]


@dataclass(frozen=True, slots=True)
class _Step:
    before: SpanEditor
    ways: Sequence[_Way]
    shown: Alternative

    @property
    def after(self) -> SpanEditor:
        return self.ways[self.shown.number - 1][0]


class NextBest:
    """Steps through the ways of a draft; what was shown before each step can be gone back to.

    `finish` makes a draft the attribution that would be kept, or raises DomainError where it lacks something: what is
    not whole is left out, and so is what would give the same words two roles or lie outside the claim. Of a draft
    in which nothing is marked the cue comes first, whatever role is asked for.
    """

    def __init__(self, opened: SpanEditor, finish: Callable[[Draft], Attribution]) -> None:
        self._opened, self._finish = opened, finish
        self._steps: tuple[_Step, ...] = ()

    @property
    def shown(self) -> Alternative | None:
        """What is shown now; None for the draft itself."""
        return self._steps[-1].shown if self._steps else None

    def step(self, role: Role) -> bool:
        """Show the next-best way of a role; behind the last comes what was before the first. False without any."""
        last = self._steps[-1] if self._steps else None
        before = last.after if last is not None else self._opened
        ways, number = None, 0
        if last is not None and last.shown.role is role:
            before, ways, number = last.before, last.ways, last.shown.number
        if before.draft.empty:
            role = Role.CUE
        if ways is None:
            ways = [way for span in _candidates(before, role) if (way := self._way(before, role, span)) is not None]
        if number < len(ways):
            after, attribution = ways[number]
            shown = Alternative(role, number + 1, len(ways), after.draft, attribution)
            self._steps += (_Step(before, ways, shown),)
            return True
        self._steps = tuple(step for step in self._steps if step.before is not before)
        return number > 0

    def _way(self, before: SpanEditor, role: Role, span: Span | None) -> _Way | None:
        """The editor with the role marked so, and what it comes to; None where it is not whole."""
        after = copy(before)
        if span is None:
            after.draft = replace(after.draft, source=(), anonymity=None)
        else:
            after.choose(role, span)
        here = before.claim
        if here is not None and not any(span.overlaps(here) for _, span in after.draft.role_spans()):
            return None
        if _mixed(after.draft) and not _mixed(before.draft):
            return None
        try:
            return after, self._finish(after.draft)
        except DomainError:
            return None

    def back(self) -> None:
        """Show what was shown before the last step."""
        self._steps = self._steps[:-1]


def _mixed(draft: Draft) -> bool:
    """Whether words have two roles."""
    spans = sorted(span for _, span in draft.role_spans())
    return any(one.overlaps(other) for one, other in pairwise(spans))


def _candidates(editor: SpanEditor, role: Role) -> list[Span | None]:
    """The candidates of a role, best first; that nobody is the source comes second."""
    asked = copy(editor)
    asked.aim(role)
    found: list[Span | None] = [span for _, span in asked.offered()]
    if role is Role.SOURCE and editor.draft.source:
        found.insert(1, None)
    return found
