from __future__ import annotations

import pytest

from annotator.model.scheme import default_scheme
from annotator.tui.key_names import is_key
from annotator.tui.keymap import actions


def test_the_table_has_no_key_that_cannot_be_pressed() -> None:
    assert [key for action in actions(default_scheme()) for key in action.key_list if not is_key(key)] == []


@pytest.mark.parametrize(
    "key", ["x", "X", "é", "+", "f5", "pagedown", "ctrl+f", "shift+left", "ctrl+slash", "alt+comma"]
)
def test_characters_names_and_modifiers_are_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key", ["return", "Ctrl+f", "ctrl+F", "control+x", "shift+a", "ctrl+", "ctrl+ctrl+a", "f25", "ctrl+nothing", "pgdn"]
)
def test_what_no_terminal_sends_is_no_key(key: str) -> None:
    assert not is_key(key)
