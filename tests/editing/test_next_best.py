"""Candidates of all roles of an attribution: by digit in the span mode, and step by step without it."""

from __future__ import annotations

from annotator.editing.draft import Draft
from annotator.editing.next_best import NextBest
from annotator.editing.span_editor import SpanEditor
from annotator.model.attribution import Anonymity, Attribution, Form, Role
from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.segmentation import split
from annotator.suggesters.candidates import Candidates

TEXT = "Ines Duarte, the harbour master, told the Sela Post that two cables had “lost tension”."
SENTENCE = Span(0, len(TEXT))


def at(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start, start + len(piece))


WHOLE = Draft("d1", (at("Ines Duarte"),), at("told"), (at("that two cables"),))


class Known(Candidates):
    """Candidates that are given: of each role its words, and all of them as alternatives."""

    def __init__(self, **words: list[str]) -> None:
        self._words = {Role(role): [at(piece) for piece in pieces] for role, pieces in words.items()}

    def of(self, role: Role, claim: Span, marks: Marks, *, adding: bool = False) -> list[Span]:
        return [span for span in self._words[role] if span not in marks.of(role)]

    def alternatives(self, claim: Span, marks: Marks, most: int = 9) -> list[tuple[Role, Span]]:
        return [(role, span) for role in self._words for span in self.of(role, claim, marks)]

    def completion(self, claim: Span, cue: Span) -> Marks:
        return Marks(tuple(self._words[Role.SOURCE][:1]), cue, tuple(self._words[Role.CONTENT][:1]))

    def with_cue(self, claim: Span, marks: Marks, cue: Span) -> Marks:
        return Marks(marks.source, cue, marks.content)


KNOWN = Known(content=["two cables", "tension"], source=["Ines", "master"], cue=["told the Sela Post"])


def opened(draft: Draft, known: Known = KNOWN) -> SpanEditor:
    return SpanEditor.opened(draft, SENTENCE, TEXT, [SENTENCE], [SENTENCE], known)


def finish(draft: Draft) -> Attribution:
    return draft.attribution(Form.INDIRECT, Anonymity.NAMED)


def shown(ways: NextBest) -> tuple[str, str, str] | None:
    """Who, cue and said of what is shown."""
    if ways.shown is None:
        return None
    made = ways.shown.attribution
    parts = [made.source, (made.cue,) if made.cue else (), made.content]
    who, cue, said = (" + ".join(span.slice(TEXT) for span in spans) for spans in parts)
    return who, cue, said


def test_a_whole_attribution_offers_every_role_until_one_is_chosen() -> None:
    made = opened(WHOLE)
    assert [role.value for role, _ in made.offered()] == ["content", "content", "source", "source", "cue"]
    assert made.take_number(3)
    assert made.draft.source == (at("Ines"),)
    # What has been chosen is not offered again, and a second digit mends another role.
    assert [role.value for role, _ in made.offered()] == ["content", "content", "cue"]
    assert made.take_number(3)
    assert (made.draft.cue, made.take_number(3)) == (at("told the Sela Post"), False)
    made.role_key(Role.SOURCE)
    assert made.offered() == [(Role.SOURCE, at("master"))]


def test_content_that_touched_a_cue_goes_along_with_another() -> None:
    text = "Ines Duarte declined to comment on the cables."
    sentence = Span(0, len(text))

    def of(piece: str) -> Span:
        return Span(text.index(piece), text.index(piece) + len(piece))

    draft = Draft("d1", (of("Ines Duarte"),), of("declined"), (of("to comment on the cables"),))
    made = SpanEditor.opened(draft, sentence, text, [sentence], [sentence], Candidates(text, split(text)))
    made.aim(Role.CUE)
    assert made.take_number(1 + [span for _, span in made.offered()].index(of("declined to comment on")))
    assert made.draft.cue == of("declined to comment on")
    assert made.draft.content == (of("the cables"),)
    assert made.draft.source == draft.source


def test_what_lacks_a_cue_offers_that_alone() -> None:
    made = opened(Draft("d1", content=(at("that two cables"),)))
    assert made.offered() == [(Role.CUE, at("told the Sela Post"))]


def test_each_role_is_stepped_through_and_the_next_goes_on_from_what_is_shown() -> None:
    ways = NextBest(opened(WHOLE), finish)
    assert shown(ways) is None
    assert ways.step(Role.CONTENT)
    assert shown(ways) == ("Ines Duarte", "told", "two cables")
    assert ways.step(Role.CONTENT)
    assert shown(ways) == ("Ines Duarte", "told", "tension")
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("Ines", "told", "tension")
    assert ways.shown is not None
    assert (ways.shown.role, ways.shown.number, ways.shown.count) == (Role.SOURCE, 1, 3)
    # That nobody says it comes second.
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("", "told", "tension")
    ways.back()
    ways.back()
    assert shown(ways) == ("Ines Duarte", "told", "tension")


def test_behind_the_last_way_comes_what_was_there_before_the_first() -> None:
    ways = NextBest(opened(WHOLE), finish)
    ways.step(Role.CONTENT)
    for _ in range(3):
        assert ways.step(Role.SOURCE)
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("Ines Duarte", "told", "two cables")
    for _ in range(2):
        assert ways.step(Role.CONTENT)
    assert shown(ways) is None
    ways.back()
    assert shown(ways) is None


def test_a_new_attribution_begins_with_its_cue_whatever_was_asked_for() -> None:
    ways = NextBest(opened(Draft("new")), finish)
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("Ines", "told the Sela Post", "two cables")
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("master", "told the Sela Post", "two cables")


def test_what_is_not_whole_is_left_out_and_nothing_to_show_is_said() -> None:
    without = Known(content=[], source=[], cue=["told"])
    assert not NextBest(opened(Draft("new"), without), finish).step(Role.CUE)
    assert not NextBest(opened(WHOLE, without), finish).step(Role.CONTENT)


def test_what_was_chosen_stays_with_another_cue_unless_it_lies_under_it() -> None:
    text = "But critics say the plan, announced on Friday, is expected to fail, according to the Post."
    parts = split(text)
    sentence = Span(0, len(text))

    def of(piece: str) -> Span:
        return Span(text.index(piece), text.index(piece) + len(piece))

    def ways(draft: Draft) -> NextBest:
        known = Candidates(text, parts)
        return NextBest(SpanEditor.opened(draft, sentence, text, [sentence], [sentence], known), finish)

    draft = Draft("d1", (of("the Post"),), of("according to"), (of("But critics say the plan"),))
    chosen = ways(draft)
    while chosen.step(Role.CONTENT) and chosen.shown is not None:
        said, cues = chosen.shown.attribution.content, set()
        while chosen.step(Role.CUE) and chosen.shown.role is Role.CUE:
            made = chosen.shown.attribution
            assert made.cue is not None
            assert made.content == said or any(made.cue.overlaps(span) for span in said)
            assert made.source == draft.source
            cues.add(made.cue)
        assert len(cues) > 2
        assert chosen.shown.attribution.content == said


def test_what_leaves_the_claim_without_a_mark_is_no_way() -> None:
    """The claim is the first clause: its attribution may reach beyond it, and not leave it."""
    claim, known = at("Ines Duarte, the harbour master"), Known(source=["the Sela Post", "master"])
    draft = Draft("d1", (at("Ines Duarte"),), at("told"), (at("that two cables"),))
    ways = NextBest(SpanEditor.opened(draft, claim, TEXT, [SENTENCE], [SENTENCE], known), finish)
    assert ways.step(Role.SOURCE)
    assert shown(ways) == ("master", "told", "that two cables")
    assert ways.shown is not None
    assert ways.shown.count == 1
