"""Words and letters as readers see them, after UAX 29; offsets are code points.

A letter is a grapheme cluster: accents, vowel signs and joiners stand with the letter before them, and no word ends
inside one. Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) have no words that
could be known without a dictionary: there a word is a run of Chinese characters, of hiragana or of katakana, which is
where names, particles and endings part, and of the others a syllable as it is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    import regex

_CLITIC = r"[’'](?:s|re|ve|ll|d|m)\b"
# Kana may be voiced by a mark of its own; the mark of length, and the point between the parts of a foreign name, belong
# to them.
_UNSPACED = (
    r"(?:[\p{Han}々〆〇]\p{M}*)+"
    r"|(?:[\p{Hiragana}ゝゞ]ー*\p{M}*)+"
    r"|(?:[\p{Katakana}ーｰﾞﾟヽヾ]\p{M}*)+(?:・(?:[\p{Katakana}ーｰﾞﾟヽヾ]\p{M}*)+)*"
    r"|[\u0e40-\u0e44\u0ec0-\u0ec4]?(?=[\p{Thai}\p{Lao}])\X[\u0e30\u0e32\u0e33\u0e45\u0e46\u0eb0\u0eb2\u0eb3]*"
    r"|(?=[\p{Khmer}\p{Myanmar}])\X"
)
_SPACED = r"(?![\p{Han}々〆〇\p{Hiragana}\p{Katakana}ーｰ\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\w"
# Joiners and soft hyphens stay with their letter; what only parts or orders is inside where letters follow.
_LETTER = rf"{_SPACED}[\p{{M}}\u200c\u200d\u00ad]*"
_RUN = rf"{_LETTER}(?:[\u200b\u2060\ufeff\u200e\u200f]*{_LETTER})*"
# Two letters of a flag are one. `\X` would count all flags before it to know which letters are a pair.
_FLAG = r"\p{Regional_Indicator}{2}[\p{Grapheme_Cluster_Break=Extend}\p{Grapheme_Cluster_Break=SpacingMark}\u200d]*"
_WORD = rf"(?:{_UNSPACED})|{_RUN}(?:(?!{_CLITIC})[’'.&@-]{_RUN})*|{_CLITIC}|{_FLAG}|(?![\s\p{{Cf}}])\X"
_JOINING = "\u200c\u200d\u00ad"


@lru_cache(maxsize=4)
def _compiled(pattern: str) -> regex.Pattern[str]:
    # Importing it takes time that a start without a text need not take.
    import regex

    return regex.compile(pattern, regex.IGNORECASE)


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Words, and punctuation marks one by one; what an apostrophe joins to a word ("he’s") is one more."""
    return [Span(*match.span()) for match in _compiled(_WORD).finditer(text, start, len(text) if end is None else end)]


def letters(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every grapheme cluster that is not white space."""
    found = _compiled(rf"{_FLAG}|(?!\s)\X").finditer(text, start, len(text) if end is None else end)
    return [Span(*match.span()) for match in found]


def unspaced_edges(text: str, start: int, end: int) -> Iterator[int]:
    """Where the words of scripts without spaces begin and end."""
    if not text.isascii():
        for match in _compiled(_UNSPACED).finditer(text, start, end):
            yield from match.span()


def unspaced_runs(text: str) -> Iterator[Span]:
    """The stretches of scripts without spaces, each as long as it goes."""
    if not text.isascii():
        for match in _compiled(rf"(?:{_UNSPACED})+").finditer(text):
            yield Span(*match.span())


def inside_letters(text: str, start: int, end: int) -> set[int]:
    """The offsets at which a letter would be cut in two."""
    if text.isascii():
        return set()
    return {at for letter in letters(text, start, end) for at in range(letter.start + 1, letter.end)}


def goes_on(before: str, after: str) -> bool:
    """Whether two adjacent characters are of one word because one of them is a mark, of any script."""
    return _is_mark(after) or (_is_mark(before) and after.isalnum())


def has_marks(text: str) -> bool:
    """Whether any character of the text is such a mark; where none is, no words go on."""
    return any(map(_is_mark, set(text)))


def _is_mark(character: str) -> bool:
    return character in _JOINING or unicodedata.category(character).startswith("M")
