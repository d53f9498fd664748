"""The letters beyond ASCII of Europe's Latin alphabets, to choose between encodings that fit the bytes equally well.

The code pages 1250, 1252, 1254 and 1257 give most bytes a letter each, so a short text is plausible in all of them,
statistically; but only in the right one are all its letters those of one language.
"""

from __future__ import annotations

from collections.abc import Sequence

LATIN_PAGES = ("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2")
"""Python's names, the commonest first."""

# From the exemplar characters of Unicode's CLDR.
_LETTERS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "áàâãçéêíóôõúü",  # Portuguese
        "áéíñóúüªº",  # Spanish
        "äöüß",  # German
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åäöéà",  # Swedish, Finnish
        "åæøéèòóô",  # Danish, Norwegian
        "áäéèëíïóöúü",  # Dutch
        "áðéíóúýþæö",  # Icelandic
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "ąćęłńóśźż",  # Polish
        "áéíóöőúüű",  # Hungarian
        "ăâîşţ",  # Romanian
        "čćđšž",  # Croatian, Slovene
        "çëğıöşüâîû",  # Turkish, Albanian
        "äõöüšž",  # Estonian
        "āčēģīķļņšūž",  # Latvian
        "ąčęėįšųūž",  # Lithuanian
    )
)


def most_fitting(data: bytes, encodings: Sequence[str]) -> str:
    """The one of the encodings in which the letters are most nearly those of one language; the first of equals."""
    return max(encodings, key=lambda encoding: _fit(data.decode(encoding, "replace")))


def _fit(text: str) -> float:
    """The share, from 0 to 1, of the letters beyond ASCII that the best language has."""
    letters = [letter for letter in text.lower() if letter > "\x7f" and letter.isalpha()]
    if not letters:
        return 1.0
    return max(sum(letter in alphabet for letter in letters) for alphabet in _LETTERS) / len(letters)
