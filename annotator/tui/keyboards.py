"""Keyboards other than the American: what needs AltGr on them, and what the letters of other scripts stand for.

Which character lies where is xkeyboard-config's (`xkbcli how-to-type`), whose layouts are those of Linux; other systems
differ in single characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from annotator.errors import ConfigError
from annotator.model.counts import counted, in_number

NEEDS_ALTGR: Mapping[str, str] = {
    "German, Austrian": "[]{}|\\@~",
    "Swiss": "[]{}|\\@#",
    "French": "[]{}|\\@^`#",
    "Belgian": "[]{}|\\@^#",
    "Dutch": "{}\\~^`",
    "Spanish": "[]{}|\\@~#",
    "Latin American": "\\@~",
    "Portuguese": "[]{}@",
    "Brazilian": "~^`",
    "Italian": "[]{}@~`#",
    "Swedish, Finnish, Danish": "[]{}|\\@",
    "Norwegian": "[]{}@",
    "Icelandic": "[]{}|\\@~^`",
    "Croatian, Slovenian": "[]{}|\\@^",
    "Czech, Slovak": "[]{}@~^`#<>&*",
    "Hungarian": "[]{}|\\@~^`#<>;&*",
    "Turkish": "[]{}|\\@~`#",
    "British, Polish, Romanian": "",
}
"""By layout, the characters that take AltGr (Option on a Mac)."""

_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_SHIFTED = ("QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?")
LAYOUTS: Mapping[str, str] = {
    "russian": "йцукенгшщзхъ фывапролджэ ячсмитьбю",
    "ukrainian": "йцукенгшщзхї фівапролджє ячсмитьбю",
    "belarusian": "йцукенгшўзх' фывапролджэ ячсмітьбю",
    "bulgarian": ",уеишщксдзц; ьяаожгтнвмч юйъэфхпрлб",
    "bulgarian-phonetic": "явертъуиопшщ асдфгхйкл зьцжбнм",
    "serbian": "љњертзуиопшђ асдфгхјклчћ жџцвбнм",
    "macedonian": "љњертѕуиопшѓ асдфгхјклчќ зџцвбнм",
    "greek": ";ςερτυθιοπ ασδφγηξκλ ζχψωβνμ",
    "arabic": "ضصثقفغعهخحجد شسيبلاتنمكط ئءؤر\ufefbىةوزظ"
    " \u064e\u064b\u064f\u064cﻹإ`÷×؛ \u0650\u064d][ﻷأـ،/ ~\u0652}{ﻵآ'",
    "persian": "ضصثقفغعهخحجچ شسیبلاتنمکگ ظطزرذدپو"
    " \u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652 ؤئيإأآة ك\u0653ژ\u0670\u200c\u0654ء",
    "hebrew": "/'קראטוןםפ שדגכעיחלךף זסבהנמצתץ",
}
"""By name, what the rows of letters type, from the left; three more rows are what they type with Shift."""

# Where the key of q or w types a sign, which keeps its own meaning: what it types with Shift, or a sign that is free.
_BESIDE: Mapping[str, Mapping[str, str]] = {
    "greek": {":": "q"},
    "bulgarian": {"ы": "q"},
    "hebrew": {"'": "w", "&": "q"},
}


def letters(layout: str) -> Mapping[str, str]:
    """What each character of a layout is on the American keyboard; empty for an empty name.

    `layout` is a name or rows as in `LAYOUTS`. ASCII keeps its own meaning. Raises ConfigError for what is neither.
    """
    if not layout:
        return {}
    named = LAYOUTS.get(layout.strip().lower())
    if named is None and layout.isascii():
        raise ConfigError(f"no layout is called {layout!r} (known: {', '.join(LAYOUTS)}; or write its rows of letters)")
    rows = (named or unicodedata.normalize("NFC", layout)).split()
    if len(rows) not in (3, 6):
        raise ConfigError(
            f"layout: {in_number(len(rows), 'row[s] [is|are]')} given; 3 are wanted, blanks between them, "
            "from the keys of q, a and z on, or 6: with Shift too"
        )
    found: dict[str, str] = dict(_BESIDE.get(layout.strip().lower(), {}))
    for character, means in _typed(rows):
        if found.setdefault(character, means) != means and named is None:
            raise ConfigError(f"layout: {character!r} stands at both {found[character]!r} and {means!r}")
    if len(rows) == 3:
        # A final form (ς) has no capital of its own.
        capitals = {c.upper(): means for c, means in found.items() if c.upper().lower() == c != c.upper()}
        places = dict(zip("".join(_ROWS), "".join(_SHIFTED), strict=True))
        found |= {c: places[means] for c, means in capitals.items() if c not in found}
    return found


def plain(key: str, letters: Mapping[str, str]) -> str:
    """What a key is on the American keyboard, by the `letters` of the layout; without any, the key as it is.

    Digits of other scripts are digits too.
    """
    if not letters or key in letters:
        return letters.get(key, key)
    return str(unicodedata.decimal(key)) if len(key) == 1 and unicodedata.decimal(key, None) is not None else key


def _typed(rows: list[str]) -> Iterator[tuple[str, str]]:
    for given, keys in zip(rows, (*_ROWS, *_SHIFTED), strict=False):
        if len(given) > len(keys):
            raise ConfigError(
                f"layout: the row {given!r} has {counted(len(given), 'character')}; there are {len(keys)} keys"
            )
        yield from ((c, key) for c, key in zip(given, keys, strict=False) if not c.isascii())
