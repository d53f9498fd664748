"""Drafting: the fewest keys of the span mode that turn a draft into a gold attribution."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import count

from annotator.editing.draft import Draft
from annotator.editing.next_best import NextBest
from annotator.editing.span_editor import SpanEditor
from annotator.editing.span_labels import LETTERS
from annotator.model.article import Segmentation
from annotator.model.attribution import Attribution, Form, Role
from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.suggesters import proposed_anonymity, proposed_form
from annotator.suggesters.candidates import Candidates
from benchmarks.keystroke.gold import Marked
from benchmarks.keystroke.paths import Paths, press

ROLES = (Role.SOURCE, Role.CUE, Role.CONTENT)
_PLURAL = (Role.SOURCE, Role.CONTENT)
_NODES = 400
"""Editors looked at before a draft is given up; the shortest way is nearly always among the first fifty."""
_NEAR = 3
"""Keys between a candidate and what is wanted, up to which taking and mending it is tried."""


@dataclass(frozen=True, slots=True)
class Step:
    """One key: the action it means, and what it is pressed for."""

    action: str
    purpose: str


class Remembered(Candidates):
    """Candidates that are looked for once."""

    def __init__(self, article: StoredArticle) -> None:
        super().__init__(article.text, Segmentation(article.blocks, article.sentences, ""))
        self._found: dict[tuple[Role, Span, Marks, bool], list[Span]] = {}

    def of(self, role: Role, claim: Span, marks: Marks, *, adding: bool = False) -> list[Span]:
        """The same candidates as ever."""
        key = (role, claim, marks, adding)
        if key not in self._found:
            self._found[key] = super().of(role, claim, marks, adding=adding)
        return self._found[key]


Way = tuple[tuple[Step, ...], Draft]
_Key = tuple[Marked, Span | None, Span, Marked]
"""A draft's marks with its relay (which takes candidates away), the claim, and what is wanted."""


class Drafting:
    """The ways from drafts to gold in one article."""

    def __init__(self, article: StoredArticle) -> None:
        self._article = article
        self._sentences = [sentence.span for sentence in article.sentences]
        self._blocks = [block.span for block in article.blocks]
        self._known = Remembered(article)
        self._paths = Paths(article.text, self._sentences, self._blocks)
        self._others: dict[_Key, tuple[list[Role], Marked] | None] = {}
        self._ways: dict[_Key, Way | None] = {}

    def way(self, draft: Draft, claim: Span, gold: Marked) -> Way | None:
        """The keys from opening the draft at the claim until it equals the gold, and the draft then, or None."""
        key = (marked_draft(draft), draft.relay, claim, gold)
        if key not in self._ways:
            self._ways[key] = self._search(draft, claim, gold)
        found = self._ways[key]
        if found is None:
            return None
        steps, made = found
        return steps, _marked_as(draft, marked_draft(made))

    def next_best(self, draft: Draft, claim: Span, gold: Marked) -> tuple[list[Role], Draft] | None:
        """The roles whose next-best is asked for, a key each, until what is shown is the gold; None where none is.

        What is wrong is mended role by role, in the order that takes the fewest keys.
        """
        key = (marked_draft(draft), draft.relay, claim, gold)
        if key not in self._others:
            ways = self._mended(NextBest(self._opened(draft, claim), self.finished), draft, gold)
            self._others[key] = min(ways, key=lambda way: len(way[0]), default=None)
        way = self._others[key]
        return None if way is None else (way[0], _marked_as(draft, way[1]))

    def _mended(self, ways: NextBest, now: Draft, gold: Marked) -> Iterator[tuple[list[Role], Marked]]:
        if marked_draft(now) == gold:
            yield [], gold
            return
        wrong = [role for role in ROLES if _marks(now, role) != _pieces(gold, role)]
        for role in [Role.CUE] if now.empty else wrong:
            asked, keys = copy(ways), [role]
            # Behind the last way it comes round to what was shown before.
            while asked.step(role) and asked.shown is not None and asked.shown.role is role:
                if _marks(asked.shown.draft, role) == _pieces(gold, role):
                    for rest, made in self._mended(asked, asked.shown.draft, gold):
                        yield keys + rest, made
                keys = [*keys, role]

    @staticmethod
    def _taken(editor: SpanEditor, number: int) -> SpanEditor:
        after = copy(editor)
        after.take_number(number)
        return after

    def form(self, draft: Draft) -> Form:
        """The draft's form, else the one that is proposed for its marks."""
        return draft.form or proposed_form(self._article.text, draft.content, self._article.blocks)

    def finished(self, draft: Draft) -> Attribution:
        """The draft as it is kept; raises DomainError that says what is missing."""
        source = " ".join(span.slice(self._article.text) for span in draft.source)
        return draft.attribution(self.form(draft), proposed_anonymity(source))

    def _opened(self, draft: Draft, claim: Span) -> SpanEditor:
        editor = SpanEditor.opened(draft, claim, self._article.text, self._sentences, self._blocks, self._known)
        editor._units.update(self._paths.units)
        return editor

    def _search(self, draft: Draft, claim: Span, gold: Marked) -> Way | None:
        """The cheapest way, or (where that takes too long to prove) a good one."""
        return self._best_first(draft, claim, gold, 1, _NODES) or self._best_first(draft, claim, gold, 4, 2 * _NODES)

    def _best_first(self, draft: Draft, claim: Span, gold: Marked, weight: int, nodes: int) -> Way | None:
        """A* over editors; with a weight over 1 it hurries towards the gold and may take more keys than needed."""
        first = self._opened(draft, claim)
        numbers = count()
        waiting: list[tuple[int, int, int, SpanEditor, tuple[Step, ...]]] = []
        heapq.heappush(waiting, (weight * _left(first, gold), next(numbers), 0, first, ()))
        settled: set[tuple[object, ...]] = set()
        while waiting and len(settled) < nodes:
            _, _, keys, editor, steps = heapq.heappop(waiting)
            marks = marked_draft(editor.draft)
            moved = (editor.free, editor.moved, editor.adding)
            state = (marks, editor.selection, *moved, editor.focus, editor.whole)
            if state in settled:
                continue
            settled.add(state)
            if marked_draft(editor.draft) == gold:
                return steps, editor.draft
            for after, more in self._next(editor, gold):
                cost = keys + len(more)
                item = (cost + weight * _left(after, gold), next(numbers), cost, after, (*steps, *more))
                heapq.heappush(waiting, item)
        return None

    def _next(self, editor: SpanEditor, gold: Marked) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
        """What can be done next for each role that is not as it should be."""
        for role in ROLES:
            want, have = _pieces(gold, role), editor.marked(role)
            missing = [span for span in want if span not in have]
            wrong = [span for span in have if span not in want]
            if not missing and not wrong:
                continue
            if editor.focus is role or editor.whole is not None:
                yield from self._digits(editor, role, missing)
            if editor.focus is role:
                yield from self._labelled(editor, role, missing)
            yield from self._nudged(editor, role, missing)
            if not (editor.free and editor.moved):
                yield from _keyed(editor, role, several=role in _PLURAL and len(want) > 1)
                if wrong and editor.focus is role and editor.selection in wrong:
                    after = copy(editor)
                    after.remove()
                    yield after, [Step("mark.remove", f"remove {role.value}")]
            yield from self._selected(editor, role, missing, several=role in _PLURAL and bool(have))

    def _digits(
        self, editor: SpanEditor, role: Role, missing: Sequence[Span]
    ) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
        for number, (of, span) in enumerate(editor.offered(), start=1):
            if of is not role or (span not in missing and not self._mends(span, missing)):
                continue
            yield self._taken(editor, number), [Step(f"candidate.{number}", f"candidate for {role.value}")]

    def _labelled(
        self, editor: SpanEditor, role: Role, missing: Sequence[Span]
    ) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
        """The letters of the first and the last named word of what is missing, where little is left to mend."""
        words = editor.label_words()
        for target in missing:
            inside = [(word, letter) for word, letter in zip(words, LETTERS, strict=False) if target.overlaps(word)]
            if not inside:
                continue
            first, last = min(inside), max(inside)
            span = Span(first[0].start, last[0].end)
            if span != target and not self._mends(span, [target]):
                continue
            after = copy(editor)
            after.take_labels(first[0], last[0])
            keys = ("labels", f"label.{first[1]}", f"label.{last[1]}")
            yield after, [Step(key, f"letters for {role.value}") for key in keys]

    def _mends(self, span: Span, missing: Sequence[Span]) -> bool:
        ways = (self._paths.nudge(span, target) for target in missing if span.overlaps(target))
        return any(way is not None and len(way) <= _NEAR for way in ways)

    def _nudged(
        self, editor: SpanEditor, role: Role, missing: Sequence[Span]
    ) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
        if editor.free or editor.selection not in editor.marked(role):
            return
        for target in missing:
            keys = self._paths.nudge(editor.selection, target)
            if keys is None:
                continue
            after = copy(editor)
            for key in keys:
                press(after, key)
            if after.selection == target:
                yield after, [Step(key, f"nudge {role.value}") for key in keys]

    def _selected(
        self, editor: SpanEditor, role: Role, missing: Sequence[Span], *, several: bool
    ) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
        for target in missing:
            keys = self._paths.select(editor.selection, target, free=editor.free)
            if keys is None or not (keys or editor.moved):
                continue
            for action, add in (
                (f"mark.{role.value}", False),
                *([(f"mark.{role.value}.add", True)] if several else []),
            ):
                after = copy(editor)
                for key in keys:
                    press(after, key)
                if add:
                    after.add_key(role)
                else:
                    after.role_key(role)
                yield after, [Step(key, f"select {role.value}") for key in (*keys, action)]


def _marked_as(draft: Draft, made: Marked) -> Draft:
    """The draft with these marks; what was said of marks that are others now is proposed anew."""
    form = draft.form if made.content == draft.content else None
    anonymity = draft.anonymity if made.source == draft.source else None
    return replace(draft, source=made.source, cue=made.cue, content=made.content, form=form, anonymity=anonymity)


def _keyed(editor: SpanEditor, role: Role, *, several: bool) -> Iterator[tuple[SpanEditor, Sequence[Step]]]:
    """Go to the role, or make ready for one more piece of it."""
    after = copy(editor)
    after.role_key(role)
    yield after, [Step(f"mark.{role.value}", f"go to {role.value}")]
    if several and not editor.adding:
        after = copy(editor)
        after.add_key(role)
        yield after, [Step(f"mark.{role.value}.add", f"one more {role.value}")]


def _left(editor: SpanEditor, gold: Marked) -> int:
    """Keys that are needed at the least: a cue alone may bring the other roles, else each is paid for by itself."""
    wrong = [role for role in ROLES if tuple(editor.marked(role)) != _pieces(gold, role)]
    if not editor.draft.source and not editor.draft.content:
        return min(len(wrong), 1)
    return sum(_left_of(editor, role, _pieces(gold, role)) for role in wrong)


def _left_of(editor: SpanEditor, role: Role, want: Sequence[Span]) -> int:
    """Keys a role needs: one a piece that is mended, two a piece that is added, one to go to a role that has marks."""
    have = editor.marked(role)
    missing = sum(span not in have for span in want)
    wrong = sum(span not in want for span in have)
    if not missing:
        keys = 1
    elif editor.adding or len(want) == 1:
        keys = missing
    else:
        keys = missing + max(0, missing - max(wrong, 1 if wrong == len(have) else 0))
    there = not have or editor.free or editor.focus is role or (editor.whole is not None and role in editor.whole)
    return keys + (0 if there else 1)


def _pieces(gold: Marked, role: Role) -> tuple[Span, ...]:
    if role is Role.CUE:
        return (gold.cue,) if gold.cue is not None else ()
    return gold.source if role is Role.SOURCE else gold.content


def _marks(draft: Draft, role: Role) -> tuple[Span, ...]:
    return tuple(span for known, span in draft.role_spans() if known is role)


def marked_draft(draft: Draft) -> Marked:
    """The spans of a draft."""
    return Marked(draft.content, draft.cue, draft.source)
