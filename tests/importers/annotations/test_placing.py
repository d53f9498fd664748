"""Where spans are placed in the text: only in it, and with `realign` at the nearest of the places that fit."""

from __future__ import annotations

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations.placing import Placing
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
