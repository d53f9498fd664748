from __future__ import annotations

from typing import Any

import pytest

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.editing.text_units import Unit
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form, Role
from annotator.model.span import Span

TEXT = (
    "Bridge at Sela closed\n\n"
    "The bridge closed at dawn. Ines Duarte, the harbour master, told the Sela Post that two cables had “lost "
    "tension”.\n\n"
    "“Nobody was hurt,” she said. Traffic uses the old ramp."
)
UNITS: tuple[Unit, ...] = ("word", "clause", "sentence", "paragraph")


def at(piece: str, text: str = TEXT) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


SENTENCES = [
    at("Bridge at Sela closed"),
    at("The bridge closed at dawn."),
    at("Ines Duarte, the harbour master, told the Sela Post that two cables had “lost tension”."),
    at("“Nobody was hurt,” she said."),
    at("Traffic uses the old ramp."),
]
PARAGRAPHS = [SENTENCES[0], Span(SENTENCES[1].start, SENTENCES[2].end), Span(SENTENCES[3].start, len(TEXT))]


def editor(selection: str = "Ines", draft: Draft | None = None) -> SpanEditor:
    return SpanEditor(TEXT, SENTENCES, PARAGRAPHS, draft or Draft("d1"), at(selection))


def selected(made: SpanEditor) -> str:
    return made.selection.slice(TEXT)


# Moving and extending

STEPS = [
    ("word", "Ines", "Duarte", "."),
    ("clause", "Ines Duarte", "the harbour master", "The bridge closed at dawn"),
    ("sentence", SENTENCES[2].slice(TEXT), SENTENCES[3].slice(TEXT), SENTENCES[1].slice(TEXT)),
    ("paragraph", PARAGRAPHS[1].slice(TEXT), PARAGRAPHS[2].slice(TEXT), PARAGRAPHS[0].slice(TEXT)),
]


@pytest.mark.parametrize(("unit", "start", "following", "before"), STEPS)
def test_moving_selects_the_unit_behind_or_before(unit: Unit, start: str, following: str, before: str) -> None:
    forward = editor(start)
    forward.move(unit, 1)
    assert selected(forward) == following
    back = editor(start)
    back.move(unit, -1)
    assert selected(back) == before


@pytest.mark.parametrize("unit", ["clause", "sentence", "paragraph"])
def test_moving_forward_from_a_part_first_takes_the_whole_unit(unit: Unit) -> None:
    made = editor("Duarte")
    made.move(unit, 1)
    assert made.selection.contains(at("Ines Duarte"))
    assert made.selection in made.units(unit)


@pytest.mark.parametrize("unit", UNITS)
def test_moving_at_the_ends_of_the_article_stays(unit: Unit) -> None:
    for step, units in ((1, -1), (-1, 0)):
        made = editor()
        made.selection = made.units(unit)[units]
        made.move(unit, step)
        assert made.selection == made.units(unit)[units]


@pytest.mark.parametrize("unit", UNITS)
def test_extending_and_shrinking_at_the_end_is_there_and_back(unit: Unit) -> None:
    made = editor()
    made.move(unit, 1)
    before = made.selection
    made.extend(unit, 1)
    assert made.selection.start == before.start
    assert made.selection.end > before.end
    made.extend(unit, -1)
    assert made.selection == before


@pytest.mark.parametrize("unit", UNITS)
def test_extending_and_shrinking_at_the_start_is_there_and_back(unit: Unit) -> None:
    made = editor("she")
    made.selection = next(span for span in made.units(unit) if span.end > made.selection.start)
    before = made.selection
    made.swap()
    made.extend(unit, 1)
    assert made.selection.end == before.end
    assert made.selection.start < before.start
    made.extend(unit, -1)
    assert made.selection == before


def test_a_letter_more_or_less_at_either_end_and_blanks_are_stepped_over() -> None:
    made = editor("Ines")
    made.extend("letter", -1)
    assert selected(made) == "Ine"
    for _ in range(2):
        made.extend("letter", 1)
    assert selected(made) == "Ines D"
    made.swap()
    made.extend("letter", -1)
    assert selected(made) == "nes D"
    for _ in range(2):
        made.extend("letter", 1)
    assert selected(made) == ". Ines D"


def test_the_last_letter_stays() -> None:
    for at_start, last in ((False, "I"), (True, "s")):
        made = editor("Ines")
        made.at_start = at_start
        for _ in range(9):
            made.extend("letter", -1)
        assert selected(made) == last


def test_shrinking_never_empties_the_selection() -> None:
    for at_start in (False, True):
        made = editor("Ines")
        made.at_start = at_start
        for unit in UNITS:
            made.extend(unit, -1)
        assert selected(made) == "Ines"


def test_moving_extends_at_the_end_again() -> None:
    made = editor("Ines")
    made.swap()
    made.move("word", 1)
    made.extend("word", 1)
    assert selected(made) == "Duarte,"


# Marks


def test_marks_go_to_their_roles_without_white_space_at_their_ends() -> None:
    made = editor("Ines Duarte")
    made.mark(Role.SOURCE)
    made.selection = at(" told ")
    made.mark(Role.CUE)
    made.selection = at("that two cables had “lost tension”")
    made.mark(Role.CONTENT)
    made.selection = at("the Sela Post")
    made.mark(Role.RELAY)
    assert [(role, span.slice(TEXT)) for role, span in made.draft.role_spans()] == [
        (Role.SOURCE, "Ines Duarte"),
        (Role.CONTENT, "that two cables had “lost tension”"),
        (Role.CUE, "told"),
        (Role.RELAY, "the Sela Post"),
    ]


def test_white_space_alone_is_no_mark() -> None:
    made = editor("\n\n")
    made.mark(Role.SOURCE)
    assert made.draft.empty


def test_a_second_mark_replaces_and_an_added_one_joins_in_order() -> None:
    made = editor("Traffic uses")
    made.mark(Role.CONTENT)
    made.selection = at("Nobody was hurt")
    made.mark(Role.CONTENT, add=True)
    assert list(made.draft.content) == [at("Nobody was hurt"), at("Traffic uses")]
    made.selection = at("the old ramp")
    made.mark(Role.CONTENT)
    assert list(made.draft.content) == [at("the old ramp")]


def test_an_added_piece_swallows_what_it_overlaps() -> None:
    made = editor("Nobody was")
    made.mark(Role.CONTENT)
    made.selection = at("was hurt")
    made.mark(Role.CONTENT, add=True)
    assert made.draft.content == (at("was hurt"),)


def test_the_same_relay_again_is_none() -> None:
    made = editor("the Sela Post")
    made.mark(Role.RELAY)
    assert made.draft.relay == at("the Sela Post")
    made.mark(Role.RELAY)
    assert made.draft.relay is None


def test_new_content_and_a_new_source_are_judged_anew() -> None:
    known = Draft("d1", form=Form.BLOCK, anonymity=Anonymity.UNNAMED)
    made = editor("Ines", known)
    made.mark(Role.SOURCE)
    assert (made.draft.form, made.draft.anonymity) == (Form.BLOCK, None)
    made.mark(Role.CONTENT)
    assert made.draft.form is None


def test_what_was_marked_just_now_can_be_removed_though_what_is_missing_is_in_focus() -> None:
    made = editor("told")
    made.mark(Role.CUE)
    assert made.focus is Role.CONTENT
    assert made.remove() is Role.CUE
    assert made.draft.cue is None


def test_a_role_that_was_removed_again_counts_as_chosen_no_more() -> None:
    made = editor("two cables")
    made.mark(Role.CONTENT)
    assert made.chosen == {Role.CONTENT}
    made.remove()
    assert made.chosen == frozenset()


def test_removing_takes_what_is_under_the_selection_else_the_last() -> None:
    draft = Draft("d1", source=(at("Ines Duarte"),), cue=at("told"), content=(at("two cables"), at("Nobody was hurt")))
    made = editor("Nobody", draft)
    assert made.remove() is Role.CONTENT
    assert made.draft.content == (at("two cables"),)
    made.selection = at("ramp")
    assert made.remove() is Role.CUE
    assert made.draft.cue is None
    assert [made.remove(), made.remove(), made.remove()] == [Role.CONTENT, Role.SOURCE, None]
    assert made.draft.empty


def test_a_role_key_marks_what_was_moved_to_and_else_goes_to_the_mark() -> None:
    made = editor("Ines Duarte")
    made.role_key(Role.SOURCE)
    made.move("word", 1)
    made.role_key(Role.CUE)
    assert (made.draft.source, made.draft.cue) == ((at("Ines Duarte"),), at(","))
    made.role_key(Role.SOURCE)
    assert selected(made) == "Ines Duarte"
    assert made.draft.cue == at(",")


def test_extending_a_mark_changes_it_and_a_free_selection_changes_nothing() -> None:
    made = editor("Ines")
    made.mark(Role.SOURCE)
    made.aim(Role.SOURCE)
    made.extend("word", 1)
    assert made.draft.source == (at("Ines Duarte"),)
    made.move("sentence", 1)
    made.extend("word", 1)
    assert made.draft.source == (at("Ines Duarte"),)


def test_what_was_just_marked_is_mended_though_something_else_is_missing() -> None:
    made = editor("told", Draft("d1", source=(at("Ines Duarte"),)))
    made.mark(Role.CUE)
    assert made.focus is Role.CONTENT
    made.extend("word", 1)
    assert made.draft.cue == at("told the")
    assert not made.draft.content


def test_a_mark_does_not_grow_over_another_piece_of_its_role() -> None:
    made = editor("Duarte")
    made.mark(Role.SOURCE)
    made.selection = at("Ines")
    made.mark(Role.SOURCE, add=True)
    made.aim(Role.SOURCE)
    made.swap()
    made.extend("sentence", 1)
    assert [span.slice(TEXT) for span in made.draft.source] == ["Ines", "Duarte"]


def test_two_named_words_mark_from_one_to_the_other_in_any_order_for_the_role_in_focus() -> None:
    made = editor("Ines")
    made.claim = SENTENCES[2]
    found = {span.slice(TEXT): span for span in made.label_words() if span.overlaps(made.claim)}
    made.take_labels(found["told"], found["told"])
    assert made.draft.cue == at("told")
    assert made.focus is Role.CONTENT
    made.take_labels(found["”"], found["that"])
    assert made.draft.content == (at("that two cables had “lost tension”"),)
    made.add_key(Role.CONTENT)
    made.take_labels(found["the"], found["Post"])
    assert list(made.draft.content) == [at("the Sela Post"), at("that two cables had “lost tension”")]


def test_marking_goes_on_to_what_is_missing() -> None:
    made = editor("told")
    seen = []
    for role in (Role.CUE, Role.CONTENT, Role.SOURCE):
        made.mark(role)
        seen.append(made.focus)
    assert seen == [Role.CONTENT, Role.SOURCE, Role.SOURCE]


# Kinds


@pytest.mark.parametrize(
    ("facet", "kinds"), [("type", AttributionType), ("form", Form), ("anonymity", Anonymity)], ids=str
)
def test_a_facet_cycles_through_all_its_values(facet: Any, kinds: Any) -> None:
    made, seen = editor(), []
    for _ in kinds:
        made.cycle(facet, getattr(made.draft, facet) or next(iter(kinds)))
        seen.append(getattr(made.draft, facet))
    assert set(seen) == set(kinds)


def test_negation_is_there_and_back() -> None:
    made = editor()
    made.negate()
    assert made.draft.negated
    made.negate()
    assert not made.draft.negated


def other(name: str, content: Span) -> Attribution:
    return Attribution(name, (), at("said"), (content,))


def test_nesting_steps_from_the_smallest_to_none() -> None:
    inner, outer = other("inner", at("“Nobody was hurt,” she said.")), other("outer", PARAGRAPHS[2])
    apart = other("apart", SENTENCES[1])
    made = editor("Nobody was hurt", Draft("d1", content=(at("Nobody was hurt"),)))
    seen = []
    for _ in range(4):
        made.nest([outer, apart, inner, other("d1", PARAGRAPHS[2])])
        seen.append(made.draft.parent)
    assert seen == ["inner", "outer", None, "inner"]


def test_nothing_nests_without_content() -> None:
    made = editor()
    made.nest([other("outer", PARAGRAPHS[2])])
    assert made.draft.parent is None
