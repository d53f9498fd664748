"""Next best: what may be meant instead of a draft, stepped through role by role. Pure: no screen and no database."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace

from annotator.errors import DomainError
from annotator.model.attribution import Attribution, Role
from annotator.model.span import Span
from annotator.tui.draft import Draft
from annotator.tui.span_editor import SpanEditor


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of them: which role was changed last, the how manieth of how many ways of it, and what it all comes to."""

    role: Role
    number: int
    count: int
    draft: Draft
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class _Step:
    before: SpanEditor
    after: SpanEditor
    shown: Alternative


class NextBest:
    """Steps through the ways of a draft; what was shown before each step can be gone back to.

    `finish` makes a draft the attribution that would be kept, or raises DomainError where it lacks something: what is
    not whole is left out. Of a draft in which nothing is marked the cue comes first, whatever role is asked for.
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
        before, number = (last.after, 0) if last is not None else (self._opened, 0)
        if last is not None and last.shown.role is role:
            before, number = last.before, last.shown.number
        if before.draft.empty:
            role = Role.CUE
        ways = _ways(before, role)
        for at, span in enumerate(ways[number:], number + 1):
            after = _with(before, role, span)
            try:
                attribution = self._finish(after.draft)
            except DomainError:
                continue
            shown = Alternative(role, at, len(ways), after.draft, attribution)
            self._steps += (_Step(before, after, shown),)
            return True
        self._steps = tuple(step for step in self._steps if step.before is not before)
        return number > 0

    def back(self) -> None:
        """Show what was shown before the last step."""
        self._steps = self._steps[:-1]


def _ways(editor: SpanEditor, role: Role) -> list[Span | None]:
    """The candidates of a role, best first; that nobody is the source comes second."""
    asked = copy(editor)
    asked.aim(role)
    ways: list[Span | None] = [span for _, span in asked.offered()]
    if role is Role.SOURCE and editor.draft.source:
        ways.insert(1, None)
    return ways


def _with(editor: SpanEditor, role: Role, span: Span | None) -> SpanEditor:
    """The editor with one role marked otherwise."""
    after = copy(editor)
    if span is None:
        after.draft = replace(after.draft, source=(), anonymity=None)
    else:
        after.choose(role, span)
    return after
