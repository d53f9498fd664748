"""How rare a word is among the checks: what a shared word is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum, log

from annotator.model.late import dataclass

_COMMON, _FEW = 0.04, 3
"""A word of more than this share of the checks, and of more than so many, joins others and says little itself."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are: by word, and for words that are in no check. `common` is the rarity of a common word."""

    known: Mapping[str, float]
    unseen: float
    common: float

    @classmethod
    def among(cls, counts: Mapping[str, int], checks: int) -> Rarity:
        """By in how many of so many checks each word stands."""
        common = max(_COMMON * checks, _FEW)
        return cls(
            {word: _rarity(n, checks) for word, n in counts.items()}, _rarity(0, checks), _rarity(common, checks)
        )

    def of(self, word: str) -> float:
        """The rarity of one word."""
        return self.known.get(word, self.unseen)

    def each(self, words: Iterable[str]) -> list[float]:
        """The rarity of each of several words."""
        get, unseen = self.known.get, self.unseen
        return [get(word, unseen) for word in words]

    def total(self, words: Iterable[str]) -> float:
        """The rarity of several words together, the same in whatever order a set gives them."""
        return fsum(self.each(words))

    def telling(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of the words that are not common, in their order."""
        get, unseen, common = self.known.get, self.unseen, self.common
        return tuple([word for word in words if get(word, unseen) >= common])


def _rarity(count: float, checks: int) -> float:
    """The inverse document frequency as BM25 takes it (Robertson and Spärck Jones 1976), never below 0."""
    return log((checks - count + 0.5) / (count + 0.5) + 1)
