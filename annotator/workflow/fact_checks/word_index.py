"""Checks by their words, in memory: one can be added, changed and taken out without a look at the others."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from heapq import nsmallest
from math import log

from annotator.model.check import Check
from annotator.store.fact_checks.check_index import MOST_CANDIDATES, Size, rarest
from annotator.store.fact_checks.check_scores import norm_of
from annotator.workflow.fact_checks.check_matching import words_of


class WordIndex:
    """An index like that of the published fact-checks (`annotator.store.fact_checks.check_index`), for one thread.

    A check is known by its id. What was taken out leaves no trace in the figures.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._checks: dict[int, tuple[Check, int]] = {}
        self._having: dict[str, array[int]] = {}
        self._words = self._next = 0

    def put(self, check: Check) -> None:
        """Add a check; one with its id is taken out."""
        self.discard(check.id)
        claim, title = words_of(check)
        number, self._next = self._next, self._next + 1
        self._numbers[check.id] = number
        self._checks[number] = check, len(claim) + len(title)
        for word in {*claim, *title}:
            self._having.setdefault(word, array("L")).append(number)
        self._words += len(claim) + len(title)

    def discard(self, id_: str) -> None:
        """Take a check out, if it is there."""
        number = self._numbers.pop(id_, None)
        if number is None:
            return
        check, length = self._checks.pop(number)
        claim, title = words_of(check)
        for word in {*claim, *title}:
            self._having[word].remove(number)
            if not self._having[word]:
                del self._having[word]
        self._words -= length

    def __len__(self) -> int:
        return len(self._checks)

    def size(self) -> Size:
        """How much it holds."""
        return Size(len(self._checks), self._words)

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many checks each of the words stands; words that are in none are left out."""
        return {word: len(self._having[word]) for word in words if word in self._having}

    def candidates(
        self, words: Iterable[str], most: int = MOST_CANDIDATES, wanted: Callable[[str], bool] = lambda _: True
    ) -> list[Check]:
        """The checks that share rare words with these and whose ids are `wanted`, the best by BM25 first."""
        known = self.counts(words)
        scores: dict[int, float] = {}
        for word in rarest(known):
            rarity = log(1 + (len(self._checks) - known[word] + 0.5) / (known[word] + 0.5))
            for number in self._having[word]:
                scores[number] = scores.get(number, 0.0) + rarity
        average = self.size().average
        ranked = (
            (-score / (1 + norm_of(length, average)), check.id, check)
            for score, (check, length) in ((score, self._checks[number]) for number, score in scores.items())
            if wanted(check.id)
        )
        return [check for _, _, check in nsmallest(most, ranked)]
