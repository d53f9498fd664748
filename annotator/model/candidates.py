"""Candidates: what is marked of an attribution so far, and what can say which spans may be meant for the rest."""

from __future__ import annotations

from typing import Protocol

from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.span import Span

MOST = 9
"""How many candidates there are at most: a digit takes one."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The spans of each role that are marked."""

    source: tuple[Span, ...] = ()
    cue: Span | None = None
    content: tuple[Span, ...] = ()

    def of(self, role: Role) -> tuple[Span, ...]:
        """The marks of one role."""
        if role is Role.CUE:
            return (self.cue,) if self.cue is not None else ()
        return {Role.SOURCE: self.source, Role.CONTENT: self.content}.get(role, ())


class SpanCandidates(Protocol):
    """What knows the candidates of one article; `claim` is the one that is reviewed."""

    def of(self, role: Role, claim: Span, marks: Marks, *, adding: bool = False) -> list[Span]:
        """The spans that may be meant for a role, the likeliest first; with `adding` for one more piece of it."""

    def alternatives(self, claim: Span, marks: Marks, most: int = MOST) -> list[tuple[Role, Span]]:
        """The spans by which one role of a complete attribution may be wrong, the likeliest change first."""

    def completion(self, claim: Span, cue: Span) -> Marks:
        """The whole attribution that a cue most likely makes."""

    def with_cue(self, claim: Span, marks: Marks, cue: Span) -> Marks:
        """The marks as another cue most likely makes them."""
