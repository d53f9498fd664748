"""Candidates: the spans that are offered for one role, and the changes that are offered for a whole attribution."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import Block, BlockKind, Segmentation, Sentence
from annotator.model.attribution import Role
from annotator.model.candidates import MOST, Marks
from annotator.model.span import Span
from annotator.suggesters.candidates import Candidates


class Told:
    """A sentence with some of it marked, and what is offered for the rest, in words."""

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

    def offered(self, role: Role, marks: Marks, *, adding: bool = False) -> list[str]:
        found = self._known.of(role, Span(0, len(self.text)), marks, adding=adding)
        return [span.slice(self.text) for span in found]

    def with_cue(self, marks: Marks, cue: str) -> dict[str, list[str]]:
        made = self._known.with_cue(Span(0, len(self.text)), marks, self.span(cue))
        assert made.cue == self.span(cue)
        return {
            "source": [span.slice(self.text) for span in made.source],
            "content": [span.slice(self.text) for span in made.content],
        }

    def changes(self, marks: Marks, most: int = MOST) -> list[tuple[Role, str]]:
        found = self._known.alternatives(Span(0, len(self.text)), marks, most)
        return [(role, span.slice(self.text)) for role, span in found]


Tell = Callable[[str], Told]


@pytest.fixture
def tell(segment: Callable[..., Segmentation]) -> Tell:
    return lambda text: Told(text, segment(text))


def test_what_is_offered_first_for_a_cue_is_what_the_rules_leave_out(tell: Tell) -> None:
    told = tell("The mayor, a fierce critic of the ramp, said the ferry was late.")
    offered = told.offered(Role.CUE, Marks())
    assert {"critic of", "fierce critic of", "a fierce critic of"} & set(offered[:3])
    assert "said" not in offered[: offered.index("critic of")]


@pytest.mark.parametrize(
    ("sentence", "marked", "wanted"),
    [
        ("Ada Reyes declined to comment on the ramp.", "declined", "declined to comment on"),
        ("Ada Reyes said Friday that the ramp is closed.", "said", "said Friday"),
        ("Ada Reyes said in an interview that the ramp is closed.", "said", "said in an interview"),
        ("Ada Reyes was accused of a lie.", "was accused of", "was accused"),
        ("Ada Reyes took the floor, saying: “The ramp is closed.”", "saying", "saying:"),
    ],
)
def test_a_marked_cue_is_offered_with_more_or_less_of_what_is_round_it(
    tell: Tell, sentence: str, marked: str, wanted: str
) -> None:
    told = tell(sentence)
    assert wanted in told.offered(Role.CUE, told.marks("Ada Reyes", marked))[:4]


def test_the_comma_that_closes_a_relative_clause_is_part_of_the_source(tell: Tell) -> None:
    told = tell("The clerk, who runs the ferry, said the ramp is closed.")
    marks = told.marks("The clerk", "said", "the ramp is closed")
    assert told.offered(Role.SOURCE, marks)[0] == "The clerk, who runs the ferry,"


def test_the_subject_of_the_cue_is_the_first_source(tell: Tell) -> None:
    told = tell("After the storm on Monday, two pilots rejected the plan of the mayor.")
    assert told.offered(Role.SOURCE, told.marks("", "rejected"))[0] == "two pilots"


def test_the_first_content_is_what_stands_behind_the_cue(tell: Tell) -> None:
    told = tell("Ada Reyes is a critic of the old ramp, which closed last week.")
    assert told.offered(Role.CONTENT, told.marks("", "critic of"))[0] == "the old ramp"


def test_a_content_is_offered_up_to_a_later_and_up_to_a_sooner_end(tell: Tell) -> None:
    told = tell("Ada Reyes said that the ramp is closed, although the ferry still runs on Sunday.")
    offered = told.offered(Role.CONTENT, told.marks("Ada Reyes", "said", "that the ramp is closed"))
    assert offered[0] == "that the ramp is closed, although the ferry still runs on Sunday"
    again = told.offered(Role.CONTENT, told.marks("Ada Reyes", "said", offered[0]))
    assert "that the ramp is closed" in again[:3]


def test_another_piece_is_the_other_half_round_the_cue_and_overlaps_none(tell: Tell) -> None:
    told = tell("“The ramp is closed,” Ada Reyes said, “and the ferry is late.”")
    marks = told.marks("Ada Reyes", "said", "“The ramp is closed,”")
    offered = told.offered(Role.CONTENT, marks, adding=True)
    assert offered[0] == "“and the ferry is late.”"
    assert not any("ramp" in words for words in offered)


def test_without_a_cue_the_sources_are_still_those_near_the_content(tell: Tell) -> None:
    told = tell("In the harbour Ada Reyes: the ramp is closed")
    assert "Ada Reyes" in told.offered(Role.SOURCE, told.marks("", "", "the ramp is closed"))


@pytest.mark.parametrize(
    ("sentence", "cue", "source", "content"),
    [
        ("Two pilots rejected the plan.", "rejected", ["Two pilots"], ["the plan"]),
        ("The ramp was described as unsafe.", "was described", [], ["The ramp", "as unsafe"]),
        ("The storm raised questions about the ramp.", "questions about", [], ["the ramp"]),
    ],
)
def test_a_cue_brings_its_content_and_its_source_where_it_has_one(
    tell: Tell, sentence: str, cue: str, source: list[str], content: list[str]
) -> None:
    made = tell(sentence).with_cue(Marks(), cue)
    assert [made["source"], made["content"]] == [source, content]


@pytest.mark.parametrize(
    ("sentence", "old", "content", "new", "left"),
    [
        (
            "Ada declined to comment on the ramp.",
            "declined",
            "to comment on the ramp",
            "declined to comment on",
            "the ramp",
        ),
        ("Ada spoke of the ramp.", "spoke of", "the ramp", "spoke", "of the ramp"),
        ("The ramp is shut, Ada said again.", "said", "The ramp is shut", "said again", "The ramp is shut"),
    ],
)
def test_content_that_touched_a_cue_follows_it(
    tell: Tell, sentence: str, old: str, content: str, new: str, left: str
) -> None:
    told = tell(sentence)
    made = told.with_cue(told.marks("Ada", old, content), new)
    assert [made["source"], made["content"]] == [["Ada"], [left]]


def test_changes_of_a_whole_attribution_are_of_every_role_and_never_what_is_marked(tell: Tell) -> None:
    told = tell("Ada Reyes, the harbour master, has said that the ramp is closed, although the ferry still runs.")
    marks = told.marks("Ada Reyes, the harbour master,", "said", "that the ramp is closed")
    changes = told.changes(marks)
    assert (Role.SOURCE, "Ada Reyes") in changes
    assert (Role.CUE, "has said") in changes
    assert (Role.CONTENT, "that the ramp is closed, although the ferry still runs") in changes
    assert not {words for _, words in changes} & {"said", "that the ramp is closed"}
    assert told.changes(marks, 2) == changes[:2]


def test_where_nothing_is_marked_the_changes_are_cues(tell: Tell) -> None:
    changes = tell("Ada Reyes is a critic of the ramp.").changes(Marks())
    assert (Role.CUE, "critic of") in changes
    assert {role for role, _ in changes} == {Role.CUE}


_SAMPLE = """
Ada Reyes said the ramp , , “ ” " is not a critic of : that who told Reuters ( ) - ; ? it to close closed 9
according reportedly and Monday 's
"""
_WORDS = st.sampled_from(_SAMPLE.split())


@given(st.lists(_WORDS, min_size=1, max_size=30), st.data())
def test_whatever_is_marked_the_candidates_are_new_and_lie_in_the_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    whole = Span(0, len(text))
    known = Candidates(text, Segmentation((Block(whole, BlockKind.BODY),), (Sentence(whole, BlockKind.BODY),), "one"))
    starts = [at for at in range(len(text)) if not at or text[at - 1] == " "]
    spans = st.builds(lambda start, size: Span(start, min(len(text), start + size)), st.sampled_from(starts),
                      st.integers(1, 20))  # fmt: skip
    source, cue, content = (data.draw(st.none() | spans) for _ in range(3))
    marks = Marks((source,) if source else (), cue, (content,) if content else ())
    adding = data.draw(st.booleans())
    for role in (Role.SOURCE, Role.CUE, Role.CONTENT):
        found = known.of(role, whole, marks, adding=adding)
        assert len(found) == len(set(found)) <= MOST
        assert not set(found) & set(marks.of(role))
        assert all(span.end <= len(text) for span in found)
    assert len(known.alternatives(whole, marks)) <= MOST
    if cue is not None:
        for made in (known.with_cue(whole, Marks(), cue), known.with_cue(whole, marks, cue)):
            assert made.cue == cue
            assert not any(cue.contains(span) for span in made.content)


def test_inside_a_quotation_what_is_nested_there_is_offered_and_never_who_says_the_quotation(
    segment: Callable[..., Segmentation],
) -> None:
    text = "“The phone rang at two. He told me the gate was stuck. Nobody came,” Mr. Venn said. Rain was expected."
    known = Candidates(text, segment(text))
    start, end = text.index("He told"), text.index(" Nobody")
    claim, cue = Span(start, end), Span(start + 3, start + 7)
    offered = [span.slice(text) for span in known.of(Role.CUE, claim, Marks())]
    assert offered[0] == "told"
    made = known.completion(claim, cue)
    assert [span.slice(text) for span in made.source] == ["He"]
    assert [span.slice(text).endswith("the gate was stuck") for span in made.content] == [True]
    for role in (Role.SOURCE, Role.CONTENT):
        spans = known.of(role, claim, Marks(cue=cue))
        assert not any("Venn" in span.slice(text) for span in spans)
