"""Where spans are placed in the text: only in it, and with `realign` at the nearest of the places that fit."""

from __future__ import annotations

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations.placing import Placing, ordered
from annotator.model.offsets import OffsetUnit, ruler
from annotator.model.span import Span

TEXT = "Eva said so. Eva left. 🌊"


@pytest.mark.parametrize(("start", "end"), [(0, 25), (24, 26), (30, 40), (3, 3), (4, 3)])
def test_a_span_that_is_none_or_ends_behind_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ImportFailure, match=f"{start}..{end} is no span of the text"):
        Placing(TEXT, "a.ann").span(start, end, None, "line 1")
    assert Placing(TEXT, "a.ann").span(0, 24, None, "line 1") == Span(0, 24)


def test_in_utf_16_the_text_ends_a_unit_later_and_no_character_is_divided() -> None:
    placing = Placing(TEXT, "a.json", counted=ruler(TEXT, OffsetUnit.UTF16))
    assert placing.span(0, 25, None, "") == Span(0, 24)
    for end in (24, 26):
        with pytest.raises(ImportFailure, match="no span of the text, in utf-16"):
            placing.span(0, end, None, "")


@pytest.mark.parametrize(("near", "found"), [(0, 0), (6, 0), (7, 13), (14, 13), (90, 13)])
def test_what_is_elsewhere_is_moved_to_the_nearest_place(near: int, found: int) -> None:
    placing = Placing(TEXT, "a.ann", realign=True)
    assert placing.span(near, near + 3, "Eva", "line 1") == Span(found, found + 3)
    assert [note.said for note in placing.notes] == ([f"'Eva' moved from {near} to {found}"] if near != found else [])


def test_pieces_are_proved_by_one_quotation_with_a_space_between_them() -> None:
    placing, pairs = Placing(TEXT, "a.ann"), [(0, 3), (13, 16)]
    assert placing.pieces(pairs, "Eva Eva", "T1") == [Span(0, 3), Span(13, 16)]
    for quoted in ("Eva Ev", "Eva Eva ", "EvaEva"):
        with pytest.raises(ImportFailure, match="the offsets cover 6 characters in 2 pieces, the quoted text has"):
            placing.pieces(pairs, quoted, "T1")
    with pytest.raises(ImportFailure, match=r"13\.\.16 is 'Eva' and not 'Ava'"):
        placing.pieces(pairs, "Eva Ava", "T1")


def test_spans_that_overlap_are_one_and_those_that_touch_are_not() -> None:
    assert ordered([Span(3, 6), Span(0, 2), Span(2, 4)]) == (Span(0, 2), Span(2, 6))
    assert ordered([Span(0, 9), Span(2, 4)]) == (Span(0, 9),)
