"""A sentence of more tokens than prose has is read in parts, and a claim that it is has candidates near its cue."""

from __future__ import annotations

from annotator.model.article import Segmentation
from annotator.model.attribution import Role
from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.segmentation import split
from annotator.suggesters.candidates import Candidates
from annotator.suggesters.reading.units import LONGEST, read

CLAUSE = "the pier stays shut until the ferry comes, and "


def one_sentence(before: int, behind: int) -> tuple[str, Segmentation]:
    text = f"Now {CLAUSE * before}Ines Duarte said that the ramp is old, and {CLAUSE * behind}nothing else."
    return text, split(text)


def test_a_long_sentence_is_read_in_parts_that_lose_no_token() -> None:
    text, segmentation = one_sentence(100, 100)
    reading = read(text, segmentation)
    assert len(reading.units) > 2
    assert all(len(unit.tags) <= LONGEST for unit in reading.units)
    assert [start for unit in reading.units for start in unit.starts] == reading.tokens.starts
    assert not any(unit.whole for unit in reading.units)


def test_the_parts_end_behind_a_mark_and_keep_their_quotations() -> None:
    text = f"Now {CLAUSE * 60}the “old” ramp and {CLAUSE * 60}the “new” one."
    reading = read(text, split(text))
    assert all(unit.forms[-1] == "," for unit in reading.units[:-1])
    quoted = [unit.span(at, at).slice(text) for unit in reading.units for at in unit.quotations]
    assert quoted == ["“old”", "“new”"]


def test_a_sentence_of_ordinary_length_is_one_unit() -> None:
    text, segmentation = one_sentence(2, 2)
    (unit,) = read(text, segmentation).units
    assert unit.whole


def test_with_a_cue_the_words_near_it_are_offered() -> None:
    text, segmentation = one_sentence(400, 400)
    claim = segmentation.sentences[0].span
    start = text.index("said")
    cue = Span(start, start + 4)
    marks = Candidates(text, segmentation).completion(claim, cue)
    assert [span.slice(text) for span in marks.source] == ["Ines Duarte"]
    assert marks.content[0].slice(text).startswith("that the ramp is old")


def test_without_a_cue_those_at_the_beginning_are_offered() -> None:
    text, segmentation = one_sentence(400, 0)
    text = text.replace("Now ", "The mayor said that ", 1)
    segmentation = split(text)
    claim = segmentation.sentences[0].span
    offered = Candidates(text, segmentation).of(Role.CUE, claim, Marks())
    assert "said" in [span.slice(text) for span in offered]


def test_of_a_quotation_as_long_as_an_article_the_claim_s_own_sentences_are_looked_at() -> None:
    text = f"“{'The pier is shut. ' * 300}Ines Duarte said that the ramp is old. {'It stays so. ' * 300}”"
    segmentation = split(text)
    claim = next(each.span for each in segmentation.sentences if "said" in each.span.slice(text))
    known = Candidates(text, segmentation)
    assert known.of(Role.CUE, claim, Marks())[0].slice(text) == "said"
