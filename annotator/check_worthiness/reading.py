"""What a sentence is read for: its tokens and their classes, as features with names."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from pathlib import Path
from sys import intern

from annotator.model.known import Known

_TOKEN = re.compile(
    r"n't\b|'[A-Za-z]+\b|[$£€]?\d+(?:[.,]\d+)*|(?:[A-Z]\.){2,}|[^\W\d_]+?(?=n't\b)|[^\W\d_]+|[?!;:,.\"$£€%-]"
)
_PLAIN = str.maketrans("’‘“”", "''\"\"")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_ENDINGS = ("ed", "ing", "ly", "est", "er")
_NUMBERS = frozenset(f"[{name}]" for name in ("amount", "year", "decimal", "thousands", "figure", "digit"))
_COUNTED = _NUMBERS | {"[share]", "[magnitude]", "[counting]"}
_NAMES = frozenset(("[name]", "[initials]"))
_LENGTHS = (5, 8, 12, 16, 20, 25, 30, 40)
_MOST = 3
"""Numbers and names are told apart up to so many."""

_LONGER = [[f"words>{length}" for length in _LENGTHS[:passed]] for passed in range(len(_LENGTHS) + 1)]
_NUMBERS_OVER, _NAMES_OVER = (
    [[f"{what}>{n}" for n in range(most)] for most in range(_MOST + 1)] for what in ("numbers", "names")
)

# No sentence is read further: what follows says nothing new, and time stays in proportion to what is read.
_LONGEST = 200
# As many as can be counted in 200 pieces of 200 characters.
_BITS = 16
_COUNT = (1 << _BITS) - 1

Feature = str | tuple[str, str]
"""The name of something found: a pair for two neighbours."""
Read = tuple[tuple[Feature, ...], str, str, tuple[str, str], int]
"""What stands between two blanks: features; first and last token; what it opens with; its counts (`_counted`)."""


@cache
def word_classes() -> dict[str, str]:
    """From words in lower case to their class in brackets; the first class of words.toml that lists a word has it."""
    classes: dict[str, str] = {}
    for name, entry in listed().items():
        for word in str(entry.get("words", "")).split():
            classes.setdefault(word, f"[{name}]")
    return classes


@cache
def listed() -> dict[str, dict[str, str | bool]]:
    """words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


class Reader:
    """Reads sentences for features: for all there are, or only for those that are asked for (`wanted`)."""

    def __init__(self, wanted: frozenset[Feature] | None = None) -> None:
        self._wanted = wanted
        self._known = Known(self._made)

    def features_of(self, text: str) -> set[Feature]:
        """The names of what is found in a sentence; each counts once, and empty means that there is no word in it.

        A word or two neighbours in lower case ("tax cut"); a class in brackets ("[year]", which also stands for the
        token itself where it is a number or a name: "in [year]"); with ^ what the sentence opens with; with > more
        words, numbers or names than so many. What the sentence opens with is there whether it is asked for or not.
        """
        read = list(filter(None, map(self._known.__getitem__, pieces_of(text))))
        if not read:
            return set()
        found, firsts, lasts, opened, counts = zip(*read, strict=True)
        neighbours = zip(lasts, firsts[1:], strict=False)
        total = sum(counts)
        every: set[Feature] = set().union(
            *found,
            neighbours if self._wanted is None else self._wanted.intersection(neighbours),
            opened[0],
            *counted_features(total),
        )
        return every

    def _made(self, piece: str) -> Read | None:
        made = read_piece(piece)
        if made is None or self._wanted is None:
            return made
        every, first, last, opened, counts = made
        return tuple(self._wanted.intersection(every)), first, last, opened, counts


def pieces_of(text: str) -> list[str]:
    """What stands between blanks in a sentence; the first one's capital is none, for every sentence opens with one."""
    pieces = text.split(maxsplit=_LONGEST)[:_LONGEST]
    if pieces and not _is_initials(pieces[0]):
        pieces[0] = pieces[0].lower()
    return pieces


def read_piece(piece: str) -> Read | None:
    """What a piece is read as, with all of its features; None where there is no word in it."""
    coded = list(map(_coded, _tokens(piece)))
    if not coded:
        return None
    # One string for each word, however many pieces have it: less to look at than can be kept near.
    keys = [intern(key) for key, _ in coded]
    classes = [each for _, each in coded if each]
    numbers = sum(map(_COUNTED.__contains__, classes))
    names = sum(map(_NAMES.__contains__, classes))
    opened = ("^" + keys[0], "^" + coded[0][1])
    return tuple({*keys, *classes, *pairwise(keys)}), keys[0], keys[-1], opened, _counted(len(keys), numbers, names)


def counted_features(counts: int) -> tuple[list[str], list[str], list[str]]:
    """What the counts of a sentence tell: how many words, numbers and names it has."""
    return (
        _LONGER[bisect_left(_LENGTHS, counts & _COUNT)],
        _NUMBERS_OVER[min(counts >> _BITS & _COUNT, _MOST)],
        _NAMES_OVER[min(counts >> 2 * _BITS, _MOST)],
    )


def _counted(tokens: int, numbers: int, names: int) -> int:
    """Three counts in one number: those of several pieces are added at once, and none outgrows its bits."""
    return tokens | numbers << _BITS | names << 2 * _BITS


features_of = Reader().features_of
"""All features of a sentence."""


def _tokens(piece: str) -> list[str]:
    if piece.isalpha():
        return [piece[:_LONGEST]]
    beginning = piece[:_LONGEST]
    found: list[str] = _TOKEN.findall(beginning if beginning.isascii() else beginning.translate(_PLAIN))
    return found


def _is_initials(token: str) -> bool:
    """Whether a token is "US" or "U.S."."""
    return len(token) > 1 and token.isupper() and token[0].isalpha()


def _coded(token: str) -> tuple[str, str]:
    """A token as the features name it, and its class in brackets or ""."""
    if _is_initials(token):
        return "[initials]", "[initials]"
    lower = token.lower()
    known = word_classes().get(lower)
    # "May" the month and "Will" the man are names where a capital says so; "Act" and "Monday" keep their class.
    if known and not (token[0].isupper() and known in ("[condition]", "[prediction]")):
        return lower, known
    last = lower[-1]
    if last.isdigit():
        number = _number(lower)
        return number, number
    if not (last.isalpha() or last == "."):
        return lower, ""
    if token[0].isupper():
        return "[name]", "[name]"
    if not lower.endswith(_ENDINGS):
        return lower, ""
    return lower, next(f"[-{ending}]" for ending in _ENDINGS if lower.endswith(ending))


def _number(digits: str) -> str:
    if digits[0] in "$£€":
        return "[amount]"
    if _YEAR.fullmatch(digits):
        return "[year]"
    if "," in digits or len(digits.partition(".")[0]) > 3:
        return "[thousands]"
    if "." in digits:
        return "[decimal]"
    return "[digit]" if len(digits) == 1 else "[figure]"
