"""Reviewers' names: one rule for what can be one, wherever it comes from.

Names that databases had before the rule stay as they are, and can be asked for.
"""

from __future__ import annotations

import unicodedata

from annotator.errors import DomainError
from annotator.model.text import neutral_line

LONGEST_NAME = 40
"""Code points of a reviewer's name."""

ADJUDICATED = "adjudicated"
"""The handle of the adjudicated layer: decisions of the lead's, beside everybody's own. It is nobody's name."""

# Controls, formats (zero-width characters, marks of direction, tags), halves of pairs, private use, what no standard
# has assigned, and the separators of lines and paragraphs.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# What Unicode calls ignorable by default beside those (Default_Ignorable_Code_Point in DerivedCoreProperties.txt):
# the grapheme joiner, Hangul fillers, inherent vowels of Khmer, variation selectors; and the blank of Braille.
_FILLERS = frozenset(
    (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10), 0xFFA0,
     *range(0xE0100, 0xE01F0))
)  # fmt: skip


def reviewer_handle(typed: str) -> str:
    """The name as it is kept: NFC, in lower case, without white space around it.

    Raises DomainError unless it has 1 to 40 code points, all of which are seen: no character steers a terminal or is
    invisible, and of white space there are only spaces between words.
    """
    handle = name_as_kept(typed)
    if not handle:
        raise DomainError("a reviewer's name needs at least one character")
    if len(handle) > LONGEST_NAME:
        raise DomainError(f"a reviewer's name has at most {LONGEST_NAME} characters, not {len(handle)}")
    if handle == ADJUDICATED:
        raise DomainError(f"{ADJUDICATED!r} is the name of what the lead settles: take another one")
    for number, character in enumerate(handle, 1):
        if _is_unseen(character):
            raise DomainError(
                "a reviewer's name must not have control characters or others that nobody sees: "
                f"U+{ord(character):04X} is its character {number}"
            )
    return handle


def name_as_kept(typed: str) -> str:
    """The name in the form that names are kept in, whether or not it can be one: for those that are there already."""
    return unicodedata.normalize("NFC", typed.strip().lower())


def _is_unseen(character: str) -> bool:
    if character == " ":
        return False
    return (
        unicodedata.category(character) in _INVISIBLE
        or ord(character) in _FILLERS
        or character.isspace()
        or neutral_line(character) != character
    )
