"""The span editor: a selection that moves by words and larger units, and the marks made with it.

Pure: no screen and no database. Offsets are code points into the article's text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any, Literal

from annotator.editing.draft import Draft
from annotator.editing.span_labels import labelled
from annotator.editing.text_units import Unit, clauses
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form, Role
from annotator.model.candidates import MOST, Marks, SpanCandidates
from annotator.model.language.words import letters, words
from annotator.model.late import dataclass
from annotator.model.span import Span, trimmed

_ROLES = frozenset([Role.SOURCE, Role.CUE, Role.CONTENT])


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


@dataclass(slots=True)
class SpanEditor:
    """The selection, the role in focus and the draft; every method changes some of them.

    `claim` and `known` are where numbered candidates come from; without them there are none.

    The selection either lies on a mark (then extending it changes the mark, and a role's key goes to that role's
    mark) or was moved freely (then a role's key marks it). While `whole` is not None, the numbered candidates are those
    of its roles together, the likeliest change of the attribution first; a role's key leaves it that role alone.
    `chosen` are the roles that the reviewer has set herself: another role's candidate changes none of them that fits.
    """

    text: str
    sentences: Sequence[Span]
    paragraphs: Sequence[Span]
    draft: Draft
    selection: Span
    claim: Span | None = None
    known: SpanCandidates | None = None
    focus: Role = Role.CUE
    free: bool = True
    moved: bool = True
    adding: bool = False
    at_start: bool = False
    whole: frozenset[Role] | None = None
    chosen: frozenset[Role] = frozenset()
    _units: dict[Unit, list[Span]] = field(default_factory=dict)

    def units(self, unit: Unit) -> list[Span]:
        """All units of the article, in order."""
        if unit not in self._units:
            self._units[unit] = {
                "letter": lambda: letters(self.text),
                "word": lambda: words(self.text),
                "clause": lambda: clauses(self.text, self.sentences),
                "sentence": lambda: list(self.sentences),
                "paragraph": lambda: list(self.paragraphs),
            }[unit]()
        return self._units[unit]

    def move(self, unit: Unit, step: int) -> None:
        """Select the next (1) or previous (-1) unit; from a part of a larger unit forward, first all of it."""
        units = self.units(unit)
        if step > 0:
            at = bisect_right(units, self.selection.start, key=_start) - 1
            inside = units[at] if at >= 0 and units[at].end > self.selection.start else None
            if unit != "word" and inside is not None and inside != self.selection and inside.contains(self.selection):
                found = at
            else:
                found = bisect_left(units, self.selection.end, key=_start)
        else:
            found = bisect_right(units, self.selection.start, key=_end) - 1
        if 0 <= found < len(units):
            self.selection, self.at_start, self.free, self.moved = units[found], False, True, True

    def extend(self, unit: Unit, step: int, *, at_start: bool | None = None) -> None:
        """Grow (1) or shrink (-1) the selection by a unit at its active end; a mark under it changes with it.

        `at_start` says at which end, whichever is active.
        """
        at_start = self.at_start if at_start is None else at_start
        before = self.selection
        start, end = before.start, before.end
        units = self.units(unit)
        if at_start:
            at = bisect_left(units, start, key=_start) - 1 if step > 0 else bisect_right(units, start, key=_start)
            if 0 <= at < len(units) and units[at].start < end:
                start = units[at].start
        else:
            at = bisect_right(units, end, key=_end) if step > 0 else bisect_left(units, end, key=_end) - 1
            if 0 <= at < len(units) and units[at].end > start:
                end = units[at].end
        self.selection, self.moved = Span(start, end), True
        if not self.free:
            self._change(before, self.selection)

    def _change(self, old: Span, new: Span) -> None:
        """Change the mark under the selection; one that would overlap another piece of its role stays."""
        # What is marked sends the focus on to what is missing: the selection still lies on what was marked.
        role = next((known for known in (self.focus, *Role) if old in self.marked(known)), self.focus)
        others = [span for span in self.marked(role) if span != old]
        if any(new.overlaps(span) for span in others):
            self.selection = old
            return
        self._set(role, [*others, new])
        self.chosen |= {role}

    def swap(self) -> None:
        """Extend and shrink at the other end from now on."""
        self.at_start = not self.at_start

    def marked(self, role: Role) -> list[Span]:
        """The role's marks."""
        return [span for known, span in self.draft.role_spans() if known is role]

    def _set(self, role: Role, spans: Sequence[Span]) -> None:
        ordered = tuple(sorted(spans))
        value: Any = ordered if role in (Role.SOURCE, Role.CONTENT) else (ordered[-1] if ordered else None)
        changed: dict[str, Any] = {role.value: value}
        if role is Role.CONTENT and ordered:
            changed["form"] = None
        if role is Role.SOURCE:
            changed["anonymity"] = None
        self.draft = replace(self.draft, **changed)

    def role_key(self, role: Role) -> None:
        """Mark a selection that was moved freely; else go to the role, and to its mark where it has one."""
        if self.free and self.moved:
            self.mark(role)
            self._complete()
        else:
            self.aim(role)

    def aim(self, role: Role) -> None:
        """Put a role in focus: candidates are its own, and the selection lies on its mark where there is one."""
        self.focus, self.adding, self.at_start, self.whole = role, False, False, None
        marks = self.marked(role)
        if marks:
            self.selection, self.free = marks[-1], False

    def mark(self, role: Role, *, add: bool = False) -> None:
        """Mark the selection and go on to what is missing; `add` keeps the role's other pieces."""
        span = trimmed(self.text, self.selection.start, self.selection.end)
        if span is not None:
            self.take(role, span, add=add)

    def take(self, role: Role, span: Span, *, add: bool = False) -> None:
        """Mark a span; the relay under the same span is taken away. Then what is missing is in focus."""
        if role is Role.RELAY and self.draft.relay == span:
            self._set(role, [])
        else:
            kept = [old for old in self.marked(role) if not old.overlaps(span)] if add else []
            self._set(role, [*kept, span])
        self.chosen |= {role}
        self.selection, self.focus, self.free = span, role, False
        self.adding, self.at_start, self.whole = False, False, None
        missing = next((known for known in (Role.CUE, Role.CONTENT, Role.SOURCE) if not self.marked(known)), None)
        if missing is not None:
            self.focus = missing

    def offered(self) -> list[tuple[Role, Span]]:
        """The numbered candidates: the role in focus's, or of an attribution that was complete the other roles' too.

        A relay's are a source's.
        """
        if self.known is None or self.claim is None:
            return []
        marks = self._marks()
        if self.whole is not None:
            found = self.known.alternatives(self.claim, marks, most=99)
            others = self.draft.role_spans()
            # What would give the same words two roles is left to the role's own key.
            return [
                (role, span)
                for role, span in found
                if role in self.whole and not any(span.overlaps(mark) for of, mark in others if of is not role)
            ][:MOST]
        role = Role.SOURCE if self.focus is Role.RELAY else self.focus
        return [(self.focus, span) for span in self.known.of(role, self.claim, marks, adding=self.adding)]

    def take_number(self, number: int) -> bool:
        """Take a candidate, counted from 1; False where there is none."""
        found = self.offered()
        if number > len(found):
            return False
        role, span = found[number - 1]
        others = self.whole - {role} if self.whole is not None else None
        self.choose(role, span)
        self.whole = others
        return True

    def choose(self, role: Role, span: Span) -> None:
        """Mark a candidate; a cue that stands alone brings the best content and source for it along.

        Content that touched another cue begins or ends at the new one, unless it was chosen itself and still fits.
        """
        fits = Role.CONTENT in self.chosen and not any(span.overlaps(piece) for piece in self.draft.content)
        if role is Role.CUE and self.draft.cue is not None and self.draft.content and not fits:
            self._follow(span)
        self.take(role, span, add=self.adding)
        self._complete()

    def _follow(self, cue: Span) -> None:
        """Let the content go along with another cue."""
        if self.known is not None and self.claim is not None:
            content = self.known.with_cue(self.claim, self._marks(), cue).content
            if content != self.draft.content:
                self._set(Role.CONTENT, content)

    def _marks(self) -> Marks:
        return Marks(self.draft.source, self.draft.cue, self.draft.content)

    def label_words(self) -> list[Span]:
        """The words that are named by a letter, in the order of the letters."""
        return labelled(self.text, self.units("word"), self.claim or self.selection, self.selection)

    def take_labels(self, first: Span, last: Span) -> None:
        """Mark from one word to another, whichever stands first, for the role in focus."""
        span = Span(min(first.start, last.start), max(first.end, last.end))
        self.choose(self.focus, span)

    def _complete(self) -> None:
        """Where the cue is marked and nothing else, mark what it most likely makes: all of it can be changed."""
        cue = self.draft.cue
        if cue is None or self.draft.source or self.draft.content or self.known is None or self.claim is None:
            return
        found = self.known.completion(self.claim, cue)
        self._set(Role.SOURCE, found.source)
        self._set(Role.CONTENT, found.content)
        self.aim(Role.CONTENT)

    def add_key(self, role: Role) -> None:
        """One more piece of the role: a selection that was moved freely, else the candidate that is taken next."""
        if self.free and self.moved:
            self.mark(role, add=True)
        else:
            self.focus, self.adding, self.whole = role, True, None

    def remove(self) -> Role | None:
        """Take the marks under the selection away, or the last one made where there are none; the role, or None."""
        marks = self.draft.role_spans()
        if not self.free:
            marks = [(role, span) for role, span in marks if role is self.focus] or marks
        under = [(role, span) for role, span in marks if span.overlaps(self.selection)] or marks[-1:]
        for role, span in under:
            self._set(role, [old for old in self.marked(role) if old != span])
            self.chosen -= {role}
        self.whole = None
        return under[0][0] if under else None

    def cycle(self, facet: Literal["type", "form", "anonymity"], now: str) -> None:
        """Step to the facet's next value after `now`."""
        kinds: list[Any] = list({"type": AttributionType, "form": Form, "anonymity": Anonymity}[facet])
        changed: dict[str, Any] = {facet: kinds[(kinds.index(now) + 1) % len(kinds)]}
        self.draft = replace(self.draft, **changed)

    def negate(self) -> None:
        """Negated, or not."""
        self.draft = replace(self.draft, negated=not self.draft.negated)

    @classmethod
    def opened(
        cls,
        draft: Draft,
        claim: Span,
        text: str,
        sentences: Sequence[Span],
        paragraphs: Sequence[Span],
        known: SpanCandidates | None = None,
    ) -> SpanEditor:
        """The editor as it opens: on the draft's content where nothing is missing, else on what is missing first."""
        inside = words(text, claim.start, claim.end)
        editor = cls(text, sentences, paragraphs, draft, inside[0] if inside else claim, claim, known)
        missing = [role for role in (Role.CUE, Role.CONTENT, Role.SOURCE) if not editor.marked(role)]
        editor.free, editor.moved = draft.empty, False
        if draft.empty:
            return editor
        editor.aim(Role.CONTENT)
        if missing:
            editor.focus = missing[0]
        if draft.cue is not None and draft.content:
            editor.whole = _ROLES
        return editor

    def nest(self, others: Sequence[Attribution]) -> None:
        """Step through the attributions whose content holds this content, the smallest first, and none."""
        inside = [
            other
            for other in others
            if other.id != self.draft.id
            and self.draft.content
            and all(any(outer.contains(span) for outer in other.content) for span in self.draft.content)
        ]
        inside.sort(key=lambda other: sum(len(span) for span in other.content))
        ids: list[str | None] = [other.id for other in inside]
        order = [*ids, None]
        at = order.index(self.draft.parent) if self.draft.parent in order else len(order) - 1
        self.draft = replace(self.draft, parent=order[(at + 1) % len(order)])
