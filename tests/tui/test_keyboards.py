from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ConfigError
from annotator.model.scheme import default_scheme
from annotator.tui.keyboards import LAYOUTS, NEEDS_ALTGR, letters, plain
from annotator.tui.keymap import LABELS, REVIEW, SPANS, Keymap, actions

TABLE = actions(default_scheme())
WESTERN = [name for name in NEEDS_ALTGR if not name.startswith(("Czech", "Hungarian"))]


@pytest.mark.parametrize("layout", WESTERN)
def test_every_action_has_a_key_that_needs_no_altgr(layout: str) -> None:
    taken = set(NEEDS_ALTGR[layout])
    without = [action.id for action in TABLE if all(key in taken for key in action.key_list)]
    assert without == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_small_letter_that_is_a_key_can_be_typed_on_a_named_layout(layout: str) -> None:
    known = letters(layout)
    keymap = Keymap(TABLE, known)
    for mode in (REVIEW, SPANS):
        for letter in "abcdefghijklmnopqrstuvwxyz":
            wanted = keymap.action(mode, letter)
            if wanted is not None:
                typed = [character for character, means in known.items() if means == letter]
                assert [keymap.action(mode, character) for character in typed].count(wanted), (mode, letter)


@pytest.mark.parametrize(
    ("layout", "typed", "means"),
    [
        ("russian", "Йцфы[ъ.ж", "Qwas[].;"),
        (" Russian", "й", "q"),
        ("ukrainian", "іІїє", "sS]'"),
        ("bulgarian-phonetic", "яЯж", "qQv"),
        ("greek", "αςΣλ:;", "awSlq;"),
        ("arabic", "ضشئ\u0650", "qazA"),
        ("arabic", "٠١٢", "012"),
        ("persian", "ض۲چ", "q2]"),
        ("hebrew", "'שץ2", "wa.2"),
        ("йцукен фыва яч", "йЙфч5", "qQax5"),
    ],
)
def test_a_letter_means_the_key_that_it_lies_on(layout: str, typed: str, means: str) -> None:
    known = letters(layout)
    assert "".join(plain(character, known) for character in typed) == means


def test_rows_with_shift_are_given_where_they_are_no_capitals() -> None:
    known = letters("ضص شس ئء ×÷ أإ آؤ")
    assert [plain(character, known) for character in "ض×إش"] == ["q", "Q", "S", "a"]


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ("klingon", "no layout is called 'klingon' \\(known: russian, ukrainian"),
        ("йцукен", "1 row is given"),
        ("йц фы яч ЖЭ", "4 rows are given; 3 are wanted"),
        ("йцукенгшщзхъё фы яч", "the row 'йцукенгшщзхъё' has 13 characters; there are 12 keys"),
        ("йц йы яч", "'й' stands at both 'q' and 'a'"),
    ],
)
def test_what_is_no_layout_is_said(layout: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        letters(layout)


def test_without_a_layout_every_key_is_itself() -> None:
    assert letters("") == {}
    assert [plain(key, {}) for key in ("ж", "٢", "enter")] == ["ж", "٢", "enter"]


def test_words_are_named_by_their_letters_on_another_layout_too() -> None:
    found = Keymap(TABLE, letters("russian")).action(LABELS, "ф")
    assert found is not None
    assert found.id == "label.a"


def test_a_key_of_ones_own_goes_before_what_lies_on_it() -> None:
    keymap = Keymap(actions(default_scheme(), {"flag": "й f"}), letters("russian"))
    assert [action.id for key in "йЙ" if (action := keymap.action(REVIEW, key))] == ["flag", "question"]


async def test_review_lists_and_fields_on_a_russian_keyboard(
    workbench: Any, library: Callable[..., Path], stored: Any
) -> None:
    async with workbench(library(), layout="russian") as desk:
        await desk.press("о", "ы")
        verdict = stored().verdict(stored().claims[1])
        assert verdict is not None
        assert verdict.value == "supported"
        await desk.press("р")
        assert desk.form == "ListScreen"
        await desk.press("й")
        assert desk.form == ""
        await desk.press("щ")
        await desk.type("мост")
        await desk.press("ctrl+s", "й")
        assert desk.desk.state.mode == "queue"
    assert [stored().judgement(claim).note for claim in stored().claims].count("мост") == 1
