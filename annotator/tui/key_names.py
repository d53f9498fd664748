"""The names of keys: what a configuration can write and a terminal can send."""

from __future__ import annotations

import re
import unicodedata

_MODIFIERS = frozenset(("ctrl", "alt", "shift", "super", "meta", "hyper"))
_EDITING = ("enter", "tab", "space", "escape", "backspace", "delete", "insert")
_NAMED = frozenset((*_EDITING, "home", "end", "pageup", "pagedown", "up", "down", "left", "right"))
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
# Textual's own short names for characters, where Unicode's would be clumsy.
_SHORT = frozenset(("slash", "backslash", "at", "minus", "plus", "underscore"))


def is_key(key: str) -> bool:
    """Whether a key is called that: a character, or a name with modifiers before it ("ctrl+f", "shift+left", "f5").

    Without a modifier a character is written as itself; with one only letters and digits are ("ctrl+a", "ctrl+slash").
    """
    if len(key) == 1:
        return key.isprintable() and key != " "
    *modifiers, name = key.split("+")
    if not _MODIFIERS.issuperset(modifiers) or len(set(modifiers)) < len(modifiers):
        return False
    if name in _NAMED or _FUNCTION.fullmatch(name):
        return True
    # Shift alone makes another character, and that is what the terminal sends.
    if not set(modifiers) - {"shift"}:
        return False
    return name in _SHORT or (_is_character(name) if len(name) > 1 else name.isalnum() and name == name.lower())


def _is_character(name: str) -> bool:
    try:
        return name.islower() and bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False
