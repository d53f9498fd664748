"""How natural a text looks, so that of several readings of the same bytes the right one can be told.

A wrong encoding of one byte a character leaves traces: a sign in a word, a capital behind a small letter, letters of
two scripts in one word, letters that no language has together, common words that are not there. Each reading is scored
by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from annotator.model.language.alphabets import Alphabet, alphabets
from annotator.model.late import dataclass

RARITY = {
    "cp1252": 0,
    **dict.fromkeys(("cp1250", "cp1251"), 1),
    "iso8859_15": 2,
    **dict.fromkeys(("mac_roman", "cp1254", "cp1257", "cp1253", "cp1255", "cp1256"), 3),
    **dict.fromkeys(("iso8859_2", "koi8_r", "koi8_u"), 4),
    **dict.fromkeys(("iso8859_5", "cp866", "mac_latin2", "mac_cyrillic", "cp850", "cp852"), 12),
    "cp1258": 6,
    "cp437": 20,
}
"""How rarely news is met in an encoding that has one byte a character, by Python's name; a rough order, no count."""

# A word between white space and usual punctuation: what a stray sign cuts off is none.
_WORD = re.compile(r"(?<![^\s(\"'“„«»‘’-])[^\W\d_]+(?![^\s.,;:!?)\"'”“«»’-])")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 40_000
# What stands in news beyond letters, and hardly ever inside a word.
_USUAL = frozenset("“”„‘’«»‹›–—…€£°§·•©®™½¼¾²³µ×±†‰¡¿´" + "\u00a0\u00ad")
# What these marks cost between two letters; all others are strays there.
_INSIDE = {"’": 0.0, "\u00ad": 0.0, "\u00a0": 0.0, "—": 0.5, "‘": 0.5, "…": 0.5, "–": 1.5, "·": 1.5}
_DOUBTFUL = frozenset("´†½¼¾²³µ×±‰‹›")
_BESIDE_A_NUMBER = frozenset("€£°½¼¾²³×±‰§")

_STRAY, _ODD, _SLIGHT, _CAPITALS, _ACCENT = 3.0, 1.5, 0.5, 0.2, 0.2
_FOREIGN, _KNOWN, _COMMON = 1.5, 3.0, 1.0
_NAMES_FROM_ABROAD = 0.4
# What a step of rarity speaks against an encoding, spread over all marks.
_RARER = 0.1
# What costs more is no text; what was written on machines of the eighties has to look like text from the first mark on.
_OLD, _UNNATURAL = 12, 1.3
# So many letters are added to every text, or one short word would decide the shortest ones.
_SMOOTHING = 10


@cache
def _telling() -> tuple[Alphabet, ...]:
    """The alphabets that encodings are told by."""
    return tuple(alphabet for alphabet in alphabets().values() if not alphabet.guessed_only)


@cache
def _one_letter_words() -> frozenset[str]:
    return frozenset(word for alphabet in _telling() for word in alphabet.words if len(word) == 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One encoding's reading of the bytes: `cost` is what speaks against it, 0 and less for natural text."""

    encoding: str
    cost: float


def best_reading(data: bytes, encodings: Mapping[str, int] = RARITY) -> Reading | None:
    """The encoding whose reading of the bytes costs least; None where no reading is text."""
    readings = []
    marks = max(1, sum(byte > 0x7F for byte in data))
    for encoding, rarity in encodings.items():
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        cost = cost_of(text) + _RARER * rarity / marks
        if cost < (0 if rarity >= _OLD else _UNNATURAL):
            readings.append(Reading(encoding, cost))
    return min(readings, key=lambda reading: reading.cost, default=None)


def cost_of(text: str) -> float:
    """What speaks against the text, by its characters beyond ASCII and its best language; about -2 to 5."""
    marks = [match.start() for match in _BEYOND.finditer(text)]
    if not marks:
        return 0.0
    shape = sum(_misplaced(text, at) for at in marks) / len(marks)
    return shape + _language_cost(text[:_SAMPLE], _letters(text, marks), len(marks))


def _letters(text: str, marks: Sequence[int]) -> list[str]:
    """The letters beyond ASCII, lower case, and the apostrophes between two letters."""
    return [
        text[at].lower()
        for at in marks
        if text[at].isalpha() or (text[at] == "’" and (text[at - 1 : at] + text[at + 1 : at + 2]).isalpha())
    ]


def _misplaced(text: str, at: int) -> float:
    """What speaks against one character where it stands."""
    character = text[at]
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if character.isalpha():
        return _misplaced_letter(character, before, behind)
    if character not in _USUAL:
        # Combining marks are at home on letters; whatever else is not usual in news is a sign or a control.
        return _ACCENT if unicodedata.category(character) == "Mn" and before.isalpha() else _STRAY
    if before.isalpha() and behind.isalpha():
        return _INSIDE.get(character, _STRAY)
    if character in "“”„" and before.isspace() and behind.isspace():
        return _SLIGHT
    if character in "–—" and before.isspace() != behind.isspace() and (before + behind).strip().isalpha():
        return _SLIGHT
    if character in _BESIDE_A_NUMBER:
        if _near_number(text, at):
            return 0.0
    elif character not in _DOUBTFUL:
        return 0.0
    # "km²" is a unit; behind a longer word such a sign was a letter.
    return _STRAY if text[max(0, at - 3) : at].isalpha() and at >= 3 else _ODD


def _near_number(text: str, at: int) -> bool:
    return any(character.isdigit() for character in text[max(0, at - 2) : at + 3])


def _misplaced_letter(letter: str, before: str, behind: str) -> float:
    cost = 0.0
    script = _script(letter)
    for neighbour in (before, behind):
        if neighbour.isalpha() and _script(neighbour) != script:
            cost += _STRAY
    if letter.isupper() and before.islower():
        cost += _STRAY
    if (letter.islower() and before.isupper() and behind.isupper()) or (
        letter.isupper() and before.isupper() and behind.islower()
    ):
        cost += _STRAY
    if before.isdigit() or behind.isdigit():
        cost += _SLIGHT
    if before and before in ".,;:!?":
        cost += _ODD
    if letter.isupper() and (before.isupper() or behind.isupper()):
        cost += _CAPITALS
    if not before.isalpha() and not behind.isalpha() and letter.lower() not in _one_letter_words():
        cost += _SLIGHT
    if letter in "ªº" and not before.isdigit():
        cost += _STRAY
    return cost


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0] if letter > "\x7f" else "LATIN"


def _language_cost(text: str, letters: Sequence[str], marks: int) -> float:
    """That of the language which the words and the letters (lower case, beyond ASCII) fit best."""
    words = Counter(match[0].lower() for match in _WORD.finditer(text))
    size = _SMOOTHING + sum(map(str.isalpha, text))
    counts = Counter(letters)
    known = _shares(_homes("words"), {word: len(word) * count for word, count in words.items()})
    own = _shares(_homes("letters"), counts)
    common = _shares(_homes("common"), counts)
    every = len(letters)
    of_letters = [
        _FOREIGN * ((every - at_home) / marks) - _COMMON * (often / size)
        for at_home, often in zip(own, common, strict=True)
    ]
    # A name from abroad has the letters of its own language between the words of another.
    most = min(of_letters) + _NAMES_FROM_ABROAD
    return min(min(cost, most) - _KNOWN * (of_words / size) for cost, of_words in zip(of_letters, known, strict=True))


@cache
def _homes(of: str) -> Mapping[str, Sequence[int]]:
    """The places in `_telling` of the alphabets that have each of their "words", "letters" or "common" ones."""
    homes: dict[str, list[int]] = {}
    for place, alphabet in enumerate(_telling()):
        for each in getattr(alphabet, of):
            homes.setdefault(each, []).append(place)
    return homes


def _shares(homes: Mapping[str, Sequence[int]], amounts: Mapping[str, int]) -> list[int]:
    """Of each alphabet the sum of the amounts of what it has."""
    shares = [0] * len(_telling())
    for each, amount in amounts.items():
        for place in homes.get(each, ()):
            shares[place] += amount
    return shares
