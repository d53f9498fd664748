"""Summing: what the features of a sentence weigh together, in thousandths, without their names.

An import sums up every sentence of every article, so a feature is a number here: its weight, and behind that, in the
lowest bits, which one it is. A set of such numbers has each feature once, and their sum is that of the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import repeat

from annotator.check_worthiness.reading import Feature, counted_features, pieces_of, read_piece
from annotator.model.known import Known
from annotator.model.late import NamedTuple

THOUSAND = 1000
# As many as the numbers of all features of a sentence come to at most: all of 90,000 features have room at once.
_BITS = 32


_NONE: dict[str, int] = {}


class _Piece(NamedTuple):
    """What stands between blanks: its features, what may stand behind it, its first token, its counts, and an opening.

    `leads` has the features of neighbours by the second one. `opening` is what it weighs in thousandths that a sentence
    opens with it.
    """

    features: tuple[int, ...]
    leads: dict[str, int]
    first: str
    counts: int
    opening: int


class Summer:
    """Sums up what weighs something in sentences; weights have three decimals, and what they have more is left out."""

    def __init__(self, weights: Mapping[Feature, float]) -> None:
        self._thousandths = {feature: round(weight * THOUSAND) for feature, weight in weights.items()}
        self._numbered = {
            feature: (weight << _BITS) + number for number, (feature, weight) in enumerate(self._thousandths.items(), 1)
        }
        self._leads: dict[str, dict[str, int]] = {}
        for feature, number in self._numbered.items():
            if not isinstance(feature, str):
                self._leads.setdefault(feature[0], {})[feature[1]] = number
        self._known = Known(self._made)
        self._of_counts = lru_cache(maxsize=4096)(self._weighed)

    def thousandths(self, text: str) -> int | None:
        """The sum of the weights of what is found in a sentence, times a thousand; None where there is no word in it.

        What is found is what `Reader.features_of` finds.
        """
        read = list(filter(None, map(self._known.__getitem__, pieces_of(text))))
        if not read:
            return None
        features, leads, firsts, counts, openings = zip(*read, strict=True)
        # What is no feature weighs nothing.
        neighbours = map(dict.get, leads, firsts[1:], repeat(0))
        found: set[int] = set(neighbours).union(*features)
        opening: int = openings[0]
        return (sum(found) >> _BITS) + opening + self._of_counts(sum(counts))

    def _made(self, piece: str) -> _Piece | None:
        made = read_piece(piece)
        if made is None:
            return None
        every, first, last, opened, counts = made
        features = tuple(filter(None, map(self._numbered.get, every)))
        return _Piece(features, self._leads.get(last, _NONE), first, counts, self._sum(opened))

    def _weighed(self, counts: int) -> int:
        return sum(map(self._sum, counted_features(counts)))

    def _sum(self, features: Iterable[Feature]) -> int:
        return sum(map(self._thousandths.get, set(features), repeat(0)))
