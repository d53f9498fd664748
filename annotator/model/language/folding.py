"""Folding: what does not matter in a search, taken out of a text, with the way back to its offsets.

Case, accents, the kind of quotation marks, dashes and white space, soft hyphens, zero-width characters, and how a
letter is composed (NFC, NFD, ligatures, full width) do not matter. Vowel signs of Indic scripts, tone marks of Thai and
the voicing marks of Japanese do: they make another word.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, count

from annotator.model.span import Span

_SAME = {
    "'": "’‘‛ʼʻʹ′`´＇",
    '"': "“”„‟″«»",
    "-": "‐‑‒–—―−",
    # Letters that Unicode does not take for an accented one, and spellings that keyboards differ in.
    "o": "øØ",
    "l": "łŁ",
    "d": "đĐðÐ",
    "h": "ħĦ",
    "i": "ı",
    "ae": "æÆ",
    "oe": "œŒ",
    "ss": "ßẞ",
    "th": "þÞ",
    "ي": "یى",
    "ك": "ک",
}
_WRITTEN = {each: plain for plain, many in _SAME.items() for each in many}
# Combining marks that are accents: of Latin, Greek and Cyrillic, the points of Hebrew, the vowels of Arabic and its
# lengthening stroke, and the dots of Indic letters (nuktas). What is not seen: controls of format, variation selectors.
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc"
)
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_DROPPED = re.compile(f"[{_ACCENTS}{_UNSEEN}]+")
# What may become one letter with what stands before it, though it counts as no accent: parts of vowel signs, the
# voicing marks of kana, and the vowels and finals of Hangul.
_COMPOSING = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1b35"
    "\u3099\u309a\uff9e\uff9f\u1160-\u11ff\uffa0-\uffdc"
)
_BEHIND_MARKS = 0x1F000
"""No combining mark has a greater number (but for a few of musical notation)."""
_ASTRAL = "\U00010000"


def fold(text: str) -> str:
    """The text without what does not matter in a search; folding it again changes nothing."""
    # Most that is not ASCII in an English text is quotation marks and dashes, whose plain spelling is.
    plain = letters_written(text)
    if plain.isascii():
        return plain.lower().replace("`", "'")
    found = _DROPPED.sub("", decomposed(text))
    return unicodedata.normalize("NFC", letters_written(found.casefold()).replace("`", "'"))


def decomposed(text: str) -> str:
    """The text in NFKD, but for marks that this would take for accents on blanks."""
    return unicodedata.normalize("NFKD", _in_order(text.replace("´", "'").replace("″", '"')))


def _in_order(text: str) -> str:
    """The text with long runs of combining marks in the order that normalising gives them.

    `unicodedata` puts them in order one by one, each past all that stand before it.
    """
    return text if text.isascii() else _many_marks().sub(_sorted_marks, text)


def _sorted_marks(found: re.Match[str]) -> str:
    letters = [letter for each in found[0] for letter in unicodedata.normalize("NFKD", each)]
    classes = [unicodedata.combining(letter) for letter in letters]
    # What is no mark stays where it is, and its marks behind it.
    sections = accumulate(not class_ for class_ in classes)
    return "".join(letter for *_, letter in sorted(zip(sections, classes, count(), letters, strict=False)))


def letters_written(text: str) -> str:
    """The text with the plain spelling of quotation marks, dashes and letters that have one and do not decompose."""
    if text.isascii():
        return text
    for written, plain in _WRITTEN.items():
        # Looking whether a character is there takes a hundredth of the time that a table for all of them takes.
        if written in text:
            text = text.replace(written, plain)
    return text


class Folded:
    """A folded text with the way back to the text as it was; offsets are code points."""

    def __init__(self, text: str) -> None:
        plain = letters_written(text)
        # Of most texts all that is not ASCII is quotation marks and dashes, each of which is one letter for one.
        is_plain = plain.isascii() and len(plain) == len(text)
        lines = [plain] if is_plain else text.splitlines(keepends=True)
        made = [fold(line) for line in lines]
        self.text = "".join(made)
        self._lines = lines
        self._starts = [0, *accumulate(map(len, lines))]
        self._folded_starts = [0, *accumulate(map(len, made))]
        self._ways: dict[int, tuple[Sequence[int], Sequence[int]]] = {}

    def span(self, start: int, end: int) -> Span:
        """Where in the text as it was `[start, end)` of the folded one came from; never a part of a letter.

        Marks and unseen characters behind its last letter belong to it.
        """
        return Span(self._back(start)[0], self._back(end - 1)[1])

    def _back(self, at: int) -> tuple[int, int]:
        """Where the letter starts and ends that a folded character came from."""
        line = bisect_right(self._folded_starts, at) - 1
        if line not in self._ways:
            # Few lines have a hit: most are never walked through letter by letter.
            self._ways[line] = _ways_back(self._lines[line])
        starts, ends = self._ways[line]
        within, first = at - self._folded_starts[line], self._starts[line]
        return first + starts[within], first + ends[within]


def _ways_back(line: str) -> tuple[Sequence[int], Sequence[int]]:
    """Where each folded character's letter starts, and where it ends."""
    if line.isascii():
        return range(len(line)), range(1, len(line) + 1)
    starts, ends = array("q"), array("q")
    for match in _pieces().finditer(line):
        start, end = match.span()
        if match[0].isascii():
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            length = _folded_length(match[0])
            starts.extend([start] * length)
            ends.extend([end] * length)
    return starts, ends


@lru_cache(maxsize=4096)
def _folded_length(piece: str) -> int:
    return len(fold(piece))


@lru_cache(maxsize=1)
def _marks() -> str:
    """All characters that normalising may put in another order."""
    return "".join(map(chr, filter(lambda code: unicodedata.combining(chr(code)), range(0x300, _BEHIND_MARKS))))


@lru_cache(maxsize=1)
def _many_marks() -> re.Pattern[str]:
    """More marks behind each other than any language writes (UAX 15, Stream-Safe Text Format).

    Beyond the Basic Multilingual Plane all characters count, because a set of many there is slow to look through; and
    the first is written apart, because what begins with a set is searched for quickly.
    """
    marks = f"[{''.join(filter(lambda mark: mark < _ASTRAL, _marks()))}{_ASTRAL}-\U0001efff]"
    return re.compile(f"{marks}{marks}{{30,}}")


@lru_cache(maxsize=1)
def _pieces() -> re.Pattern[str]:
    """What is folded at once: a character with everything behind it that may compose with it or change places.

    ASCII that nothing but ASCII follows is one piece.
    """
    return re.compile(rf"[\x00-\x7f]+(?=[\x00-\x7f]|\Z)|[\s\S][{_marks()}{_ACCENTS}{_UNSEEN}{_COMPOSING}]*")
