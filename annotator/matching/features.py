"""What a claim and a check have in common, as figures with names: what the ranking weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import fsum, log1p, sqrt

from annotator.matching.rarity import Rarity
from annotator.matching.reading import Reading, Words, reading_of
from annotator.model.late import dataclass

_K1, _B = 1.2, 0.3
"""BM25's saturation, and how much a long check is discounted: claims and titles are of much the same length."""

_FAR = 6.0
"""What the distance of two dates counts where one is not known: about a year, on the scale of log days."""

RELATED_FROM, _RELATED_WORDS = 8, 20
"""From how many of the best checks, and how many of their words, is taken what else belongs to the subject."""


@dataclass(frozen=True, slots=True)
class Skimmed:
    """The words of a check's claim and title: all that BM25 asks."""

    claim: Words
    title: Words
    words: frozenset[str]

    @classmethod
    def of(cls, claim: Words, title: Words) -> Skimmed:
        """The two together."""
        return cls(claim, title, frozenset(claim.stems + title.stems))


@dataclass(frozen=True, slots=True)
class Read:
    """A check's claim and title as read."""

    claim: Reading
    title: Reading
    words: frozenset[str]

    @classmethod
    def of(cls, skimmed: Skimmed, language: str) -> Read:
        """What those words say in the check's language."""
        return cls(reading_of(skimmed.claim, language), reading_of(skimmed.title, language), skimmed.words)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A check made ready to be compared in all features: besides as read, its speaker, and its day as a number."""

    read: Read
    speaker: Reading
    day: int | None
    telling_claim: tuple[str, ...]
    telling_title: tuple[str, ...]

    @classmethod
    def of(cls, read: Read, speaker: Reading, day: int | None, rarity: Rarity) -> Prepared:
        """The check with what every comparison needs of it."""
        return cls(read, speaker, day, rarity.telling(read.claim.words), rarity.telling(read.title.words))

    @property
    def names(self) -> frozenset[str]:
        """The names in its claim and its title."""
        return self.read.claim.names | self.read.title.names

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in its claim and its title."""
        return self.read.claim.numbers | self.read.title.numbers


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, made ready to be compared."""

    reading: Reading
    speaker: Reading
    day: int | None
    telling: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    spelling: frozenset[str]
    phrasing: frozenset[str]
    weight: float

    @classmethod
    def of(cls, reading: Reading, speaker: Reading, day: int | None, rarity: Rarity) -> Query:
        """The query with what every comparison needs of it."""
        telling = rarity.telling(reading.words)
        return cls(
            *(reading, speaker, day, telling, frozenset(pairwise(telling))),
            *(grams(telling, 4), grams(reading.words, 5), rarity.total(reading.distinct) or 1.0),
        )


def grams(words: Iterable[str], length: int) -> frozenset[str]:
    """The runs of `length` characters of the words, blanks between them counted."""
    return frozenset(_runs(words, length))


def _runs(words: Iterable[str], length: int) -> list[str]:
    joined = f" {' '.join(words)} "
    return [joined[at : at + length] for at in range(len(joined) - length + 1)]


def bm25(query: Query, check: Skimmed, rarity: Rarity, average: float) -> float:
    """BM25 of a check's claim and title together (Robertson and Zaragoza 2009); `average` is their usual length."""
    words = check.claim.stems + check.title.stems
    norm = _K1 * (1 - _B + _B * len(words) / average)
    shared = list(query.reading.distinct & check.words)
    counts = zip(rarity.each(shared), map(words.count, shared), strict=True)
    return fsum([rare * often * (_K1 + 1) / (often + norm) for rare, often in counts])


@dataclass(frozen=True, slots=True)
class Related:
    """Words of the same subject with what each weighs, and what all of them come to by how rare they are."""

    words: Mapping[str, float]
    whole: float


def related_words(query: Query, best: Sequence[Read], scores: Sequence[float], rarity: Rarity) -> Related:
    """What stands in the best checks beside the query's own words: how the publishers speak of the same subject."""
    found: dict[str, float] = {}
    for check, score in zip(best[:RELATED_FROM], scores, strict=False):
        weight = (score / scores[0]) ** 2 if scores[0] else 0.0
        for word in check.words - query.reading.distinct:
            found[word] = found.get(word, 0.0) + weight * rarity.of(word)
    chosen = sorted(found, key=lambda word: (-found[word], word))[:_RELATED_WORDS]
    words = {word: found[word] for word in chosen}
    return Related(words, fsum([weight * rarity.of(word) for word, weight in words.items()]) or 1.0)


def features(
    query: Query, check: Prepared, rarity: Rarity, *, share: float, related: Related, own: float
) -> dict[str, float]:
    """The figures by name. `share` is the check's BM25 by the best one's; `own` is what it gave to `related` itself."""
    return {
        "bm25": share,
        **_coverage(query, check, rarity),
        **_order(query, check),
        **_spelling(query, check),
        **_numbers_and_names(query, check, rarity),
        **_dates(query, check),
        "related": _related(check, rarity, related, own),
        "negation": float(query.reading.denies != check.read.claim.denies),
        "speaker": _speaker(query, check, rarity),
        "length": log1p(len(check.read.claim.words)),
    }


def _coverage(query: Query, check: Prepared, rarity: Rarity) -> dict[str, float]:
    asked, read = query.reading.distinct, check.read
    shared = asked & read.words
    weight = rarity.total(shared)
    claim = rarity.total(asked & read.claim.distinct) / (rarity.total(read.claim.distinct) or 1.0)
    title = rarity.total(asked & read.title.distinct) / (rarity.total(read.title.distinct) or 1.0)
    missed = sorted(rarity.each(asked - read.words), reverse=True)
    return {
        "rarest": max(rarity.each(shared), default=0.0),
        "query_covered": weight / query.weight,
        "both_covered": weight / sqrt(query.weight * (rarity.total(read.words) or 1.0)),
        "claim_covered": claim,
        "title_covered": title,
        "best_covered": max(claim, title),
        "query_missed": sum(missed[:3]),
    }


def _order(query: Query, check: Prepared) -> dict[str, float]:
    claim, title = set(pairwise(check.telling_claim)), set(pairwise(check.telling_title))
    return {
        "claim_order": len(query.pairs & claim) / sqrt(len(claim) or 1),
        "title_order": len(query.pairs & title) / sqrt(len(title) or 1),
    }


def _spelling(query: Query, check: Prepared) -> dict[str, float]:
    claim, title = grams(check.telling_claim, 4), grams(check.telling_title, 4)
    in_claim, in_title = query.spelling & claim, query.spelling & title
    both = len(claim) + len(title) - len(claim & title)
    phrasing = query.phrasing.intersection(_runs(check.read.claim.words, 5) + _runs(check.read.title.words, 5))
    return {
        "claim_spelling": len(in_claim) / (len(claim) or 1),
        "title_spelling": len(in_title) / (len(title) or 1),
        "both_spelling": 2 * len(in_claim | in_title) / (len(query.spelling) + both or 1),
        "phrasing": len(phrasing) / (len(query.phrasing) or 1),
    }


def _numbers_and_names(query: Query, check: Prepared, rarity: Rarity) -> dict[str, float]:
    numbers, names = check.numbers, check.names
    return {
        "numbers_shared": rarity.total(numbers & query.reading.numbers),
        "numbers_missed": rarity.total(numbers - query.reading.numbers),
        "numbers_differ": float(bool(numbers and query.reading.numbers) and not numbers & query.reading.numbers),
        "names_shared": rarity.total(names & query.reading.distinct),
        "names_missed": rarity.total(names - query.reading.distinct),
    }


def _dates(query: Query, check: Prepared) -> dict[str, float]:
    if query.day is None or check.day is None:
        return {"dated": 0.0, "date_near": 0.0, "date_far": _FAR, "date_before": 0.0}
    days = check.day - query.day
    return {
        "dated": 1.0,
        "date_near": 1 / (1 + abs(days) / 7),
        "date_far": log1p(abs(days)),
        # A check is published after what it checks was said; three days allow for time zones and late posts.
        "date_before": float(days < -3),
    }


def _related(check: Prepared, rarity: Rarity, related: Related, own: float) -> float:
    words = related.words
    shared = list(words.keys() & check.read.words)
    rare = zip(shared, rarity.each(shared), strict=True)
    return fsum([(words[word] - own * rarity_) * rarity_ for word, rarity_ in rare]) / related.whole


def _speaker(query: Query, check: Prepared, rarity: Rarity) -> float:
    """How much of the check's speaker is named by the claim or is its speaker."""
    if not check.speaker.words:
        return 0.0
    named = (query.reading.distinct | query.speaker.distinct) & check.speaker.distinct
    return rarity.total(named) / (rarity.total(check.speaker.distinct) or 1.0)
