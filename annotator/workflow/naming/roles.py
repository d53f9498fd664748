"""Roles: words such as "the harbour master" that say what somebody is, and who an article names with them.

The rules are for English news text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.model.language.mention import PRONOUNS, bare_name

_LONGEST_ROLE = 3
_DEFINITE = ("the ", "this ", "that ")
_INDEFINITE = ("a ", "an ", "one ", "some ", "many ", "most ", "several ", "two ", "three ", "four ", "five ")
_ENDS = re.compile(r"\s(?:of|for|in|from|at|with|on|by|to|near|under|since|until|who|whose|which|when|where)\s")
_PIECES = re.compile(r"[,;:()—–]|\s-+\s")
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|now|then|also|and|who is|who was)\s+)+", re.IGNORECASE
)
_WORD = r"(?:[^\W\d_a-z]\w{0,2}\.|[^\W\d_a-z][\w’'-]*)"
_NAME = rf"{_WORD}(?:\s(?:(?:de|da|do|dos|di|van|von|la|le|al|bin)\s)?{_WORD}){{1,3}}"
_NEAR = 60
"""Code points between a name and what is said of it in the same breath."""


def role_of(words: str, *, headline: bool) -> str:
    """The role in words that only say what somebody is, in lower case; empty for any other words.

    Behind "the"; in a headline also without it ("harbour master says"), and in capitals.
    """
    line = " ".join(words.split())
    folded = line.casefold()
    definite = folded.startswith(_DEFINITE)
    if not definite and (not headline or folded.startswith(_INDEFINITE)):
        return ""
    role = line.split(" ", maxsplit=1)[1] if definite else line
    plain = role.replace("-", "").replace("’", "").replace("'", "").replace(" ", "").isalpha()
    if not plain or len(role.split()) > _LONGEST_ROLE or folded in PRONOUNS:
        return ""
    return "" if not headline and any(word[:1].isupper() for word in role.split()) else role.casefold()


@lru_cache(maxsize=4096)
def has_role(mention: str, role: str) -> bool:
    """Whether a mention of somebody with a name says that they have the role: at the end of a phrase, not inside it.

    "Ines Duarte, the harbour master" is the "harbour master" and the "master"; "an aide to the mayor" is no mayor.
    """
    name = bare_name(mention)
    pieces = (piece.partition(name)[0] if name in piece else piece for piece in _PIECES.split(mention))
    return any(_ends_with(piece, role) for piece in pieces)


def _ends_with(piece: str, role: str) -> bool:
    head = _DETERMINERS.sub("", _ENDS.split(f" {piece} ", maxsplit=1)[0].strip()).strip()
    return f" {head.casefold()}".endswith(f" {role}")


@lru_cache(maxsize=256)
def named_with(text: str, role: str) -> tuple[str, ...]:
    """The names of two words or more that a text gives to somebody of the role, in order and each once.

    "Harbour master Ines Duarte", "the harbour master, Ines Duarte," and "Ines Duarte, the harbour master".
    """
    spaced = re.escape(role).replace("\\ ", r"\s+")
    before = re.finditer(rf"(?<!\w)(?i:{spaced}),?\s+({_NAME})(?=[\s,.;:)’'”\"])", text)
    behind = re.finditer(rf"(?<!\w)({_NAME})(?:,|\s\(|\s[–—-]+)(?=\s*([^,.;:()\n]{{3,{_NEAR}}}))", text)
    found = [(match.start(1), match[1]) for match in before]
    found += [(match.start(1), match[1]) for match in behind if _ends_with(match[2], role)]
    names = (bare_name(name) for _, name in sorted(found))
    return tuple(dict.fromkeys(name for name in names if len(name.split()) > 1))
