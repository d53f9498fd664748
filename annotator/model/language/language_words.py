"""Language words: how much the words of a text speak for each language that writes their script.

What a word says is one large number here, with bits of its own for each language: an import asks about every article,
and to add the numbers of all its words is one addition a word and not one for each language.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache
from itertools import accumulate
from math import log

from annotator.model.known import Known
from annotator.model.language.alphabets import alphabets
from annotator.model.late import NamedTuple

_MOST = 300
"""How many words are looked at."""
_LONGEST_PIECE = 6
_PIECE, _LETTER, _FOREIGN = 0.5, 0.5, 2.5
# Python counts no combining mark among the letters.
_WORD = re.compile(r"(?:[^\W\d_]+|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u200c\u200d]+)+")

# A score has 64 bits, 32 of them behind the point; before it is read, what makes it positive is added. It stays within
# 2^30 whatever the text is: a word takes 2.5 for each different letter at most, of which there are fewer than 2^18, and
# gives less.
_BITS = 64
_ONE = 1 << 32
_POSITIVE = 1 << 62


class _Said(NamedTuple):
    """What stands between white space: how many words there are, and what they say together."""

    words: int
    together: int


def scores_of(text: str, script: str) -> dict[str, float]:
    """How much a text's first 300 words speak for each language that writes the script; empty where it has none."""
    said, together, words = _sayings(script), 0, 0
    rest = text
    while rest and words < _MOST:
        left = _MOST - words
        pieces = rest.split(maxsplit=left)
        rest = pieces.pop() if len(pieces) > left else ""
        if not pieces:
            break
        counts, numbers = zip(*map(said.of_piece.__getitem__, pieces), strict=True)
        reached = list(accumulate(counts))
        if reached[-1] > left:
            # The piece in which the last word stands counts as far as that.
            at = bisect_right(reached, left)
            before = reached[at - 1] if at else 0
            numbers = (*numbers[:at], *[said.of_word[word] for word in _words(pieces[at])[: left - before]])
            reached = [left]
        together += sum(numbers)
        words += reached[-1]
    return said.read(together) if words else {}


class _Sayings:
    """What words and pieces of text say about the languages of a script, each made out once."""

    def __init__(self, script: str) -> None:
        self._codes = _writing(script)
        self._known = _features(script)
        self.of_word = Known(self._of_word)
        self.of_piece = Known(self._of_piece)

    def read(self, together: int) -> dict[str, float]:
        """The scores by language."""
        positive = together + sum(_POSITIVE << at * _BITS for at in range(len(self._codes)))
        fields = struct.unpack(f"<{len(self._codes)}Q", positive.to_bytes(len(self._codes) * _BITS // 8, "little"))
        return {code: (field - _POSITIVE) / _ONE for code, field in zip(self._codes, fields, strict=True)}

    def _of_piece(self, piece: str) -> _Said:
        numbers = [self.of_word[word] for word in _words(piece)]
        return _Said(len(numbers), numbers[0] if len(numbers) == 1 else sum(numbers))

    def _of_word(self, word: str) -> int:
        beyond = set() if word.isascii() else {letter for letter in word if letter > "\x7f"}
        scores: dict[str, float] = defaultdict(float)
        for feature in self._known.keys() & _features_of_word(word, beyond):
            for code, weight in self._known[feature].items():
                scores[code] += weight
        for code in self._codes if beyond else ():
            letters = alphabets()[code].letters
            scores[code] -= _FOREIGN * len(beyond - letters) if letters else 0
        return sum(round(scores[code] * _ONE) << at * _BITS for at, code in enumerate(self._codes) if code in scores)


_sayings = cache(_Sayings)


def _words(piece: str) -> list[str]:
    return list(map(str.lower, _WORD.findall(piece)))


def _features_of_word(word: str, beyond: Set[str]) -> set[str]:
    """What a word may be known by: itself (behind a blank), its pieces, and those `beyond` ASCII (behind a tab)."""
    edged = f"^{word}$"
    ends = range(1, len(edged) + 1)
    pieces = {edged[start:end] for start in range(len(edged)) for end in ends[start : start + _LONGEST_PIECE]}
    pieces.add(f" {word}")
    pieces.update([f"\t{letter}" for letter in beyond])
    return pieces


@cache
def _writing(script: str) -> tuple[str, ...]:
    return tuple(code for code, alphabet in alphabets().items() if alphabet.script == script)


@cache
def _features(script: str) -> Mapping[str, Mapping[str, float]]:
    """For each feature how much it speaks for each language: the more, the fewer others have it."""
    codes = _writing(script)
    owners: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        alphabet = alphabets()[code]
        for word in alphabet.words | alphabet.more:
            owners[f" {word}"].append(code)
        for piece in alphabet.pieces:
            owners[piece].append(code)
        for letter in alphabet.letters:
            owners[f"\t{letter}"].append(code)
    share = {" ": 1.0, "\t": _LETTER}
    return {
        feature: dict.fromkeys(found, share.get(feature[0], _PIECE) * log((len(codes) + 1) / len(found)))
        for feature, found in owners.items()
    }
