from __future__ import annotations

from annotator.editing.text_units import clauses
from annotator.model.language.words import words
from annotator.model.span import Span

TEXT = (
    "The bridge closed at dawn. Ines Duarte, the harbour master, told the Sela Post that two cables had “lost tension”."
)
SENTENCES = [Span(0, 26), Span(27, len(TEXT))]


def test_words_keep_what_belongs_together_and_part_punctuation() -> None:
    found = [span.slice(text) for text in ["The AT&T deal isn’t U.S.-made, “yes”."] for span in words(text)]
    assert found == ["The", "AT&T", "deal", "isn’t", "U.S", ".", "-", "made", ",", "“", "yes", "”", "."]


def test_words_of_a_part_have_the_offsets_of_the_whole() -> None:
    assert words("one two three", 4, 7) == [Span(4, 7)]


def test_clauses_end_at_commas_and_leave_the_full_stop_out() -> None:
    found = [span.slice(TEXT) for span in clauses(TEXT, SENTENCES)]
    assert found[:3] == ["The bridge closed at dawn", "Ines Duarte", "the harbour master"]


def test_a_clause_begins_with_the_word_that_begins_it_and_with_its_verb() -> None:
    text = "A report she wrote said that the ramp would close"
    found = [span.slice(text) for span in clauses(text, [Span(0, len(text))])]
    assert found == ["A report she wrote", "said", "that the ramp", "would close"]


def test_what_an_apostrophe_joins_to_a_word_can_be_left_out_of_a_mark() -> None:
    assert [span.slice("He’s late") for span in words("He’s late")] == ["He", "’s", "late"]
    assert [span.slice("O’Brien can’t") for span in words("O’Brien can’t")] == ["O’Brien", "can’t"]


def test_a_quoted_clause_keeps_its_quotation_marks() -> None:
    found = [span.slice(TEXT) for span in clauses(TEXT, SENTENCES)]
    assert "“lost tension”" in found
    straight = 'He said "it is shut" twice.'
    assert '"it is shut"' in [span.slice(straight) for span in clauses(straight, [Span(0, len(straight))])]
