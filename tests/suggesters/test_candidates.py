"""Candidates: the spans that are offered for one role, and the changes that are offered for a whole attribution."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Segmentation
from annotator.model.attribution import Role
from annotator.model.span import Span
from annotator.suggesters.candidates import MOST, Candidates
from annotator.suggesters.marks import Marks


class Sentence:
    """One sentence with some of it marked, and what is offered for the rest, in words."""

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self.text, self._known = text, Candidates(text, segmentation)

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def marks(self, source: str = "", cue: str = "", *content: str) -> Marks:
        return Marks(
            (self.span(source),) if source else (),
            self.span(cue) if cue else None,
            tuple(self.span(words) for words in content),
        )

    def offered(self, role: Role, marks: Marks) -> list[str]:
        return [span.slice(self.text) for span in self._known.of(role, Span(0, len(self.text)), marks)]

    def changes(self, marks: Marks, most: int = MOST) -> list[tuple[Role, str]]:
        found = self._known.alternatives(Span(0, len(self.text)), marks, most)
        return [(role, span.slice(self.text)) for role, span in found]


@pytest.fixture
def sentence(segment: Callable[..., Segmentation]) -> Callable[[str], Sentence]:
    return lambda text: Sentence(text, segment(text))


def test_changes_of_a_whole_attribution_are_of_every_role_and_never_what_is_marked(
    sentence: Callable[[str], Sentence],
) -> None:
    said = sentence("Ada Reyes, the harbour master, has said that the ramp is closed, although the ferry still runs.")
    marks = said.marks("Ada Reyes, the harbour master,", "said", "that the ramp is closed")
    changes = said.changes(marks)
    assert (Role.SOURCE, "Ada Reyes") in changes
    assert (Role.CUE, "has said") in changes
    assert (Role.CONTENT, "that the ramp is closed, although the ferry still runs") in changes
    assert not {words for _, words in changes} & {"said", "that the ramp is closed"}
    assert said.changes(marks, 2) == changes[:2]


def test_where_nothing_is_marked_the_changes_are_cues(sentence: Callable[[str], Sentence]) -> None:
    said = sentence("Ada Reyes said the ramp is closed.")
    changes = said.changes(Marks())
    assert changes[0] == (Role.CUE, "said")
    assert {role for role, _ in changes} == {Role.CUE}
